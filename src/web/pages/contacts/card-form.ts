/** The form of a card while it is being filled in. */
import type { CardForm } from '../../../api/contract/card-forms.ts';

export type FormKind = CardForm['phones'][number]['kind'];

export const KINDS: readonly FormKind[] = ['home', 'work', 'cell', 'fax', 'other', ''];
/** Kinds that make no sense but on a phone. */
export const PLACE_KINDS: readonly FormKind[] = ['home', 'work', 'other', ''];

const blank = { line: null, label: null } as const;

/** What a new card begins as: one empty phone and e-mail, since most get one. */
export const NEW_FORM: CardForm = {
  displayName: '',
  name: ['', '', '', '', ''],
  organisation: '',
  department: '',
  title: '',
  phones: [{ ...blank, value: '', kind: 'cell' }],
  emails: [{ ...blank, value: '', kind: '' }],
  addresses: [],
  urls: [],
  birthday: '',
  note: '',
};

export const newValue = (kind: FormKind): CardForm['phones'][number] => ({ ...blank, value: '', kind });
export const newAddress = (): CardForm['addresses'][number] => ({
  ...blank,
  kind: 'home',
  parts: ['', '', '', '', '', '', ''],
});

/** The name in one line: prefix, given, additional, family, suffix. */
export function wholeName(name: CardForm['name']): string {
  const [family = '', given = '', additional = '', prefixes = '', suffixes = ''] = name;
  return [prefixes, given, additional, family, suffixes]
    .map((part) => part.trim())
    .filter(Boolean)
    .join(' ');
}

/** The form with another part of the name; the displayed name follows as long as nobody gave it words of its own. */
export function withNamePart(form: CardForm, part: number, text: string): CardForm {
  const name = form.name.map((own, index) => (index === part ? text : own));
  const follows = form.displayName.trim() === '' || form.displayName.trim() === wholeName(form.name);
  return { ...form, name, displayName: follows ? wholeName(name) : form.displayName };
}

/** The list with the item at `at` replaced, or taken out when `item` is null. */
export function withItem<T>(list: readonly T[], at: number, item: T | null): T[] {
  return list.flatMap((own, index) => (index !== at ? [own] : item === null ? [] : [item]));
}
