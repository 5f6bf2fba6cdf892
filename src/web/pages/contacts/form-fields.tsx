/** The fields of a card's form: single lines, lists of values with their kind, addresses. */
import { useId } from 'preact/hooks';
import type { CardForm } from '../../../api/contract/card-forms.ts';
import { say, sayIfKnown } from '../../messages/say.ts';
import { Icon } from '../../parts/icon.tsx';
import { type FormKind, KINDS, newAddress, newValue, PLACE_KINDS, withItem } from './card-form.ts';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly autofocus?: boolean;
  change(value: string): void;
}

export function TextField(props: TextFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <input
        id={id}
        class="input"
        autocomplete="off"
        value={props.value}
        aria-describedby={props.hint ? `${id}-hint` : undefined}
        ref={(element) => {
          if (element && props.autofocus && !element.dataset.seen) {
            element.dataset.seen = 'yes';
            element.focus();
          }
        }}
        onInput={(event) => props.change(event.currentTarget.value)}
      />
      {props.hint && (
        <span id={`${id}-hint`} class="field-hint">
          {props.hint}
        </span>
      )}
    </div>
  );
}

export function NoteField(props: { label: string; value: string; change: (value: string) => void }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <textarea
        id={id}
        class="input"
        rows={4}
        value={props.value}
        onInput={(event) => props.change(event.currentTarget.value)}
      />
    </div>
  );
}

interface KindChoiceProps {
  readonly what: string;
  readonly item: { readonly kind: FormKind; readonly label: string | null };
  readonly kinds: readonly FormKind[];
  change(kind: FormKind): void;
}

/** A value with a label of its own keeps it. */
function KindChoice({ what, item, kinds, change }: KindChoiceProps) {
  if (item.label !== null) return <span class="muted small one-line">{item.label}</span>;
  const offered = kinds.includes(item.kind) ? kinds : [...kinds, item.kind];
  return (
    <select
      class="input"
      aria-label={say('card.kindOf', { what })}
      value={item.kind}
      onChange={(event) => change(event.currentTarget.value as FormKind)}
    >
      {offered.map((kind) => (
        <option key={kind} value={kind}>
          {kind === '' ? say('card.noKind') : (sayIfKnown(`type.${kind}`) ?? kind)}
        </option>
      ))}
    </select>
  );
}

interface RowButtonProps {
  readonly label: string;
  run(): void;
}

const RemoveButton = ({ label, run }: RowButtonProps) => (
  <button
    type="button"
    class="button button-quiet button-icon"
    aria-label={say('card.removeOf', { what: label })}
    onClick={run}
  >
    <Icon name="close" size={16} />
  </button>
);

const AddButton = ({ label, run }: RowButtonProps) => (
  <button type="button" class="button button-small" onClick={run}>
    <Icon name="plus" size={16} />
    {say('card.add', { what: label })}
  </button>
);

type Values = CardForm['phones'];

interface ValueListProps {
  readonly label: string;
  readonly values: Values;
  readonly phone?: boolean;
  readonly inputMode: 'tel' | 'email' | 'url';
  change(values: Values): void;
}

export function ValueList({ label, values, phone, inputMode, change }: ValueListProps) {
  return (
    <fieldset class="form-list">
      <legend class="field-label">{label}</legend>
      {values.map((item, at) => {
        const what = say('card.numbered', { what: label, n: at + 1 });
        return (
          <div class="form-row" key={item.line ?? `new-${at}`}>
            <KindChoice
              what={what}
              item={item}
              kinds={phone ? KINDS : PLACE_KINDS}
              change={(kind) => change(withItem(values, at, { ...item, kind }))}
            />
            <input
              class="input"
              aria-label={what}
              inputMode={inputMode}
              autocomplete="off"
              value={item.value}
              onInput={(event) => change(withItem(values, at, { ...item, value: event.currentTarget.value }))}
            />
            <RemoveButton label={what} run={() => change(withItem(values, at, null))} />
          </div>
        );
      })}
      <AddButton label={label} run={() => change([...values, newValue(phone ? 'cell' : '')])} />
    </fieldset>
  );
}

/** The parts as people fill them in: place in the structured value, words, and whether it is there when empty. */
const PARTS = [
  { at: 2, label: 'card.street', always: true },
  { at: 1, label: 'card.extended', always: false },
  { at: 0, label: 'card.poBox', always: false },
  { at: 5, label: 'card.postcode', always: true },
  { at: 3, label: 'card.city', always: true },
  { at: 4, label: 'card.state', always: true },
  { at: 6, label: 'card.country', always: true },
] as const;

type Addresses = CardForm['addresses'];

interface AddressListProps {
  readonly label: string;
  readonly addresses: Addresses;
  change(addresses: Addresses): void;
}

export function AddressList({ label, addresses, change }: AddressListProps) {
  return (
    <fieldset class="form-list">
      <legend class="field-label">{label}</legend>
      {addresses.map((item, at) => {
        const what = say('card.numbered', { what: label, n: at + 1 });
        return (
          <fieldset class="form-address" key={item.line ?? `new-${at}`}>
            <legend class="visually-hidden">{what}</legend>
            <div class="row">
              <KindChoice
                what={what}
                item={item}
                kinds={PLACE_KINDS}
                change={(kind) => change(withItem(addresses, at, { ...item, kind }))}
              />
              <span class="push">
                <RemoveButton label={what} run={() => change(withItem(addresses, at, null))} />
              </span>
            </div>
            <div class="form-grid">
              {PARTS.filter((part) => part.always || item.parts[part.at] !== '').map((part) => (
                <TextField
                  key={part.at}
                  label={say(part.label)}
                  value={item.parts[part.at] ?? ''}
                  change={(text) =>
                    change(withItem(addresses, at, { ...item, parts: withItem(item.parts, part.at, text) }))
                  }
                />
              ))}
            </div>
          </fieldset>
        );
      })}
      <AddButton label={label} run={() => change([...addresses, newAddress()])} />
    </fieldset>
  );
}
