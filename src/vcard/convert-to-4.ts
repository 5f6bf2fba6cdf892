/** Lines of vCard 3.0 as lines of 4.0 (RFC 6350 appendix A). */
import type { Parameter } from '../contentline/content-line.ts';
import { decodedValue } from '../contentline/value.ts';
import type { LineContent } from '../contentline/write.ts';
import { basicDate, isDateAndOrTime, monthAndDay, OMITTED_YEAR } from './dates.ts';
import { withoutLabels } from './labelled-values.ts';
import { mediaTypeOf, readDataUri } from './media.ts';
import { isBase64 } from './upgrade.ts';

/** Names that 3.0 programs write for what 4.0 has a property for. */
export const NAMES_IN_4: ReadonlyMap<string, string> = new Map([
  ['X-ADDRESSBOOKSERVER-KIND', 'KIND'],
  ['X-ADDRESSBOOKSERVER-MEMBER', 'MEMBER'],
  ['X-FN', 'FN'],
  ['X-N', 'N'],
  ['X-BDAY', 'BDAY'],
]);

/** How Apple's programs say in 3.0 that a card is of a company. */
export const SHOWN_AS_COMPANY = { name: 'X-ABShowAs', value: 'COMPANY' };

type Conversion = (line: LineContent) => LineContent;

const CONVERSIONS: ReadonlyMap<string, Conversion> = new Map<string, Conversion>([
  ['BDAY', dateToBasic],
  ['ANNIVERSARY', dateToBasic],
  ['DEATHDATE', dateToBasic],
  ['REV', (line) => ({ ...withoutValueType(line), value: basicDate(line.value) })],
  ['PHOTO', linkToUri],
  ['LOGO', linkToUri],
  ['SOUND', linkToUri],
  ['KEY', linkToUri],
  ['GEO', geoToUri],
  ['TZ', offsetToBasic],
  [
    'UID',
    (line) => (isUri(line.value) ? line : { ...line, params: [...line.params, { name: 'VALUE', values: ['text'] }] }),
  ],
]);

/** The lines of a 3.0 card (frame left out) as 4.0 lines, in the same order. */
export function toVersion4(written: readonly LineContent[]): LineContent[] {
  const lines = withoutLabels(written);
  const present = new Set(lines.map((line) => line.name.toUpperCase()));
  return lines.map((line) => {
    const name = NAMES_IN_4.get(line.name.toUpperCase());
    const taken = name === 'KIND' && present.has('KIND');
    if (name !== undefined && !taken) return lineToVersion4({ ...line, name });
    const saysKind = present.has('KIND') || present.has('X-ADDRESSBOOKSERVER-KIND');
    return lineToVersion4(isShownAsCompany(line) && !saysKind ? { ...line, name: 'KIND', value: 'org' } : line);
  });
}

function isShownAsCompany({ name, value }: LineContent): boolean {
  return name.toUpperCase() === SHOWN_AS_COMPANY.name.toUpperCase() && value.trim() === SHOWN_AS_COMPANY.value;
}

/** One 3.0 line as a 4.0 line, its name unchanged. */
export function lineToVersion4(line: LineContent): LineContent {
  const plain = withNewParameters(decodeTransfer(line));
  return CONVERSIONS.get(line.name.toUpperCase())?.(plain) ?? plain;
}

/** 4.0 knows neither quoted-printable nor base64 lines: text is decoded, octets become a `data:` URI (§5.2, §6.2.4). */
function decodeTransfer(line: LineContent): LineContent {
  const property = line.name.toUpperCase();
  if (!isBase64(line)) return { ...line, value: decodedValue({ ...line, start: 0, end: 0, number: 1 }) };
  const mediaType = mediaWord(line, (word) => mediaTypeOf(property, word));
  const params = line.params.filter(
    (p) => p.name !== 'ENCODING' && !(p.name === 'VALUE' && /^binary$/i.test(p.values[0] ?? '')),
  );
  const kept = mediaType ? withoutType(params, mediaType.word) : params;
  return { ...line, params: kept, value: `data:${mediaType?.type ?? ''};base64,${line.value.replace(/\s+/g, '')}` };
}

