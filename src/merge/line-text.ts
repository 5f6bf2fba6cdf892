/** Edits on the unfolded text of one content line that leave the rest of it as written. */
import type { Parameter } from '../contentline/content-line.ts';
import { parseContentLine } from '../contentline/parse-line.ts';
import { formatParameter } from '../contentline/write.ts';

/** Where the head (group, name, parameters) ends: the position of the colon before the value. */
function headEnd(text: string): number {
  return text.length - parseContentLine(text).value.length - 1;
}

/** The text with the group `group`, or without one when it is empty. */
export function withGroup(text: string, group: string): string {
  const name = /^[^;:]*/.exec(text)![0];
  const bare = text.slice(name.lastIndexOf('.') + 1);
  return group === '' ? bare : `${group}.${bare}`;
}

/** The text with another value, which must be escaped already. */
export function withValue(text: string, value: string): string {
  return text.slice(0, headEnd(text) + 1) + value;
}

/** The text with further parameters behind the others. */
export function withParameters(text: string, params: readonly Parameter[]): string {
  if (params.length === 0) return text;
  const end = headEnd(text);
  return text.slice(0, end) + params.map(formatParameter).join('') + text.slice(end);
}

const QUOTED_OR_PLAIN = /;(?:"[^"]*"|[^";])*/g;

/** The text without any mark of preference: TYPE word `pref` (3.0), nameless `PREF` (2.1), parameter PREF (4.0). */
export function withoutPreference(text: string): string {
  const end = headEnd(text);
  const head = text.slice(0, end);
  if (!/pref/i.test(head)) return text;
  const start = head.indexOf(';');
  const params = head.slice(start).match(QUOTED_OR_PLAIN) ?? [];
  if (params.join('') !== head.slice(start)) return text;
  return head.slice(0, start) + params.map(parameterWithoutPreference).join('') + text.slice(end);
}

function parameterWithoutPreference(param: string): string {
  if (/^;pref(?:=.*)?$/i.test(param)) return '';
  const type = /^;(type)=(.*)$/is.exec(param);
  if (type === null) return param;
  const quoted = type[2]!.startsWith('"');
  const words = type[2]!.replace(/^"|"$/g, '').split(',');
  const kept = words.filter((word) => !/^\s*pref\s*$/i.test(word));
  if (kept.length === words.length) return param;
  if (kept.length === 0) return '';
  const value = kept.join(',');
  return `;${type[1]}=${quoted && kept.length > 1 ? `"${value}"` : value}`;
}
