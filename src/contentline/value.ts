/** Values of content lines: escapes, structured and list values, quoted-printable (RFC 6350 §3.4, RFC 5545 §3.3.11, RFC 2045 §6.7). */
import { decodeCharset } from './charset.ts';
import { type ContentLine, parameter } from './content-line.ts';

/** Undoes the backslash escapes of a text value: `\n` and `\N` become a line feed, any other escaped character itself. */
export function unescapeText(value: string): string {
  return value.includes('\\')
    ? value.replace(/\\([\s\S])/g, (_, c: string) => (c === 'n' || c === 'N' ? '\n' : c))
    : value;
}

/** Escapes a text for use as one value of a vCard 3.0, 4.0 or iCalendar property: backslash, line ends, comma, semicolon. */
export function escapeText(text: string): string {
  return text
    .replace(/\\/g, '\\\\')
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/,/g, '\\,')
    .replace(/;/g, '\\;');
}

/** Splits a value at each unescaped `separator` (`;` for structured, `,` for list values). The parts keep their escapes. */
export function splitValue(value: string, separator: ';' | ','): string[] {
  if (!value.includes('\\')) return value.split(separator);
  const parts: string[] = [];
  let from = 0;
  for (let i = 0; i < value.length; i++) {
    if (value[i] === '\\') i++;
    else if (value[i] === separator) {
      parts.push(value.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(value.slice(from));
  return parts;
}

const HEX_PAIR = /^[0-9a-f]{2}$/i;

const QUOTED_PRINTABLE = /^quoted-printable$/i;

/** True for `ENCODING=QUOTED-PRINTABLE` and the bare 2.1 form. */
export function isQuotedPrintable({ params }: ContentLine): boolean {
  if (params.length === 0) return false;
  for (const { name, values } of params)
    if (name === 'ENCODING' || name === '') for (const value of values) if (QUOTED_PRINTABLE.test(value)) return true;
  return false;
}

/**
 * The value as text, transfer encoding undone: quoted-printable octets are decoded in the CHARSET of the line
 * (UTF-8 when absent or unknown, Windows-1252 when the octets are not UTF-8). Backslash escapes stay. A NUL comes out as
 * the replacement character: no text holds one, and no database would take it.
 */
export function decodedValue(line: ContentLine): string {
  if (!isQuotedPrintable(line)) return line.value;
  const octets: number[] = [];
  const source = Buffer.from(line.value, 'utf8');
  for (let i = 0; i < source.length; i++) {
    const code = source[i]!;
    const pair = code === 61 ? source.toString('latin1', i + 1, i + 3) : '';
    if (HEX_PAIR.test(pair)) {
      octets.push(Number.parseInt(pair, 16));
      i += 2;
    } else octets.push(code);
  }
  return decodeCharset(Uint8Array.from(octets), parameter(line, 'CHARSET') ?? 'utf-8').replaceAll('\0', '\ufffd');
}
