/** Recurrence rules of vCalendar 1.0 (`W2 MO WE #10`, `MP1 1+ SU 20261231T000000Z`) in the words of RFC 5545 §3.3.10. */
import { AppError } from '../../base/errors.ts';
import { DAY, type DateTime, parseDateTime } from '../date-time.ts';

/** When a series starts, and how the clock of its DTSTART reads an end that is written without Z. */
export interface SeriesStart {
  readonly start: DateTime | undefined;
  /** An instant or local time in the form that UNTIL must have beside this DTSTART. */
  readonly untilText: (end: DateTime) => string;
}

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
/** vCalendar 1.0: a rule that says nothing of its end gives two events. */
const DEFAULT_COUNT = 2;
const LONGEST = 1000;

interface Kind {
  readonly frequency: string;
  /** Name and value of the BY part that the words between interval and duration make; undefined: none. */
  readonly days: (words: readonly string[], start: DateTime | undefined) => string | undefined;
}

const KINDS: Readonly<Record<string, Kind>> = {
  D: { frequency: 'DAILY', days: timesOfDay },
  W: { frequency: 'WEEKLY', days: (words) => list('BYDAY', words, weekday) },
  MP: { frequency: 'MONTHLY', days: weekdaysOfMonth },
  MD: { frequency: 'MONTHLY', days: (words) => list('BYMONTHDAY', words, monthDay) },
  YM: { frequency: 'YEARLY', days: (words) => list('BYMONTH', words, (word) => within(word, 12)) },
  YD: { frequency: 'YEARLY', days: daysOfYear },
};

/** The RRULE value for a rule of vCalendar 1.0. Throws AppError `valid-calendar-data` for one that has no equal, such as a nested rule. */
export function upgradeRule(text: string, series: SeriesStart): string {
  const [head = '', ...words] = text.slice(0, LONGEST).trim().toUpperCase().split(/\s+/);
  const [, name = '', interval = '1'] = /^(D|W|MP|MD|YM|YD)(\d{1,4})$/.exec(head) ?? [];
  const kind = KINDS[name];
  if (!kind) refuse(text);
  const { start } = series;
  const end = words.at(-1) ?? '';
  const duration = /^#\d{1,6}$/.test(end) ? Number(end.slice(1)) : parseEnd(end);
  if (duration !== undefined) words.pop();
  const limit =
    typeof duration === 'object'
      ? `UNTIL=${series.untilText(duration)}`
      : duration === 0
        ? undefined
        : `COUNT=${duration ?? DEFAULT_COUNT}`;
  const days = attempt(() => kind.days(words, start), text);
  const every = Number(interval) > 1 ? `INTERVAL=${Number(interval)}` : undefined;
  return [`FREQ=${kind.frequency}`, every, limit, days].filter(Boolean).join(';');
}

function refuse(text: string): never {
  throw new AppError(
    'invalid',
    'valid-calendar-data',
    `The recurrence rule of vCalendar 1.0 cannot be put into iCalendar: ${text.slice(0, 80)}.`,
  );
}

class NoEqual extends Error {}

function attempt<T>(read: () => T, text: string): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof NoEqual) refuse(text);
    throw error;
  }
}

function parseEnd(word: string): DateTime | undefined {
  return parseDateTime(word.replace(/[-:]/g, ''));
}

function list(name: string, words: readonly string[], read: (word: string) => string): string | undefined {
  return words.length === 0 ? undefined : `${name}=${words.map(read).join(',')}`;
}

function weekday(word: string): string {
  if (!WEEKDAYS.includes(word)) throw new NoEqual();
  return word;
}

function within(word: string, most: number): string {
  if (!/^\d{1,3}$/.test(word) || Number(word) < 1 || Number(word) > most) throw new NoEqual();
  return String(Number(word));
}

/** `5`, `5+`, `5-` from the end, `LD` for the last day. */
function monthDay(word: string): string {
  if (word === 'LD') return '-1';
  return `${word.endsWith('-') ? '-' : ''}${within(word.replace(/[+-]$/, ''), 31)}`;
}

/** `1+ SU MO 2- FR`: an occurrence counts for the weekdays behind it; without any, the place of DTSTART in its month. */
function weekdaysOfMonth(words: readonly string[], start: DateTime | undefined): string | undefined {
  if (words.length === 0) {
    if (!start) throw new NoEqual();
    const day = new Date(start.wall);
    return `BYDAY=${Math.ceil(day.getUTCDate() / 7)}${WEEKDAYS[day.getUTCDay()]}`;
  }
  const days: string[] = [];
  let ordinals: string[] = [];
  let open = true;
  for (const word of words) {
    const [, digit, sign] = /^([1-5])([+-])$/.exec(word) ?? [];
    if (digit === undefined) {
      if (ordinals.length === 0) throw new NoEqual();
      for (const ordinal of ordinals) days.push(ordinal + weekday(word));
      open = false;
      continue;
    }
    if (!open) ordinals = [];
    ordinals.push(`${sign === '-' ? '-' : ''}${digit}`);
    open = true;
  }
  if (days.length === 0) throw new NoEqual();
  return `BYDAY=${days.join(',')}`;
}

/** Days of the year; without any, that of DTSTART. */
function daysOfYear(words: readonly string[], start: DateTime | undefined): string | undefined {
  if (words.length > 0) return list('BYYEARDAY', words, (word) => within(word, 366));
  if (!start) throw new NoEqual();
  const newYear = new Date(start.wall).setUTCMonth(0, 1);
  return `BYYEARDAY=${Math.round((start.wall - newYear) / DAY) + 1}`;
}

/** `D1 0600 0900`: hours that share their minutes; others have no single rule. */
function timesOfDay(words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined;
  const times = words.map((word) => /^([01]\d|2[0-3])([0-5]\d)$/.exec(word));
  const minutes = new Set(times.map((time) => time?.[2]));
  if (minutes.size !== 1 || minutes.has(undefined)) throw new NoEqual();
  return `BYHOUR=${times.map((time) => Number(time![1])).join(',')};BYMINUTE=${Number([...minutes][0])}`;
}
