/** Merges, newest first: undo one, take an undo back, settle what was edited since. */
import { useState } from 'preact/hooks';
import type { MergeRecord, UndoConflict } from '../../../api/contract/merges.ts';
import { listMerges, redoMerge, undoMerge } from '../../api/duplicates.ts';
import { RefusedError } from '../../api/request.ts';
import { sayProperty } from '../../messages/fields.ts';
import { say, sayMoment } from '../../messages/say.ts';
import { useAction } from '../../parts/action.ts';
import { ConfirmDialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Failure, Waiting } from '../../parts/loaded.tsx';
import { MoreButton, usePages } from '../../parts/pages.tsx';
import { toast } from '../../parts/toast.tsx';
import { routeHref } from '../../router.ts';

export function MergeHistory() {
  const merges = usePages(listMerges, []);
  const replace = (merge: MergeRecord) =>
    merges.change((items) => items.map((other) => (other.id === merge.id ? merge : other)));
  return (
    <>
      {merges.fault !== null && <Failure fault={merges.fault} retry={merges.reload} />}
      {merges.items.length === 0 && merges.loading && <Waiting />}
      {merges.empty && (
        <div class="empty">
          <Icon name="history" />
          <p class="muted">{say('history.noMerges')}</p>
        </div>
      )}
      <ul class="panel entries">
        {merges.items.map((merge) => (
          <MergeEntry key={merge.id} merge={merge} changed={replace} />
        ))}
      </ul>
      <MoreButton pages={merges} />
    </>
  );
}

function MergeEntry(props: { merge: MergeRecord; changed: (merge: MergeRecord) => void }) {
  const { merge } = props;
  const [conflicts, setConflicts] = useState<readonly UndoConflict[] | null>(null);
  const { busy, fault, run } = useAction(async () => {
    if (merge.undoneAt !== null) {
      props.changed((await redoMerge(merge.id)).merge);
      return toast(say('history.redone'));
    }
    try {
      props.changed((await undoMerge(merge.id, { onConflict: 'ask' })).merge);
      toast(say('undone'));
    } catch (refusal) {
      const asked = refusal instanceof RefusedError && refusal.problem.code === 'undo-conflict';
      if (!asked) throw refusal;
      setConflicts((refusal.problem.conflicts as UndoConflict[] | undefined) ?? []);
    }
  });
  const sources = merge.objects.filter((object) => object.role === 'source');
  const reference = merge.objects.find((object) => object.role === 'reference');
  const name = reference?.displayName || say('card.nameless');
  return (
    <li class="entry">
      <div class="entry-words">
        <a href={routeHref({ page: 'contacts', cardId: merge.referenceId })}>
          <strong>{name}</strong>
        </a>{' '}
        <span class="chip">{say('history.from', { n: sources.length + 1 })}</span>
        <p class="small muted">
          {sayMoment(merge.mergedAt)} · {sources.map((source) => source.displayName || source.name).join(', ')}
        </p>
        {merge.undoneAt !== null && <p class="small">{say('history.undoneAt', { when: sayMoment(merge.undoneAt) })}</p>}
        {fault !== null && <Failure fault={fault} />}
      </div>
      <button
        type="button"
        class="button button-small"
        disabled={busy}
        aria-label={say(merge.undoneAt === null ? 'history.undoOf' : 'history.redoOf', { name })}
        onClick={() => void run()}
      >
        <Icon name={merge.undoneAt === null ? 'undo' : 'merge'} size={16} />
        {say(merge.undoneAt === null ? 'undo' : 'redo')}
      </button>
      {conflicts !== null && (
        <ConflictDialog merge={merge} conflicts={conflicts} changed={props.changed} close={() => setConflicts(null)} />
      )}
    </li>
  );
}

interface ConflictDialogProps {
  readonly merge: MergeRecord;
  readonly conflicts: readonly UndoConflict[];
  changed(merge: MergeRecord): void;
  close(): void;
}

function ConflictDialog(props: ConflictDialogProps) {
  const [settle, setSettle] = useState<'keep-edits' | 'restore'>('keep-edits');
  const undo = async () => {
    props.changed((await undoMerge(props.merge.id, { onConflict: settle })).merge);
    toast(say('undone'));
    props.close();
  };
  return (
    <ConfirmDialog title={say('conflict.title')} confirm={say('conflict.do')} run={undo} close={props.close}>
      <p>{say('conflict.explain')}</p>
      <ul class="dialog-list">
        {props.conflicts.map((conflict, index) => (
          <li key={index}>
            <strong>{sayProperty(conflict.property)}</strong>
            <p class="small">
              {say('conflict.now')}: {conflict.now ?? '–'}
            </p>
            <p class="small muted">
              {say('conflict.before')}: {conflict.before ?? '–'}
            </p>
          </li>
        ))}
      </ul>
      {(['keep-edits', 'restore'] as const).map((way) => (
        <label key={way} class="check">
          <input type="radio" name="settle" checked={settle === way} onChange={() => setSettle(way)} />
          {say(`conflict.${way}`)}
        </label>
      ))}
    </ConfirmDialog>
  );
}
