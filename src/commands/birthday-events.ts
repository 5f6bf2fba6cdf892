/** From dated cards to yearly events: one per person and kind, whatever number of cards the person has. */
import { createHash } from 'node:crypto';
import { escapeText } from '../contentline/value.ts';
import { newLine, writeComponent } from '../icalendar/component-octets.ts';
import { formatDateTime } from '../icalendar/date-time.ts';
import type { YearlyDate, YearlyKind } from '../vcard/yearly-dates.ts';
import type { FeedItem } from './apply-feed.ts';

export interface DatedCard {
  readonly id: string;
  readonly uid: string | null;
  readonly name: string;
  readonly dates: readonly YearlyDate[];
}

/** Cards that are one person. */
export interface PersonCluster {
  readonly referenceId: string;
  readonly members: readonly string[];
}

/** Words of one language; `{name}` is replaced. */
export interface BirthdayWords {
  readonly calendar: string;
  readonly birthday: string;
  readonly anniversary: string;
}

const ENGLISH: BirthdayWords = {
  calendar: 'Birthdays',
  birthday: '{name}: birthday',
  anniversary: '{name}: anniversary',
};

const WORDS: Readonly<Record<string, BirthdayWords>> = {
  en: ENGLISH,
  de: { calendar: 'Geburtstage', birthday: '{name}: Geburtstag', anniversary: '{name}: Jahrestag' },
  fr: { calendar: 'Anniversaires', birthday: '{name} : anniversaire', anniversary: '{name} : anniversaire de mariage' },
  it: { calendar: 'Compleanni', birthday: '{name}: compleanno', anniversary: '{name}: anniversario' },
};

/** The words of a language tag such as `de-CH`; English for languages without any. */
export function birthdayWords(language: string | null): BirthdayWords {
  const primary = (language ?? '').toLowerCase().split('-', 1)[0]!;
  return Object.hasOwn(WORDS, primary) ? WORDS[primary]! : ENGLISH;
}

/** The events, each with the UID it had before. `now` (ms since 1970) only stamps them. */
export function birthdayEvents(
  cards: readonly DatedCard[],
  clusters: readonly PersonCluster[],
  words: BirthdayWords,
  now: number,
): FeedItem[] {
  const references = new Set(clusters.map(({ referenceId }) => referenceId));
  const taken = new Set<string>();
  return (['birthday', 'anniversary'] as const).flatMap((kind) =>
    personsOf(cards, clusters, kind).map((person) => eventOf(person, kind, { references, taken, words, now })),
  );
}

interface Dated {
  readonly card: DatedCard;
  readonly date: YearlyDate;
}

/** The cards with a date of this kind, oldest first, those of one person together: by cluster, or by the same name with the same day. */
function personsOf(cards: readonly DatedCard[], clusters: readonly PersonCluster[], kind: YearlyKind): Dated[][] {
  const ordered = [...cards].sort((a, b) => (a.id < b.id ? -1 : 1));
  const dated = ordered.flatMap((card) => {
    const date = card.dates.find((each) => each.kind === kind);
    return date ? [{ card, date }] : [];
  });
  const leaders = new Map<string, string>();
  const leaderOf = (key: string): string => {
    let leader = key;
    for (let next = leaders.get(leader); next !== undefined; next = leaders.get(leader)) leader = next;
    return leader;
  };
  const join = (a: string, b: string): void => {
    const [one, other] = [leaderOf(a), leaderOf(b)];
    if (one !== other) leaders.set(one, other);
  };
  for (const { members } of clusters) for (const member of members) join(member, members[0]!);
  for (const { card, date } of dated) join(card.id, `${nameKey(card.name)}\n${date.month}-${date.day}`);
  return [...Map.groupBy(dated, ({ card }) => leaderOf(card.id)).values()];
}

/** A name without accents, case, punctuation and order of its words. */
function nameKey(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .sort()
    .join(' ');
}

interface Making {
  readonly references: ReadonlySet<string>;
  /** UIDs of the events so far. */
  readonly taken: Set<string>;
  readonly words: BirthdayWords;
  readonly now: number;
}

function uidFor(kind: YearlyKind, key: string): string {
  return `${kind}-${createHash('sha256').update(`${kind}\n${key}`).digest('hex').slice(0, 40)}`;
}

function eventOf(person: readonly Dated[], kind: YearlyKind, { references, taken, words, now }: Making): FeedItem {
  const { card, date } = person.find((each) => references.has(each.card.id)) ?? person[0]!;
  const sameDay = person.filter((each) => each.date.month === date.month && each.date.day === date.day);
  const year = date.year ?? sameDay.find((each) => each.date.year !== undefined)?.date.year;
  const first = uidFor(kind, card.uid ?? card.id);
  // two books may hold cards of two persons under one UID
  const uid = taken.has(first) ? uidFor(kind, card.id) : first;
  taken.add(uid);
  const summary = words[kind].replace('{name}', () => card.name);
  return { uid, octets: writeEvent(uid, { ...date, year }, summary, now) };
}

/** A leap year, so that it has a 29 February. */
const UNKNOWN_YEAR = 2000;

function writeEvent(
  uid: string,
  { year = UNKNOWN_YEAR, month, day }: YearlyDate,
  summary: string,
  now: number,
): Buffer {
  const start = [String(year).padStart(4, '0'), ...[month, day].map((part) => String(part).padStart(2, '0'))].join('');
  // a rule for the 29th alone would leave three years of four out
  const leapDay = month === 2 && day === 29 ? ';BYMONTH=2;BYMONTHDAY=-1' : '';
  const event = [
    newLine('UID', uid),
    newLine('DTSTAMP', formatDateTime(now, 'utc')),
    newLine('DTSTART', start, [{ name: 'VALUE', values: ['DATE'] }]),
    newLine('RRULE', `FREQ=YEARLY${leapDay}`),
    newLine('SUMMARY', escapeText(summary)),
    newLine('TRANSP', 'TRANSPARENT'),
  ];
  return writeComponent({
    name: 'VCALENDAR',
    lines: [newLine('VERSION', '2.0'), newLine('PRODID', '-//Doublon//Birthdays//EN')],
    children: [{ name: 'VEVENT', lines: event, children: [] }],
  });
}
