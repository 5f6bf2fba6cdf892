/** Made-up cards and events for the benchmark: the same number gives the same bytes. */

const GIVEN = [
  'Ada',
  'Bela',
  'Cleo',
  'Dario',
  'Edda',
  'Farid',
  'Gesine',
  'Henrik',
  'Ines',
  'Jonte',
  'Karla',
  'Levi',
  'Mina',
  'Noor',
];
const FAMILY = [
  'Abendrot',
  'Birnstiel',
  'Castellan',
  'Dornach',
  'Eschweiler',
  'Fontana',
  'Grünwald',
  'Hollander',
  'Ivarsson',
  'Jankowiak',
];
const STREETS = ['Am Wehr', 'Brückenweg', 'Chapel Lane', 'Deichstraße', 'Elm Road'];

const pick = (list: readonly string[], i: number): string => list[i % list.length]!;

/** UID of card number `i`. */
export const cardUid = (i: number): string => `bench-card-${i}`;

/** UID of event number `i`. */
export const eventUid = (i: number): string => `bench-event-${i}`;

/** Card number `i` in its `edit`-th version, about 500 octets. */
export function card(i: number, edit = 0): string {
  const given = pick(GIVEN, i);
  const family = `${pick(FAMILY, Math.floor(i / GIVEN.length))}${Math.floor(i / 140)}`;
  return [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `UID:${cardUid(i)}`,
    `FN:${given} ${family}`,
    `N:${family};${given};;;`,
    `EMAIL;TYPE=INTERNET,HOME:${given}.${family}.${i}@example.org`,
    `TEL;TYPE=CELL:+49 151 ${String(10_000_000 + i)}`,
    `TEL;TYPE=WORK:+49 30 ${String(200_000 + i)}`,
    `ADR;TYPE=HOME:;;${pick(STREETS, i)} ${(i % 90) + 1};Neustadt;;${String(10_000 + (i % 89_999))};Germany`,
    `ORG:Company ${i % 500};Unit ${i % 7}`,
    `NOTE:Number ${i}\\, edited ${edit} times`,
    'REV:2026-01-01T00:00:00Z',
    'END:VCARD',
    '',
  ].join('\r\n');
}

const stamp = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');

/** Event number `i`: spread over ten years, three of ten recurring, about 450 octets. */
export function event(i: number): string {
  const start = Date.UTC(2020, 0, 1, 8) + ((i * 7919) % 3650) * 86_400_000;
  const rule =
    i % 10 < 3
      ? [pick(['RRULE:FREQ=WEEKLY;COUNT=30', 'RRULE:FREQ=YEARLY', 'RRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=24'], i)]
      : [];
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Doublon//Benchmark//EN',
    'BEGIN:VEVENT',
    `UID:${eventUid(i)}`,
    'DTSTAMP:20260101T000000Z',
    `DTSTART:${stamp(start)}`,
    `DTEND:${stamp(start + 3_600_000)}`,
    ...rule,
    `SUMMARY:Meeting ${i}`,
    'LOCATION:Room 5',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}
