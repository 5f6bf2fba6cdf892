/** Where components lie in a stream of iCalendar text, found by octets without reading every line (RFC 5545 §3.4). */

/** A component one level below its VCALENDAR, as octets of the stream. */
export interface ScannedComponent {
  /** Upper case. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** 1-based physical line of its BEGIN. */
  readonly number: number;
  readonly calendar: ScannedCalendar;
}

/** One VCALENDAR: the octet ranges of its own lines, in order. */
export interface ScannedCalendar {
  readonly header: readonly { readonly start: number; readonly end: number }[];
}

const LF = 10;
const CR = 13;
const SPACE = 32;
const TAB = 9;
const FRAME = /^(BEGIN|END):\s*([^\s]+)\s*$/i;

/** One frame line or other line of the stream, folds included. */
interface Line {
  readonly start: number;
  readonly end: number;
  readonly number: number;
  readonly frame: 'BEGIN' | 'END' | undefined;
  readonly name: string;
}

/**
 * Finds the components of all VCALENDARs of a stream. Linear, bounded by the number of components; never throws.
 * A component cut off by the end of the stream or of its VCALENDAR reaches to there.
 */
export function scanComponents(octets: Buffer): ScannedComponent[] {
  const found: ScannedComponent[] = [];
  let calendar: { header: { start: number; end: number }[] } | undefined;
  const open: Line[] = [];
  const close = (end: number): void => {
    const { name, start, number } = open[0]!;
    found.push({ name, start, end, number, calendar: calendar! });
    open.length = 0;
  };
  for (const line of scanLines(octets)) {
    if (line.frame === 'BEGIN' && line.name === 'VCALENDAR') {
      if (open.length > 0) close(line.start);
      calendar = { header: [] };
    } else if (!calendar) continue;
    else if (line.frame === 'BEGIN') open.push(line);
    else if (line.frame === 'END' && line.name === 'VCALENDAR') {
      if (open.length > 0) close(line.start);
      calendar = undefined;
    } else if (line.frame === 'END') {
      if (open.length === 1) close(line.end);
      else open.pop();
    } else if (open.length === 0) calendar.header.push({ start: line.start, end: line.end });
  }
  if (open.length > 0) close(octets.length);
  return found;
}

function* scanLines(octets: Buffer): Generator<Line> {
  const lineEnd = octets.indexOf(LF) < 0 && octets.indexOf(CR) >= 0 ? CR : LF;
  let at = octets.length >= 3 && octets[0] === 0xef && octets[1] === 0xbb && octets[2] === 0xbf ? 3 : 0;
  let number = 1;
  while (at < octets.length) {
    const start = at;
    const first = number;
    do {
      const stop = octets.indexOf(lineEnd, at);
      at = stop < 0 ? octets.length : stop + 1;
      number++;
    } while (octets[at] === SPACE || octets[at] === TAB);
    const letter = octets[start]! | 0x20;
    const isFrame = at - start < 200 && (letter === 0x62 || letter === 0x65);
    const found = isFrame ? FRAME.exec(octets.toString('latin1', start, at).replace(/[\r\n]+[ \t]/g, '')) : null;
    const [frame, name = ''] = (found ?? []).slice(1).map((word) => word.toUpperCase());
    yield { start, end: at, number: first, frame: frame as 'BEGIN' | 'END' | undefined, name };
  }
}
