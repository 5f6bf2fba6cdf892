/** An .ics file from elsewhere: is it a calendar at all, what does it call itself, which objects are in it. */
import { createHash } from 'node:crypto';
import { AppError } from '../base/errors.ts';
import { readContentLines } from '../contentline/read.ts';
import { unescapeText } from '../contentline/value.ts';
import { splitCalendar } from '../icalendar/split.ts';
import { resolveTimeZone } from '../icalendar/timezone.ts';
import type { FeedItem } from './apply-feed.ts';

export interface Feed {
  readonly name: string | undefined;
  /** `#RRGGBB`. */
  readonly color: string | undefined;
  /** IANA name of the zone that its floating times are meant in. */
  readonly timeZoneId: string | undefined;
  readonly items: readonly FeedItem[];
}

const MOST_OBJECTS = 50_000;

/**
 * Reads a whole file. Throws AppError (422): 'not-a-calendar', 'calendar-cut-short', 'too-many-objects'. A calendar without any
 * object is a calendar.
 */
export function readFeed(octets: Buffer): Feed {
  const begin = octets.toString('latin1', 0, 1000).replace(/^(?:\xef\xbb\xbf)?\s*/, '');
  if (!/^BEGIN:VCALENDAR/i.test(begin)) {
    const what = begin.startsWith('<') ? 'a web page' : 'no calendar';
    throw refused('not-a-calendar', `The URL leads to ${what}; it must lead to an .ics file.`);
  }
  // half a file would look as if the other half had been deleted
  if (!/END:VCALENDAR\s*$/i.test(octets.toString('latin1', Math.max(0, octets.length - 1000)))) {
    throw refused('calendar-cut-short', 'The file ends before END:VCALENDAR.');
  }
  return { ...aboutOf(octets), items: itemsOf(octets) };
}

function refused(code: string, message: string): AppError {
  return new AppError('invalid', code, message, { status: 422 });
}

function itemsOf(octets: Buffer): FeedItem[] {
  const items: FeedItem[] = [];
  try {
    for (const { uid, octets: object } of splitCalendar(octets, { newUid: uidMaker() })) {
      if (items.push({ uid, octets: object }) > MOST_OBJECTS) {
        throw refused('too-many-objects', `The file holds more than ${MOST_OBJECTS} objects, which is the limit.`);
      }
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'valid-calendar-data') return [];
    throw error;
  }
  return items;
}

const NAMES = ['NAME', 'X-WR-CALNAME'];
const COLORS = ['X-APPLE-CALENDAR-COLOR', 'COLOR'];

function aboutOf(octets: Buffer): Omit<Feed, 'items'> {
  const second = /\bBEGIN:(?!VCALENDAR)/i.exec(octets.toString('latin1', 0, 20_000))?.index;
  const lines = readContentLines(octets.subarray(0, second ?? 20_000));
  const first = (names: readonly string[]) => {
    const line = names.map((name) => lines.find((each) => each.name === name)).find(Boolean);
    return line && unescapeText(line.value).trim();
  };
  const color = first(COLORS);
  const zone = first(['X-WR-TIMEZONE']);
  return {
    name: first(NAMES)?.slice(0, 200) || undefined,
    timeZoneId: zone ? resolveTimeZone(zone)?.id : undefined,
    color: color && /^#[0-9a-f]{6}(?:[0-9a-f]{2})?$/i.test(color) ? color : undefined,
  };
}

/**
 * UIDs for components without one: the same for the same start and summary, so that an edit elsewhere in the file, or in the
 * rest of the component, leaves it what it was. Equal ones are counted.
 */
function uidMaker(): (component: Buffer) => string {
  const seen = new Map<string, number>();
  return (component) => {
    const lines = readContentLines(component).filter(({ name }) =>
      /^(?:BEGIN|DTSTART|DUE|SUMMARY|RECURRENCE-ID)$/.test(name),
    );
    const identity = lines.map(({ name, value }) => `${name}:${value}`).join('\n');
    const copy = seen.get(identity) ?? 0;
    seen.set(identity, copy + 1);
    const digest = createHash('sha256').update(`${copy}\n${identity}`).digest('hex');
    return `feed-${digest.slice(0, 40)}`;
  };
}