function mediaWord(
  line: LineContent,
  typeOf: (word: string) => string | undefined,
): { readonly word: string; readonly type: string } | undefined {
  for (const param of line.params)
    if (param.name === 'TYPE' || param.name === '')
      for (const word of param.values) {
        const type = /^(?:pref|b|base64|home|work)$/i.test(word) ? undefined : typeOf(word);
        if (type !== undefined) return { word, type };
      }
  return undefined;
}

function withoutType(params: readonly Parameter[], word: string): Parameter[] {
  return params
    .map((p) => (p.name === 'TYPE' || p.name === '' ? { ...p, values: p.values.filter((v) => v !== word) } : p))
    .filter((p) => p.values.length > 0);
}

/** TYPE words without `pref`, which becomes PREF=1; nameless tokens are types; CHARSET and ENCODING are gone. */
function withNewParameters(line: LineContent): LineContent {
  const params: Parameter[] = [];
  let preferred = false;
  for (const param of line.params) {
    if (param.name === 'CHARSET' || param.name === 'ENCODING') continue;
    if (param.name !== 'TYPE' && param.name !== '') {
      params.push(param);
      continue;
    }
    const words = param.values.flatMap((value) => value.split(','));
    preferred ||= words.some((word) => /^pref$/i.test(word.trim()));
    const types = words.filter((word) => !/^(?:pref|quoted-printable|base64|8bit|7bit|)$/i.test(word.trim()));
    if (types.length > 0) params.push({ name: 'TYPE', values: types });
  }
  if (preferred && !params.some((p) => p.name === 'PREF')) params.push({ name: 'PREF', values: ['1'] });
  return { ...line, params };
}

function withoutValueType(line: LineContent): LineContent {
  const params = line.params.filter((p) => !(p.name === 'VALUE' && /^(?:date|date-time)$/i.test(p.values[0] ?? '')));
  return { ...line, params };
}

/**
 * Apple's year for "no year" becomes a date without one (§4.3.1); its parameter goes, as the value says it. What is no date of
 * 4.0 (`12 Apr 1985`) says that it is a text (§6.2.5).
 */
function dateToBasic(line: LineContent): LineContent {
  const omitted = line.params.find((p) => p.name === 'X-APPLE-OMIT-YEAR')?.values[0];
  const value = basicDate(line.value);
  const plain = withoutValueType(line);
  if (omitted === OMITTED_YEAR && /^1604\d{4}$/.test(value)) {
    const params = plain.params.filter((p) => p.name !== 'X-APPLE-OMIT-YEAR');
    return { ...plain, params, value: `--${value.slice(4)}` };
  }
  const date = monthAndDay(value) ? value.trim().replace(/^--(\d\d)-/, '--$1') : value;
  if (value.trim() === '' || isDateAndOrTime(date) || plain.params.some((p) => p.name === 'VALUE'))
    return { ...plain, value: date };
  return { ...plain, params: [{ name: 'VALUE', values: ['text'] }, ...plain.params] };
}

/** The type word of a link says its media type; the value of 4.0 is a URI without saying so. */
function linkToUri(line: LineContent): LineContent {
  const params = line.params.filter((p) => !(p.name === 'VALUE' && /^(?:uri|url)$/i.test(p.values[0] ?? '')));
  if (readDataUri(line.value)) return { ...line, params };
  const found = mediaWord({ ...line, params }, (word) => mediaTypeOf(line.name.toUpperCase(), word));
  if (found === undefined) return { ...line, params };
  return { ...line, params: [...withoutType(params, found.word), { name: 'MEDIATYPE', values: [found.type] }] };
}

function geoToUri(line: LineContent): LineContent {
  const found = /^\s*(-?[\d.]+)\s*[;,]\s*(-?[\d.]+)\s*$/.exec(line.value);
  return found ? { ...line, value: `geo:${found[1]},${found[2]}` } : line;
}

function offsetToBasic(line: LineContent): LineContent {
  const found = /^\s*([+-]\d{2}):?(\d{2})\s*$/.exec(line.value);
  const params = line.params.filter((p) => p.name !== 'VALUE');
  const offset = { name: 'VALUE', values: ['utc-offset'] };
  if (found) return { ...line, params: [...params, offset], value: `${found[1]}${found[2]}` };
  return { ...line, params: line.params.filter((p) => !(p.name === 'VALUE' && /^text$/i.test(p.values[0] ?? ''))) };
}

function isUri(value: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\S+$/i.test(value.trim());
}
