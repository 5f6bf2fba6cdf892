/** What devices sent too late, when somebody else had changed the entry already: compared, taken back or dropped. */
import { useState } from 'preact/hooks';
import type { ConflictCopy, ConflictCopyDetail } from '../../../api/contract/conflict-copies.ts';
import type { FieldCell, FieldRow } from '../../../api/contract/field-rows.ts';
import { dropConflictCopy, listConflictCopies, showConflictCopy, takeBackConflictCopy } from '../../api/history.ts';
import { sayProperty } from '../../messages/fields.ts';
import { say, sayMoment } from '../../messages/say.ts';
import { useAction } from '../../parts/action.ts';
import { ConfirmDialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Failure, useLoaded, Waiting } from '../../parts/loaded.tsx';
import { MoreButton, usePages } from '../../parts/pages.tsx';
import { toast } from '../../parts/toast.tsx';
import { collectionName, refreshCollections } from '../../session.ts';

export function ConflictSection() {
  const pages = usePages(listConflictCopies, []);
  const { items, fault, reload } = pages;
  return (
    <>
      <p class="muted">{say('copies.explain')}</p>
      {fault !== null && <Failure fault={fault} retry={reload} />}
      {items.length === 0 && pages.loading && <Waiting />}
      {pages.empty && (
        <div class="empty">
          <Icon name="check" />
          <p class="muted">{say('copies.none')}</p>
        </div>
      )}
      <ul class="panel entries">
        {items.map((copy) => (
          <CopyEntry key={copy.id} copy={copy} changed={reload} />
        ))}
      </ul>
      <MoreButton pages={pages} />
    </>
  );
}

function CopyEntry({ copy, changed }: { copy: ConflictCopy; changed: () => void }) {
  const [open, setOpen] = useState(false);
  const [dropping, setDropping] = useState(false);
  const name = copy.displayName;
  const of = (deed: string) => say('books.of', { deed, name });
  const { busy, fault, run } = useAction(async () => {
    await takeBackConflictCopy(copy.id);
    toast(say('copies.taken', { name }));
    changed();
    await refreshCollections();
  });
  return (
    <li class="entry">
      <div class="entry-words">
        <strong>{name}</strong>
        <p class="small muted">
          {[collectionName(copy.collectionId), sayMoment(copy.refusedAt)].filter(Boolean).join(' · ')}
        </p>
        {fault !== null && <Failure fault={fault} />}
      </div>
      <div class="row">
        <button type="button" class="button button-small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {say(open ? 'copies.hide' : 'copies.compare')}
        </button>
        <button
          type="button"
          class="button button-small"
          disabled={busy}
          aria-label={of(say('copies.take'))}
          onClick={() => void run()}
        >
          <Icon name="undo" size={16} />
          {say('copies.take')}
        </button>
        <button
          type="button"
          class="button button-quiet button-icon"
          aria-label={of(say('copies.drop'))}
          title={say('copies.drop')}
          onClick={() => setDropping(true)}
        >
          <Icon name="bin" size={16} />
        </button>
      </div>
      {open && <Compared id={copy.id} />}
      {dropping && (
        <DropDialog title={of(say('copies.drop'))} copy={copy} changed={changed} close={() => setDropping(false)} />
      )}
    </li>
  );
}

interface DropDialogProps {
  readonly title: string;
  readonly copy: ConflictCopy;
  changed(): void;
  close(): void;
}

function DropDialog({ title, copy, changed, close }: DropDialogProps) {
  const drop = async () => {
    await dropConflictCopy(copy.id);
    close();
    toast(say('copies.dropped'));
    changed();
  };
  return (
    <ConfirmDialog title={title} confirm={say('copies.drop')} danger run={drop} close={close}>
      <p>{say('copies.dropWarning')}</p>
    </ConfirmDialog>
  );
}

/** The stored version and the copy side by side: by field for a card, as text for anything else. */
function Compared({ id }: { id: string }) {
  const { value, fault, reload } = useLoaded((signal) => showConflictCopy(id, signal), [id]);
  if (fault !== null) return <Failure fault={fault} retry={reload} />;
  if (value === null) return <Waiting />;
  if (value.current === null) return <OnlyCopy copy={value} />;
  if (value.rows.length === 0) return <Texts copy={value} now={value.current.text} />;
  return (
    <table class="compared">
      <thead>
        <tr>
          <td />
          <th scope="col">{say('copies.now')}</th>
          <th scope="col">{say('copies.sent')}</th>
        </tr>
      </thead>
      <tbody>
        {value.rows.map((row) => (
          <ComparedRow key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function ComparedRow({ row }: { row: FieldRow }) {
  return (
    <tr class={`state-${row.state}`}>
      <th scope="row">
        {sayProperty(row.property)}{' '}
        <span class={`state-tag state-${row.state}`}>
          <Icon name={row.state} size={14} />
          {say(`state.${row.state}`)}
        </span>
      </th>
      {row.cells.map((cell) => (
        <td key={cell.cardId}>{textOf(cell)}</td>
      ))}
    </tr>
  );
}

const textOf = (cell: FieldCell): string => {
  if (cell.state === 'missing') return '–';
  return cell.photo ? say('field.photo') : cell.text;
};

function OnlyCopy({ copy }: { copy: ConflictCopyDetail }) {
  return (
    <div class="stack tight entry-wide">
      <p class="small">{say('copies.gone')}</p>
      <pre class="panel stored-text">{copy.text}</pre>
    </div>
  );
}

function Texts({ copy, now }: { copy: ConflictCopyDetail; now: string }) {
  return (
    <div class="compared-texts entry-wide">
      {[
        { title: say('copies.now'), text: now, other: copy.text },
        { title: say('copies.sent'), text: copy.text, other: now },
      ].map(({ title, text, other }) => (
        <section key={title} class="stack tight">
          <h3>{title}</h3>
          <pre class="panel stored-text">
            <MarkedLines text={text} other={other} />
          </pre>
        </section>
      ))}
    </div>
  );
}

/** The text with the lines marked that the other does not hold. */
function MarkedLines({ text, other }: { text: string; other: string }) {
  const known = new Set(other.split(/\r?\n/));
  return (
    <>
      {text
        .split(/\r?\n/)
        .map((line, index) => (known.has(line) ? `${line}\n` : <mark key={index}>{`${line}\n`}</mark>))}
    </>
  );
}
