/** Lines of vCard 4.0 as lines of 3.0 (RFC 6350 appendix A read backwards; RFC 2426). */
import type { Parameter } from '../contentline/content-line.ts';
import type { LineContent } from '../contentline/write.ts';
import { NAMES_IN_4, SHOWN_AS_COMPANY } from './convert-to-4.ts';
import { extendedDate, monthAndDay, OMITTED_YEAR } from './dates.ts';
import { withLabels } from './labelled-values.ts';
import { mediaWordOf, readDataUri } from './media.ts';

type Conversion = (line: LineContent) => LineContent;

const CONVERSIONS: ReadonlyMap<string, Conversion> = new Map<string, Conversion>([
  ['BDAY', dateToExtended],
  ['ANNIVERSARY', dateToExtended],
  ['DEATHDATE', dateToExtended],
  ['X-ABDATE', dateToExtended],
  ['REV', (line) => ({ ...line, value: extendedDate(line.value) ?? line.value })],
  ['PHOTO', uriToLink],
  ['LOGO', uriToLink],
  ['SOUND', uriToLink],
  ['KEY', uriToLink],
  ['GEO', uriToGeo],
  ['TZ', offsetToExtended],
  ['TEL', uriToNumber],
  ['UID', withoutValueType],
  ['MEMBER', (line) => ({ ...withoutValueType(line), name: 'X-ADDRESSBOOKSERVER-MEMBER' })],
  ['KIND', kindToApple],
]);

/** Properties that 3.0 takes once: further ones stand aside under an `X-` name that the way back knows. */
const ONCE_IN_3: readonly string[] = ['FN', 'N', 'BDAY'];

/** The lines of a 4.0 card (frame left out) as 3.0 lines, in the same order; an N is added where there is none, as 3.0 asks for it. */
export function toVersion3(written: readonly LineContent[]): LineContent[] {
  const lines = withLabels(written);
  const kept = new Map(ONCE_IN_3.map((name) => [name, mostPreferred(lines, name)]));
  const converted = lines.map((line) => {
    const name = line.name.toUpperCase();
    const aside = kept.has(name) && kept.get(name) !== line;
    const changed = lineToVersion3(line, isMostPreferred(lines, line));
    return aside ? { ...changed, name: asideName(name) } : changed;
  });
  if (lines.some((line) => line.name.toUpperCase() === 'N')) return converted;
  const at = converted.findIndex((line) => line.name.toUpperCase() === 'FN');
  const n = {
    group: '',
    name: 'N',
    params: [],
    value: isCompany(lines) ? ';;;;' : `;${converted[at]?.value ?? ''};;;`,
  };
  return [...converted.slice(0, at + 1), n, ...converted.slice(at + 1)];
}

/** What 3.0 has no word for, Apple's programs do: groups and companies (RFC 6350 §6.1.4). */
function kindToApple(line: LineContent): LineContent {
  if (isKind(line, 'group')) return { ...line, name: 'X-ADDRESSBOOKSERVER-KIND' };
  return isKind(line, 'org') ? { ...line, ...SHOWN_AS_COMPANY } : line;
}

const isKind = (line: LineContent, kind: string): boolean => line.value.trim().toLowerCase() === kind;

/** A company is shown by its ORG; a given name beside it would be a person who works there. */
function isCompany(lines: readonly LineContent[]): boolean {
  const named = (name: string) => lines.find((line) => line.name.toUpperCase() === name);
  const kind = named('KIND');
  return kind !== undefined && isKind(kind, 'org') && named('ORG') !== undefined;
}

/** One 4.0 line as a 3.0 line. `preferred`: no other line of its property is more so. */
export function lineToVersion3(line: LineContent, preferred = false): LineContent {
  const plain = withOldParameters(line, preferred);
  const name = line.name.toUpperCase();
  // whatever 3.0 has a word for besides pictures, sounds and keys is an address there, too (RFC 2426 §3)
  return CONVERSIONS.get(name)?.(plain) ?? (name.startsWith('X-') ? dataToBinary(plain) : plain);
}

function asideName(name: string): string {
  for (const [old, current] of NAMES_IN_4) if (current === name) return old;
  return `X-${name}`;
}

function preference(line: LineContent): number {
  const value = Number(line.params.find((p) => p.name === 'PREF')?.values[0]);
  return value >= 1 && value <= 100 ? value : 101;
}

