/** One unfolded line to group, name, parameters and value (RFC 5545 §3.1, RFC 6350 §3.3, RFC 6868). */
import type { ContentLine, Parameter } from './content-line.ts';

/**
 * Splits one unfolded line into group, name, parameters and value. Quotes protect `;` `:` and `,`.
 * A line without an unquoted colon comes back with the empty name and the whole text as value.
 */
export function parseContentLine(text: string, start = 0, end = text.length, number = 1): ContentLine {
  const colon = unquotedColon(text);
  if (colon <= 0) return { group: '', name: '', params: [], value: text, start, end, number };
  const { group, name, params } = headOf(text, colon);
  return { group, name, params, value: text.slice(colon + 1), start, end, number };
}

interface Head extends Pick<ContentLine, 'group' | 'name' | 'params'> {
  readonly text: string;
}

/**
 * Heads such as `TEL;TYPE=CELL` come again on nearly every card: each is cut once, and its lines share one list of
 * parameters. The place is told by length and two letters; a newcomer takes the place of who was there.
 */
const knownHeads: (Head | undefined)[] = Array.from({ length: 1024 }, () => undefined);
/** A remembered head may keep the text of its line alive: none is kept of a long one, such as a photo. */
const LONGEST_KEPT = 500;

/** The head of a line up to its colon. */
function headOf(line: string, colon: number): Head {
  const place = (colon * 37 + line.charCodeAt(0) * 11 + line.charCodeAt(colon - 1)) & 1023;
  const known = knownHeads[place];
  if (known !== undefined && known.text.length === colon && line.startsWith(known.text)) return known;
  const head = cutHead(line.slice(0, colon));
  if (line.length <= LONGEST_KEPT) knownHeads[place] = head;
  return head;
}

function cutHead(text: string): Head {
  const [first = '', ...rest] = splitUnquoted(text, ';');
  const whole = first.trim();
  const dot = whole.lastIndexOf('.');
  const group = dot > 0 ? whole.slice(0, dot) : '';
  const name = (dot > 0 ? whole.slice(dot + 1) : whole).toUpperCase();
  return { text, group, name, params: rest.filter((part) => part !== '').map(parseParameter) };
}

/** Outlook and Exchange leave `TZID=tzone://Microsoft/Utc` without quotes, too. */
const ZONE_URI = /;TZID=[a-z]+$/i;

/**
 * Position of the colon that ends the head. An unbalanced quote protects nothing: the first colon then counts, unless it stands
 * in a URI for a time zone, since no date begins with slashes.
 */
function unquotedColon(text: string): number {
  const first = text.indexOf(':');
  if (first < 0) return -1;
  if (text.startsWith('//', first + 1) && ZONE_URI.test(text.slice(0, first)))
    return Math.max(first, text.indexOf(':', first + 1));
  const quote = text.indexOf('"');
  if (quote < 0 || quote > first) return first;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 34) quoted = !quoted;
    else if (c === 58 && !quoted) return i;
  }
  return first;
}

function splitUnquoted(text: string, separator: string): string[] {
  if (!text.includes('"')) return text.split(separator);
  const parts: string[] = [];
  let quoted = false;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted;
    else if (text[i] === separator && !quoted) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

function parseParameter(text: string): Parameter {
  const equals = text.indexOf('=');
  if (equals < 0) return { name: '', values: [text.trim()] };
  const values = splitUnquoted(text.slice(equals + 1), ',').map(unquote);
  return { name: text.slice(0, equals).trim().toUpperCase(), values };
}

const CARET: Readonly<Record<string, string>> = { '^n': '\n', '^N': '\n', '^^': '^', "^'": '"' };

function unquote(value: string): string {
  const bare = value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
  return bare.includes('^') ? bare.replace(/\^[nN^']/g, (pair) => CARET[pair]!) : bare;
}
