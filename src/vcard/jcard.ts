/** Cards as jCard and back (RFC 7095): the JSON form of vCard 4.0. */
import { append } from '../base/append.ts';
import { AppError } from '../base/errors.ts';
import type { Parameter } from '../contentline/content-line.ts';
import { escapeText, splitValue, unescapeText } from '../contentline/value.ts';
import { type LineContent, writeContentLine } from '../contentline/write.ts';
import { type Card, readCard } from './card.ts';
import { convertCard, lineContents } from './convert.ts';

/** `[name, parameters, value type, value, further values…]`; a structured value is an array. */
export type JcardProperty = [string, Record<string, string | string[]>, string, ...unknown[]];
export type Jcard = ['vcard', JcardProperty[]];

/** How values of a property are built (RFC 6350 §6, 6474, 6715, 8605, 9554; RFC 7095 §3.3.1.3): its default type, and what separates parts. */
interface ValueShape {
  readonly type: string;
  readonly separator?: ';' | ',';
}

const SHAPES: Readonly<Record<string, ValueShape>> = {
  N: { type: 'text', separator: ';' },
  ADR: { type: 'text', separator: ';' },
  ORG: { type: 'text', separator: ';' },
  GENDER: { type: 'text', separator: ';' },
  CLIENTPIDMAP: { type: 'text', separator: ';' },
  NICKNAME: { type: 'text', separator: ',' },
  CATEGORIES: { type: 'text', separator: ',' },
  SOURCE: { type: 'uri' },
  PHOTO: { type: 'uri' },
  LOGO: { type: 'uri' },
  SOUND: { type: 'uri' },
  KEY: { type: 'uri' },
  URL: { type: 'uri' },
  UID: { type: 'uri' },
  IMPP: { type: 'uri' },
  GEO: { type: 'uri' },
  MEMBER: { type: 'uri' },
  RELATED: { type: 'uri' },
  FBURL: { type: 'uri' },
  CALURI: { type: 'uri' },
  CALADRURI: { type: 'uri' },
  'ORG-DIRECTORY': { type: 'uri' },
  'CONTACT-URI': { type: 'uri' },
  SOCIALPROFILE: { type: 'uri' },
  BDAY: { type: 'date-and-or-time' },
  ANNIVERSARY: { type: 'date-and-or-time' },
  DEATHDATE: { type: 'date-and-or-time' },
  REV: { type: 'timestamp' },
  CREATED: { type: 'timestamp' },
  LANG: { type: 'language-tag' },
  LANGUAGE: { type: 'language-tag' },
};
const KNOWN_TEXT =
  /^(?:VERSION|FN|TEL|EMAIL|TZ|TITLE|ROLE|NOTE|PRODID|KIND|XML|EXPERTISE|HOBBY|INTEREST|BIRTHPLACE|DEATHPLACE|GRAMGENDER|PRONOUNS|JSPROP)$/;

/** The jCard of a card of any version; properties in the card's order, `version` first. */
export function toJcard(card: Card): Jcard {
  const four = card.version === '4.0' ? card : readCard(convertCard(card, '4.0'));
  const version: JcardProperty = ['version', {}, 'text', '4.0'];
  return ['vcard', [version, ...lineContents(four).map(toProperty)]];
}

function toProperty(line: LineContent): JcardProperty {
  const name = line.name.toUpperCase();
  const shape = SHAPES[name] ?? { type: KNOWN_TEXT.test(name) ? 'text' : 'unknown' };
  const declared = line.params.find((param) => param.name === 'VALUE')?.values[0]?.toLowerCase();
  const type = declared ?? shape.type;
  const params = toParameters(line);
  const head: [string, Record<string, string | string[]>, string] = [line.name.toLowerCase(), params, type];
  if (shape.separator === ';') return [...head, structuredValue(line.value)];
  if (shape.separator === ',') return [...head, ...splitValue(line.value, ',').map(unescapeText)];
  if (type === 'unknown') return [...head, line.value];
  return [...head, scalarValue(type, line.value)];
}

/** Components; one with several values is an array of its own. A value of one component is not wrapped (§3.3.1.3). */
function structuredValue(value: string): unknown {
  const parts = splitValue(value, ';').map((part) => {
    const values = splitValue(part, ',').map(unescapeText);
    return values.length === 1 ? values[0] : values;
  });
  return parts.length === 1 ? parts[0] : parts;
}

function scalarValue(type: string, value: string): unknown {
  if (type === 'text') return unescapeText(value);
  if (type === 'boolean') return /^true$/i.test(value.trim());
  if ((type === 'integer' || type === 'float') && /^[+-]?\d+(?:\.\d+)?$/.test(value.trim())) return Number(value);
  return dateForms.get(type)?.(value) ?? value;
}

const day = (value: string): string =>
  value.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3').replace(/^--(\d{2})(\d{2})$/, '--$1-$2');
const time = (value: string): string =>
  value
    .replace(/^(\d{2})(\d{2})(\d{2})?/, (_, h: string, m: string, s?: string) => (s ? `${h}:${m}:${s}` : `${h}:${m}`))
    .replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