function mostPreferred(lines: readonly LineContent[], name: string): LineContent | undefined {
  const named = lines.filter((line) => line.name.toUpperCase() === name);
  const dates = named.filter((line) => isSayable(line));
  const candidates = dates.length > 0 ? dates : name === 'FN' || name === 'N' ? named : [];
  return candidates.reduce<LineContent | undefined>(
    (best, line) => (best === undefined || preference(line) < preference(best) ? line : best),
    undefined,
  );
}

/** A date that 3.0 can say, or no date at all. */
function isSayable(line: LineContent): boolean {
  if (line.name.toUpperCase() !== 'BDAY') return true;
  return extendedDate(line.value) !== undefined || monthAndDay(line.value) !== undefined;
}

function isMostPreferred(lines: readonly LineContent[], line: LineContent): boolean {
  const own = preference(line);
  if (own > 100) return false;
  const name = line.name.toUpperCase();
  return lines.every((other) => other.name.toUpperCase() !== name || preference(other) >= own);
}

/** PREF becomes the type word `pref` on the most preferred line; a number other than 1 stays beside it for the way back. */
function withOldParameters(line: LineContent, preferred: boolean): LineContent {
  const types: string[] = [];
  const params: Parameter[] = [];
  for (const param of line.params) {
    if (param.name === 'TYPE') types.push(...param.values.flatMap((value) => value.split(',')));
    else if (param.name !== 'PREF' || !preferred || param.values[0] !== '1') params.push(param);
  }
  if (preferred) types.push('pref');
  if (types.length > 0) params.push({ name: 'TYPE', values: types });
  return { ...line, params };
}

function withoutValueType(line: LineContent): LineContent {
  return { ...line, params: line.params.filter((p) => p.name !== 'VALUE') };
}

function dateToExtended(line: LineContent): LineContent {
  const day = monthAndDay(line.value);
  if (day) {
    const params = [...line.params, { name: 'X-APPLE-OMIT-YEAR', values: [OMITTED_YEAR] }];
    return { ...line, params, value: `${OMITTED_YEAR}-${day[0]}-${day[1]}` };
  }
  return { ...line, value: extendedDate(line.value) ?? line.value };
}

/** A `data:` URI becomes `ENCODING=b`, any other a link that says so. */
function uriToLink(line: LineContent): LineContent {
  const inline = dataToBinary(line);
  if (inline !== line) return inline;
  const params = line.params.filter((p) => p.name !== 'MEDIATYPE' && p.name !== 'VALUE');
  const mediaType = line.params.find((p) => p.name === 'MEDIATYPE')?.values[0];
  const value = line.params.find((p) => p.name === 'VALUE') ?? { name: 'VALUE', values: ['uri'] };
  const type = mediaType ? [{ name: 'TYPE', values: [mediaWordOf(line.name.toUpperCase(), mediaType)] }] : [];
  return { ...line, params: [value, ...type, ...params] };
}

function dataToBinary(line: LineContent): LineContent {
  const data = readDataUri(line.value);
  if (data === undefined) return line;
  const params = line.params.filter((p) => p.name !== 'MEDIATYPE' && p.name !== 'VALUE');
  const type = data.mediaType ? [{ name: 'TYPE', values: [mediaWordOf(line.name.toUpperCase(), data.mediaType)] }] : [];
  // before other type words: the way back takes the first that may name a format
  return { ...line, params: [{ name: 'ENCODING', values: ['b'] }, ...type, ...params], value: data.base64 };
}

function uriToGeo(line: LineContent): LineContent {
  const found = /^geo:(-?[\d.]+),(-?[\d.]+)$/i.exec(line.value.trim());
  return found ? { ...withoutValueType(line), value: `${found[1]};${found[2]}` } : line;
}

function offsetToExtended(line: LineContent): LineContent {
  const found = /^([+-]\d{2}):?(\d{2})?$/.exec(line.value.trim());
  if (found) return { ...withoutValueType(line), value: `${found[1]}:${found[2] ?? '00'}` };
  const params = line.params.filter((p) => p.name !== 'VALUE');
  return { ...line, params: [{ name: 'VALUE', values: ['text'] }, ...params] };
}

/** 3.0 writes numbers, not URIs. */
function uriToNumber(line: LineContent): LineContent {
  if (!/^tel:/i.test(line.value.trim())) return line;
  return { ...withoutValueType(line), value: line.value.trim().slice(4) };
}
