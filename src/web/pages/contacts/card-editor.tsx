/** Editing a card, or filling in a new one. */
import { useState } from 'preact/hooks';
import type { CardForm } from '../../../api/contract/card-forms.ts';
import type { CardDetail } from '../../../api/contract/cards.ts';
import { createCard, editCard, showCardForm } from '../../api/cards.ts';
import { RefusedError } from '../../api/request.ts';
import { say } from '../../messages/say.ts';
import { submitting, useAction } from '../../parts/action.ts';
import { BackLink } from '../../parts/back-link.tsx';
import { CollectionOptions } from '../../parts/collection-options.tsx';
import { Failure, useLoaded, Waiting } from '../../parts/loaded.tsx';
import { toast } from '../../parts/toast.tsx';
import { go } from '../../router.ts';
import { addressBooks, mayWrite, refreshCollections, sharedBooks } from '../../session.ts';
import { NEW_FORM, withNamePart } from './card-form.ts';
import { AddressList, NoteField, TextField, ValueList } from './form-fields.tsx';
import { SimilarHint } from './similar-hint.tsx';

interface CardEditorProps {
  readonly card: CardDetail;
  saved(card: CardDetail): void;
  close(): void;
}

export function CardEditor({ card, saved, close }: CardEditorProps) {
  const { value, fault, reload } = useLoaded((signal) => showCardForm(card.id, signal), [card.id]);
  if (fault !== null) return <Failure fault={fault} retry={reload} />;
  if (value === null) return <Waiting />;
  const save = async (form: CardForm) => {
    saved(await editCard(card.id, form, value.etag));
    toast(say('saved'));
  };
  return <Form key={value.etag} first={value.form} save={save} close={close} reload={reload} />;
}

export function NewCard(props: { book: string; changed: () => void }) {
  const shared = sharedBooks().filter(({ id }) => mayWrite(id));
  const first = props.book !== '' && mayWrite(props.book) ? props.book : addressBooks()[0]?.id;
  const [book, setBook] = useState(first ?? '');
  const save = async (form: CardForm) => {
    const made = await createCard(book, form);
    await refreshCollections();
    props.changed();
    toast(say('saved'));
    go({ page: 'contacts', cardId: made.id }, 'replace');
  };
  return (
    <article class="cluster-pane">
      <div class="cluster-scroll">
        <header class="cluster-head">
          <BackLink to={{ page: 'contacts', cardId: null }} label={say('contacts.back')} />
          <h2>{say('card.new')}</h2>
        </header>
        <div class="field card-fields-width">
          <label for="new-card-book">{say('duplicates.book')}</label>
          <select
            id="new-card-book"
            class="input"
            value={book}
            onChange={(event) => setBook(event.currentTarget.value)}
          >
            <CollectionOptions own={addressBooks()} shared={shared} />
          </select>
        </div>
        <Form first={NEW_FORM} save={save} close={() => go({ page: 'contacts', cardId: null })} />
      </div>
    </article>
  );
}

interface FormProps {
  readonly first: CardForm;
  save(form: CardForm): Promise<void>;
  close(): void;
  /** Fetches the card as it is now; absent for a new one. */
  reload?(): void;
}

function Form({ first, save, close, reload }: FormProps) {
  const [form, setForm] = useState(first);
  const { busy, fault, run } = useAction(() => save(form));
  const change = (patch: Partial<CardForm>) => setForm((before) => ({ ...before, ...patch }));
  return (
    <form class="panel section stack card-fields-width" onSubmit={submitting(run)}>
      <NameFields form={form} setForm={setForm} />
      <OtherFields form={form} change={change} />
      {!reload && <SimilarHint form={form} />}
      {reload && <p class="small muted">{say('card.othersStay')}</p>}
      {fault !== null && <SaveFailure fault={fault} reload={reload} />}
      <div class="dialog-actions">
        <button type="button" class="button" onClick={close}>
          {say('cancel')}
        </button>
        <button type="submit" class="button button-main" disabled={busy}>
          {say('save')}
        </button>
      </div>
    </form>
  );
}

interface OtherFieldsProps {
  readonly form: CardForm;
  change(patch: Partial<CardForm>): void;
}

function OtherFields({ form, change }: OtherFieldsProps) {
  return (
    <>
      <div class="form-grid">
        <TextField
          label={say('field.org')}
          value={form.organisation}
          change={(organisation) => change({ organisation })}
        />
        <TextField
          label={say('card.department')}
          value={form.department}
          change={(department) => change({ department })}
        />
        <TextField label={say('field.title')} value={form.title} change={(title) => change({ title })} />
        <TextField
          label={say('field.bday')}
          hint={say('card.birthdayHint')}
          value={form.birthday}
          change={(birthday) => change({ birthday })}
        />
      </div>
      <ValueList
        label={say('field.tel')}
        phone
        inputMode="tel"
        values={form.phones}
        change={(phones) => change({ phones })}
      />
      <ValueList
        label={say('field.email')}
        inputMode="email"
        values={form.emails}
        change={(emails) => change({ emails })}
      />
      <AddressList label={say('field.adr')} addresses={form.addresses} change={(addresses) => change({ addresses })} />
      <ValueList label={say('field.url')} inputMode="url" values={form.urls} change={(urls) => change({ urls })} />
      <NoteField label={say('field.note')} value={form.note} change={(note) => change({ note })} />
    </>
  );
}

function SaveFailure({ fault, reload }: { fault: unknown; reload: (() => void) | undefined }) {
  if (!(fault instanceof RefusedError && fault.problem.code === 'card-changed')) return <Failure fault={fault} />;
  return (
    <div class="note note-error" role="alert">
      <p>{say('card.changedMeanwhile')}</p>
      <button type="button" class="button button-small" onClick={reload}>
        {say('reload')}
      </button>
    </div>
  );
}

/** Places in the structured name. */
const FIRST = [
  { at: 1, label: 'card.given' },
  { at: 0, label: 'card.family' },
] as const;
const MORE = [
  { at: 3, label: 'card.prefixes' },
  { at: 2, label: 'card.additional' },
  { at: 4, label: 'card.suffixes' },
] as const;

function NameFields({ form, setForm }: { form: CardForm; setForm: (form: CardForm) => void }) {
  const part = ({ at, label }: (typeof FIRST | typeof MORE)[number]) => (
    <TextField
      key={at}
      label={say(label)}
      value={form.name[at] ?? ''}
      autofocus={at === 1}
      change={(text) => setForm(withNamePart(form, at, text))}
    />
  );
  return (
    <>
      <div class="form-grid">{FIRST.map(part)}</div>
      <details open={MORE.some(({ at }) => form.name[at] !== '')}>
        <summary>{say('card.moreName')}</summary>
        <div class="form-grid">{MORE.map(part)}</div>
      </details>
      <TextField
        label={say('card.displayName')}
        value={form.displayName}
        change={(displayName) => setForm({ ...form, displayName })}
      />
    </>
  );
}
