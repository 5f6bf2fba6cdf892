/** Exact copies: a note that there are some, the list of them, and merging them all at once. */
import { useRef, useState } from 'preact/hooks';
import type { ExactCopies } from '../../../api/contract/merges.ts';
import type { SuggestionSummary } from '../../../api/contract/suggestions.ts';
import { listExactCopies, mergeExact, undoRun } from '../../api/duplicates.ts';
import { newIdempotencyKey } from '../../api/request.ts';
import { say } from '../../messages/say.ts';
import { ConfirmDialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Failure, sayFault, useLoaded, Waiting } from '../../parts/loaded.tsx';
import { MoreButton, usePages } from '../../parts/pages.tsx';
import { toast } from '../../parts/toast.tsx';
import { collectionName } from '../../session.ts';

interface ExactCopiesNoteProps {
  readonly collectionId: string | null;
  /** Changes when the note should look again. */
  readonly stamp: string;
  merged(): void;
}

export function ExactCopiesNote(props: ExactCopiesNoteProps) {
  const { collectionId } = props;
  const [asking, setAsking] = useState(false);
  const found = useLoaded((signal) => listExactCopies(collectionId, null, signal), [collectionId, props.stamp]);
  const changed = () => {
    found.reload();
    props.merged();
  };
  const exact = found.value;
  if (!exact || exact.clusters === 0) return null;
  return (
    <div class="note exact-note">
      <Icon name="copy" />
      <p class="small">{say('exact.found', { n: exact.copies })}</p>
      <button type="button" class="button button-small" onClick={() => setAsking(true)}>
        {say('exact.open')}
      </button>
      {asking && (
        <ExactDialog exact={exact} collectionId={collectionId} changed={changed} close={() => setAsking(false)} />
      )}
    </div>
  );
}

interface ExactDialogProps {
  readonly exact: ExactCopies;
  readonly collectionId: string | null;
  changed(): void;
  close(): void;
}

function ExactDialog(props: ExactDialogProps) {
  const { exact } = props;
  const key = useRef(newIdempotencyKey());
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const pages = usePages((cursor, signal) => listExactCopies(props.collectionId, cursor, signal), [props.collectionId]);
  const taken = exact.clusters - leftOut.size;

  const merge = async () => {
    const result = await mergeExact(
      {
        ...(props.collectionId ? { collectionId: props.collectionId } : {}),
        exceptSuggestionIds: [...leftOut],
      },
      key.current,
    );
    props.close();
    props.changed();
    const refused = result.refused.length === 0 ? '' : ` ${say('exact.refused', { n: result.refused.length })}`;
    toast(say('exact.merged', { n: result.removed }) + refused, {
      label: say('undo'),
      key: 'U',
      run: () => void undo(result.run.id),
    });
  };
  const undo = (runId: string) =>
    undoRun(runId, { onConflict: 'keep-edits' }).then(
      ({ undone }) => {
        toast(say('exact.undone', { n: undone.length }));
        props.changed();
      },
      (fault: unknown) => toast(sayFault(fault), { label: say('retry'), run: () => void undo(runId) }),
    );

  return (
    <ConfirmDialog
      title={say('exact.title')}
      confirm={say('exact.merge', { n: taken })}
      disabled={taken === 0}
      run={merge}
      close={props.close}
    >
      <p>{say('exact.explain')}</p>
      {pages.fault !== null && <Failure fault={pages.fault} retry={pages.reload} />}
      {pages.items.length === 0 && pages.loading && <Waiting />}
      <ExactList items={pages.items} leftOut={leftOut} toggle={(id) => setLeftOut((before) => toggled(before, id))} />
      <MoreButton pages={pages} />
    </ConfirmDialog>
  );
}

interface ExactListProps {
  readonly items: readonly SuggestionSummary[];
  readonly leftOut: ReadonlySet<string>;
  toggle(suggestionId: string): void;
}

function ExactList({ items, leftOut, toggle }: ExactListProps) {
  return (
    <ul class="dialog-list" aria-label={say('exact.title')}>
      {items.map((item) => {
        const card = item.members[0];
        return (
          <li key={item.id}>
            <label class="check">
              <input type="checkbox" checked={!leftOut.has(item.id)} onChange={() => toggle(item.id)} />
              <span>
                <strong>{card?.displayName || say('card.nameless')}</strong>{' '}
                <span class="muted small">
                  {say('exact.copies', { n: item.copies })} · {item.collectionIds.map(collectionName).join(', ')}
                </span>
              </span>
            </label>
          </li>
        );
      })}
    </ul>
  );
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set(set.has(id) ? [...set].filter((other) => other !== id) : [...set, id]);
}
