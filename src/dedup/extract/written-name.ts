/** The name on a card, without what only repeats an address or a number. */
import { splitValue, unescapeText } from '../../contentline/value.ts';
import { EMPTY } from '../empty.ts';
import { isGivenName } from '../names/given-names.ts';
import { LABEL_WORDS } from '../names/words.ts';
import { type NameFields, NO_NAME, normalizeName } from '../normalize/name.ts';
import type { ContactRecord, EmailRecord } from '../types.ts';
import { first, type Lines, raw, texts } from './card-values.ts';

/** N and FN as they stand on the card. */
export type WrittenName = Pick<NameFields, 'family' | 'given' | 'additional' | 'prefix' | 'suffix' | 'formatted'>;

/** N and FN as text, without what only repeats an address or a number. */
export function writtenName(lines: Lines, emails: readonly EmailRecord[]): WrittenName {
  const parts = splitValue(raw(lines, 'N')[0] ?? '', ';').map((part) => unescapeText(part).trim());
  const [family = '', given = '', additional = '', prefix = '', suffix = ''] = parts;
  const name = (text: string): string => withoutTag(personal(text), emails);
  // programs that write no FN cut names at their blanks, too
  const formatted =
    name(first(lines, 'FN') ?? '') || (family && given && additional === '' ? `${given} ${family}` : '');
  return { family: name(family), given: name(given), additional, prefix, suffix, formatted };
}

/** The name that is compared, with nicknames, readings and the name at birth. */
export function readName(lines: Lines, written: WrittenName, emails: readonly EmailRecord[]): ContactRecord['name'] {
  const fields: NameFields = {
    ...written,
    nicknames: readNicknames(lines),
    phoneticGiven: first(lines, 'X-PHONETIC-FIRST-NAME') ?? '',
    phoneticFamily: first(lines, 'X-PHONETIC-LAST-NAME') ?? '',
    maiden: lines.has('X-MAIDENNAME') ? texts(lines, 'X-MAIDENNAME').join(' ') : '',
  };
  const name = normalizeName(fields);
  return isOnlyMail(name, emails) ? { ...NO_NAME, nicknames: name.nicknames } : completedName(name, emails);
}

/** Half a name, and the other half in the card's own mailbox: `Meier` with `anna.meier84@`. */
function completedName(name: ContactRecord['name'], emails: readonly EmailRecord[]): ContactRecord['name'] {
  if (name.given.length + name.family.length !== 1 || name.han !== '') return name;
  const known = name.given[0] ?? name.family[0]!;
  for (const { address, role } of emails) {
    const [, first, second] = SPELLED.exec(address) ?? [];
    const other = first === known ? second : second === known ? first : undefined;
    if (role || other === undefined || LABEL_WORDS.has(other)) continue;
    return { ...name, [name.given.length > 0 ? 'family' : 'given']: [other], completed: true };
  }
  return name;
}

/** A mailbox of two words, as most people's with an employer. */
const SPELLED = /^([a-z]{3,})[._-]([a-z]{3,})\d*(?:\+[^@]*)?@/;

/** A name field that holds an address or a number says no name. */
function personal(text: string): string {
  return /@[\w-]+\./.test(text) || /^[+\d\s()/.-]{5,}$/.test(text) ? '' : text;
}

/** A mailbox taken for a name keeps its tag (`Anna Meier+news`), which is neither a name nor a second person. */
function withoutTag(text: string, emails: readonly EmailRecord[]): string {
  const plus = text.indexOf('+');
  if (plus < 1) return text;
  const tag = `${text.slice(plus).toLowerCase()}@`;
  return emails.some(({ address }) => address.includes(tag)) ? text.slice(0, plus) : text;
}

/** A single word that repeats a mailbox (`sunnytom12`, but for `anna84`) was never typed as a name. */
function isOnlyMail(name: ContactRecord['name'], emails: readonly EmailRecord[]): boolean {
  if (name.given.length + name.family.length !== 1) return false;
  const word = name.given[0] ?? name.family[0]!;
  return emails.some(({ local }) => {
    const numbered = /\d$/.test(local) && !isGivenName(word);
    return (word.length > 8 || numbered) && local.replace(/\d+$/, '') === word;
  });
}

function readNicknames(lines: Lines): readonly string[] {
  if (!lines.has('NICKNAME') && !lines.has('X-ANDROID-CUSTOM')) return EMPTY;
  const found = raw(lines, 'NICKNAME').flatMap((value) => splitValue(value, ',').map(unescapeText));
  for (const value of texts(lines, 'X-ANDROID-CUSTOM')) {
    const [type, nickname] = value.split(';');
    if (type === 'vnd.android.cursor.item/nickname' && nickname) found.push(nickname);
  }
  return found;
}
