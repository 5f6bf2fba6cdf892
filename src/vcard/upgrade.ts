/** vCard 2.1 lines as 3.0 lines: encodings undone, nameless parameters named, text escaped (vCard 2.1 §2, RFC 2426). */
import type { ContentLine, Parameter } from '../contentline/content-line.ts';
import { decodedValue, escapeText, isQuotedPrintable, splitValue } from '../contentline/value.ts';
import type { LineContent } from '../contentline/write.ts';

/** A 2.1 value in 3.0; `escaped` gives a text of it with the escapes of 3.0. */
type ValueForm = (value: string, escaped: (text: string) => string) => string;

const inParts =
  (separator: ';' | ','): ValueForm =>
  (value, escaped) =>
    splitValue(value, separator).map(escaped).join(separator);
const structured = inParts(';');
const list = inParts(',');
const text: ValueForm = (value, escaped) => escaped(value);
const verbatim: ValueForm = (value) => value.replace(/\r\n|\r|\n/g, '\\n');

/** How the value of a property is built, and so what has to be escaped; verbatim, where nothing else is said. */
const VALUE_FORMS: Readonly<Record<string, ValueForm>> = {
  N: structured,
  ADR: structured,
  ORG: structured,
  CATEGORIES: list,
  NICKNAME: list,
  FN: text,
  NOTE: text,
  TITLE: text,
  ROLE: text,
  LABEL: text,
  MAILER: text,
  'SORT-STRING': text,
  GEO: (value) => value.replace(',', ';'),
};

const TRANSFER_ENCODINGS = /^(?:quoted-printable|7bit|8bit|base64|b)$/i;
const BASE64 = /^(?:base64|b)$/i;

/** True for a line whose value is base64 in either spelling (`ENCODING=BASE64`, `ENCODING=b`, the nameless `BASE64`). */
export function isBase64(line: Pick<LineContent, 'params'>): boolean {
  return line.params.some(
    ({ name, values }) => (name === 'ENCODING' || name === '') && values.some((value) => BASE64.test(value)),
  );
}

/** The name under which a line that no program could read keeps its text in a card that must be well formed. */
export const UNREADABLE_LINE = 'X-UNREADABLE-LINE';

/** True for what the grammar takes as a property name (RFC 6350 §3.3). */
export function isPropertyName(name: string): boolean {
  return /^[A-Za-z0-9-]+$/.test(name);
}

/**
 * One 2.1 line as a 3.0 line of the same meaning. `name` is the name as it should be written (`X-ABLabel`).
 * A line that is no property (no colon, or a name no program could read) becomes `X-UNREADABLE-LINE` with all of its text.
 */
export function upgradeLine(line: ContentLine, name: string): LineContent {
  if (!isPropertyName(name)) {
    const head = line.name === '' ? '' : `${line.group === '' ? '' : `${line.group}.`}${name}:`;
    return { group: '', name: UNREADABLE_LINE, params: [], value: escapeText(head + line.value) };
  }
  const group = /^[A-Za-z0-9-]*$/.test(line.group) ? line.group : '';
  const plain = { ...line, params: parametersIn21(line.params) };
  return { group, name, params: upgradeParameters(plain), value: upgradeValue(plain) };
}

/** Parameters as 2.1 means them, where 3.0 does not: spaces around the equals sign, and `\;` inside a value (vCard 2.1 §2.1.2). */
function parametersIn21(params: readonly Parameter[]): Parameter[] {
  const read: Parameter[] = [];
  for (const { name, values } of params) {
    const trimmed = values.map((value) => value.trim());
    const before = read.at(-1)?.values.at(-1);
    if (name !== '' || !before?.endsWith('\\')) read.push({ name, values: trimmed });
    else {
      const cut = read.pop()!;
      const whole = `${before.slice(0, -1)};${trimmed[0]}`;
      read.push({ name: cut.name, values: [...cut.values.slice(0, -1), whole] });
    }
  }
  return read;
}

/** Nameless tokens and TYPE words become one TYPE; encodings that the value no longer has are dropped. */
function upgradeParameters(line: ContentLine): Parameter[] {
  const types: string[] = [];
  const params: Parameter[] = [];
  for (const param of line.params) {
    if (param.name === '' || param.name === 'TYPE')
      types.push(
        ...param.values
          .flatMap((value) => value.split(','))
          .filter((word) => word !== '' && !TRANSFER_ENCODINGS.test(word)),
      );
    else if (param.name === 'VALUE') params.push(...upgradeValueType(param));
    else if (param.name !== 'ENCODING' && param.name !== 'CHARSET' && /^[A-Z0-9-]+$/.test(param.name))
      params.push(param);
  }
  if (isBase64(line)) params.unshift({ name: 'ENCODING', values: ['b'] });
  if (types.length > 0) params.push({ name: 'TYPE', values: types });
  return params;
}

function upgradeValueType(param: Parameter): Parameter[] {
  const word = param.values[0]?.toLowerCase();
  if (word === 'inline') return [];
  return [word === 'url' ? { name: 'VALUE', values: ['uri'] } : param];
}

function upgradeValue(line: ContentLine): string {
  if (isBase64(line)) return line.value.replace(/\s+/g, '');
  const form = VALUE_FORMS[line.name] ?? verbatim;
  const encoded = isQuotedPrintable(line);
  return form(decodedValue(line), (part) => escapeText(unescape21(part, encoded)));
}

/**
 * 2.1 escapes only `;`, but programs write 3.0 escapes into it. `\n` is a line break only where quoted-printable,
 * which has its own way to say one, was not used.
 */
function unescape21(text: string, encoded: boolean): string {
  return text.replace(/\\([;,:\\nN])/g, (pair, c: string) => {
    if (c !== 'n' && c !== 'N') return c;
    return encoded ? pair : '\n';
  });
}
