/** How the lines of an edited card are written. */
import { AppError } from '../base/errors.ts';
import { type ContentLine, type Parameter, typeWords } from '../contentline/content-line.ts';
import { parseContentLine } from '../contentline/parse-line.ts';
import { unfoldedText } from '../contentline/read.ts';
import { formatContentLine } from '../contentline/write.ts';
import { withValue } from '../merge/line-text.ts';
import type { Card } from '../vcard/card.ts';
import { basicDate, OMITTED_YEAR } from '../vcard/dates.ts';
import { isUri, KIND_WORDS, type ValueKind } from './card-form.ts';

/** Parameters that say how the old value was encoded: the new one is plain UTF-8. */
const ENCODINGS = new Set(['ENCODING', 'CHARSET']);
const TRANSFER = /^(?:quoted-printable|7bit|8bit)$/i;

/**
 * The unfolded text of a line with another value (escaped already). `changed` false: the value stays as it is, and with it
 * how it is encoded. Only a line whose old encoding no longer holds gets its parameters written anew.
 */
export function rewritten(card: Card, line: ContentLine, value: string, changed = true): string {
  const text = unfoldedText(card.octets, line);
  if (!changed) return text;
  const stays = (param: Parameter) =>
    !ENCODINGS.has(param.name) &&
    !(param.name === '' && TRANSFER.test(param.values[0] ?? '')) &&
    !wasUri(line, value, param);
  return line.params.every(stays)
    ? withValue(text, value)
    : formatContentLine({ group: line.group, name: nameIn(text), params: line.params.filter(stays), value });
}

/** A phone that was a URI and is none any more. */
const wasUri = (line: ContentLine, value: string, param: Parameter): boolean =>
  line.name === 'TEL' && param.name === 'VALUE' && isUri(line) && !value.startsWith('tel:');

/** The property's name in the letter case it is written in. */
const nameIn = (text: string): string => /^(?:[^;:.]*\.)?([^;:]*)/.exec(text)![1]!.trim();

/** The value of a phone, e-mail or web page as its line carries it; `line` is the one it replaces. */
export function writtenList(property: string, value: string, line?: ContentLine): string {
  const plain = value.replace(/\n/g, ' ');
  if (property === 'URL') return plain;
  const number = plain.replace(/\s+/g, '-');
  if (property === 'TEL' && line && isUri(line) && /^[\d+()*#.;=a-z-]+$/i.test(number)) return `tel:${number}`;
  return plain.replace(/\\/g, '\\\\').replace(/,/g, '\\,').replace(/;/g, '\\;');
}

/** Kinds beside which home and work still say something: a mobile phone at work. */
const BESIDE: readonly ValueKind[] = ['cell', 'fax'];

/** The unfolded text with its TYPE words saying `kind`: other words stay, a kind that is told already is not told twice. */
export function withKind(text: string, kind: ValueKind): string {
  const line = parseContentLine(text);
  const goes = (word: string): boolean => {
    const own = Object.hasOwn(KIND_WORDS, word.trim().toLowerCase()) ? KIND_WORDS[word.trim().toLowerCase()]! : '';
    const beside = BESIDE.includes(kind) && (own === 'home' || own === 'work');
    return own !== '' && own !== kind && !beside;
  };
  const params = line.params.flatMap((param) => {
    if (param.name !== 'TYPE' && param.name !== '') return [param];
    const values = param.values.flatMap((value) => value.split(',')).filter((word) => !goes(word));
    return values.length > 0 ? [{ ...param, values }] : [];
  });
  const told = typeWords({ ...line, params }).some((word) => KIND_WORDS[word] === kind);
  if (kind !== '' && !told) params.push({ name: 'TYPE', values: [kind] });
  return formatContentLine({ group: line.group, name: nameIn(text), params, value: line.value });
}

const DATE = /^(?:(\d{4})|-)-(\d\d)-(\d\d)$/;

/** The birthday `1985-04-12` or `--04-12` as the card's version writes it. Throws AppError `invalid-birthday`. */
export function birthdayLine(card: Card, line: ContentLine | undefined, text: string): string {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (!month || !day || !isDay(Number(year ?? 2000), Number(month), Number(day))) {
    throw new AppError(
      'invalid',
      'invalid-birthday',
      `"${text}" is no day: write 1985-04-12, or --04-12 without a year.`,
      {
        field: 'birthday',
      },
    );
  }
  const params = (line?.params ?? []).filter(
    ({ name }) => !/^(?:VALUE|X-APPLE-OMIT-YEAR|ENCODING|CHARSET|)$/.test(name),
  );
  const base = { group: line?.group ?? '', name: line ? nameIn(unfoldedText(card.octets, line)) : 'BDAY' };
  if (card.version === '4.0') {
    return formatContentLine({ ...base, params, value: year ? basicDate(text) : `--${month}${day}` });
  }
  if (year) return formatContentLine({ ...base, params, value: text });
  const omitted = { name: 'X-APPLE-OMIT-YEAR', values: [OMITTED_YEAR] };
  return formatContentLine({ ...base, params: [...params, omitted], value: `${OMITTED_YEAR}-${month}-${day}` });
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