const dayAndTime = (value: string): string => {
  const t = value.indexOf('T');
  return t < 0 ? day(value) : `${day(value.slice(0, t))}T${time(value.slice(t + 1))}`;
};
/** JSON uses the extended forms of ISO 8601 (§3.5.2 to §3.5.7). */
const dateForms: ReadonlyMap<string, (value: string) => string> = new Map([
  ['date', day],
  ['time', time],
  ['date-time', dayAndTime],
  ['date-and-or-time', dayAndTime],
  ['timestamp', dayAndTime],
  ['utc-offset', (value: string) => value.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')],
]);

function toParameters(line: LineContent): Record<string, string | string[]> {
  const params = new Map<string, string[]>();
  if (line.group !== '') params.set('group', [line.group]);
  for (const { name, values } of line.params) {
    if (name === 'VALUE' || name === '') continue;
    const key = name.toLowerCase();
    const split = key === 'type' ? values.flatMap((value) => value.split(',')) : values;
    for (const value of split) append(params, key, value);
  }
  return Object.fromEntries([...params].map(([name, values]) => [name, values.length === 1 ? values[0]! : values]));
}

/** Octets of the vCard 4.0 that a jCard says. Throws `invalid` `valid-address-data` for JSON of another shape. */
export function fromJcard(json: unknown): Buffer {
  if (!Array.isArray(json) || json[0] !== 'vcard' || !Array.isArray(json[1]))
    throw invalid('A jCard is an array of "vcard" and its properties.');
  const lines = json[1].map((property: unknown, index: number) => fromProperty(property, index));
  const body = lines.filter((line) => line.name !== 'VERSION');
  const framed = [plain('BEGIN', 'VCARD'), plain('VERSION', '4.0'), ...body, plain('END', 'VCARD')];
  return Buffer.concat(framed.map((line) => writeContentLine(line)));
}

const plain = (name: string, value: string): LineContent => ({ group: '', name, params: [], value });
const invalid = (message: string): AppError => new AppError('invalid', 'valid-address-data', message);

function fromProperty(property: unknown, index: number): LineContent {
  if (!Array.isArray(property) || property.length < 4)
    throw invalid(`Property ${index + 1} of the jCard is no array of name, parameters, type and value.`);
  const [rawName, rawParams, rawType, ...values]: unknown[] = property;
  if (typeof rawName !== 'string' || !/^[A-Za-z0-9-]+$/.test(rawName) || typeof rawType !== 'string')
    throw invalid(`Property ${index + 1} of the jCard has no name or value type.`);
  const name = rawName.toUpperCase();
  if (name === 'BEGIN' || name === 'END')
    throw invalid(`Property ${index + 1} of the jCard cannot be called ${rawName}.`);
  const { group, params } = fromParameters(rawParams, index);
  const type = rawType.toLowerCase();
  const defaultType = SHAPES[name]?.type ?? (KNOWN_TEXT.test(name) ? 'text' : 'unknown');
  if (type !== defaultType && /^[a-z0-9-]+$/.test(type) && type !== 'unknown')
    params.unshift({ name: 'VALUE', values: [type] });
  return { group, name, params, value: values.map((value) => valueText(value, type, name)).join(',') };
}

function fromParameters(raw: unknown, index: number): { group: string; params: Parameter[] } {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    throw invalid(`Property ${index + 1} of the jCard has no object of parameters.`);
  let group = '';
  const params: Parameter[] = [];
  for (const [key, value] of Object.entries(raw)) {
    const values = (Array.isArray(value) ? value : [value]).map(String);
    if (!/^[A-Za-z0-9-]+$/.test(key))
      throw invalid(`Property ${index + 1} of the jCard has the parameter ${JSON.stringify(key.slice(0, 40))}.`);
    if (key.toLowerCase() !== 'group') params.push({ name: key.toUpperCase(), values });
    else if (/^[A-Za-z0-9-]+$/.test(values[0] ?? '')) group = values[0]!;
  }
  return { group, params };
}

function valueText(value: unknown, type: string, name: string): string {
  const text = (part: unknown): string =>
    typeof part === 'string' && type === 'text' ? escapeText(part) : String(part ?? '');
  if (Array.isArray(value))
    return value.map((part: unknown) => (Array.isArray(part) ? part.map(text).join(',') : text(part))).join(';');
  if (SHAPES[name]?.separator !== undefined || type === 'text') return text(value);
  return dateForms.has(type) ? basicForm(String(value)) : String(value);
}

/** Back to the basic forms of RFC 6350 §4.3: hyphens between digits of the date and all colons go. */
function basicForm(value: string): string {
  const [date = '', clock] = value.split('T');
  const days = date.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$1$2$3').replace(/^--(\d{2})-(\d{2})$/, '--$1$2');
  return clock === undefined ? days.replace(/^([+-]?\d{2}):(\d{2})/, '$1$2') : `${days}T${clock.replaceAll(':', '')}`;
}
