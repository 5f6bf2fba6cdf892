/** Searches that calendar libraries build for their users, asked of a book of events, tasks and journals (RFC 4791 §7.8, §9.7, §9.9). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CALENDAR, type DavServer, ICALENDAR, PREFIXES, startDavServer } from '../support/dav-server.ts';

type Lines = readonly string[];

/** Objects by the name that is also their UID; each as its components, each of these as its lines. */
const OBJECTS: Readonly<Record<string, readonly (readonly [kind: string, lines: Lines])[]>> = {
  meeting: [['VEVENT', ['DTSTART:20270101T120000Z', 'DTEND:20270101T130000Z', 'SUMMARY:simple meeting of the board']]],
  'no-end': [['VEVENT', ['DTSTART:20270102T120000Z', 'SUMMARY:no end']]],
  'one-day': [['VEVENT', ['DTSTART;VALUE=DATE:20270103', 'SUMMARY:one day']]],
  'two-days': [['VEVENT', ['DTSTART;VALUE=DATE:20270104', 'DTEND;VALUE=DATE:20270106', 'SUMMARY:two days']]],
  sorted: [['VEVENT', ['DTSTART:20270107T120000', 'DTEND:20270107T130000', 'CATEGORIES:hands,feet,head']]],
  private: [['VEVENT', ['DTSTART:20270116T120000Z', 'DTEND:20270116T130000Z', 'CLASS:CONFIDENTIAL']]],
  lasting: [['VEVENT', ['DTSTART:20270117T120000Z', 'DURATION:PT1H']]],
  ringing: [
    [
      'VEVENT',
      [
        'DTSTART:20270110T080000Z',
        'DTEND:20270110T090000Z',
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        'DESCRIPTION:Ring',
        'TRIGGER:-PT15M',
        'END:VALARM',
      ],
    ],
  ],
  monthly: [['VEVENT', ['DTSTART:20270112T120000Z', 'DTEND:20270112T130000Z', 'RRULE:FREQ=MONTHLY']]],
  'monthly-days': [['VEVENT', ['DTSTART;VALUE=DATE:20270201', 'RRULE:FREQ=MONTHLY']]],
  moved: overridden('13'),
  'moved-again': overridden('14', 'SEQUENCE:1'),
  old: [['VEVENT', ['DTSTART:20000101T120000Z', 'DTEND:20000101T130000Z']]],
  'task-start': [['VTODO', ['DTSTART;VALUE=DATE:20270107']]],
  'task-due': [['VTODO', ['DUE;VALUE=DATE:20270108']]],
  'task-both': [['VTODO', ['DTSTART:20270109T120000Z', 'DUE:20270109T130000Z']]],
  'task-lasting': [['VTODO', ['DTSTART:20270118T120000Z', 'DURATION:PT2H']]],
  'task-monthly': [['VTODO', ['DTSTART:20270112T120000Z', 'DUE:20270112T130000Z', 'RRULE:FREQ=MONTHLY']]],
  'task-done': [['VTODO', ['DUE:20270301T130000Z', 'STATUS:COMPLETED', 'COMPLETED:20270228T120000Z']]],
  'task-old': [['VTODO', ['DTSTART:20000109T120000Z', 'DUE:20000109T130000Z']]],
  diary: [['VJOURNAL', ['DTSTART;VALUE=DATE:20270111', 'SUMMARY:diary']]],
};

/** A monthly event of that day at noon whose second instance has a title of its own. */
function overridden(day: string, ...more: Lines): readonly (readonly [string, Lines])[] {
  const times = (month: string) => [`DTSTART:2027${month}${day}T120000Z`, `DTEND:2027${month}${day}T130000Z`];
  return [
    ['VEVENT', [...times('01'), 'RRULE:FREQ=MONTHLY', 'SUMMARY:usual', ...more]],
    ['VEVENT', [`RECURRENCE-ID:202702${day}T120000Z`, ...times('02'), 'SUMMARY:unusual', ...more]],
  ];
}

/** Line ends are those of Unix, as most of these libraries send them. */
function objectOf(uid: string): string {
  const components = (OBJECTS[uid] ?? []).flatMap(([kind, lines]) => [
    `BEGIN:${kind}`,
    `UID:${uid}`,
    'DTSTAMP:20260101T000000Z',
    ...lines,
    `END:${kind}`,
  ]);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//T//EN', ...components, 'END:VCALENDAR', ''].join('\n');
}

let server: DavServer;
beforeAll(async () => {
  server = await startDavServer();
  for (const uid of Object.keys(OBJECTS)) {
    expect((await server.ann('PUT', `${CALENDAR}${uid}.ics`, objectOf(uid), ICALENDAR)).status, uid).toBe(201);
  }
});
afterAll(() => server.stop());

const comp = (name: string, ...inner: string[]) => `<C:comp-filter name="${name}">${inner.join('')}</C:comp-filter>`;
const prop = (name: string, inner: string) => `<C:prop-filter name="${name}">${inner}</C:prop-filter>`;
const text = (value: string, attributes = '') => `<C:text-match ${attributes}>${value}</C:text-match>`;
const between = (start: string, end: string) =>
  `<C:time-range${start && ` start="2027${start}Z"`}${end && ` end="2027${end}Z"`}/>`;
const day = (date: string) => between(`${date}T000000`, `${date}T235959`);
const ABSENT = '<C:is-not-defined/>';

function ask(filter: string, data = '<D:getetag/>') {
  const body = `<C:calendar-query ${PREFIXES}><D:prop>${data}</D:prop><C:filter>${comp('VCALENDAR', filter)}</C:filter></C:calendar-query>`;
  return server.ann('REPORT', CALENDAR, body, { depth: '1' });
}

async function found(filter: string): Promise<string[]> {
  const answer = await ask(filter);
  expect(answer.status, answer.text).toBe(207);
  return [...answer.responses().keys()].map((href) => href.slice(CALENDAR.length, -4)).sort();
}

const named = (test: (uid: string) => boolean) => Object.keys(OBJECTS).filter(test).sort();
const kindOf = (kind: string) => named((uid) => OBJECTS[uid]?.[0]?.[0] === kind);
const without = (property: string) =>
  kindOf('VEVENT').filter(
    (uid) => !objectOf(uid).includes(`\n${property}:`) && !objectOf(uid).includes(`\n${property};`),
  );

describe('a search', () => {
  it.each<[string, string, readonly string[]]>([
    ['without a kind gives objects of every kind', '', named(() => true)],
    ['for events gives events only, of any year', comp('VEVENT'), kindOf('VEVENT')],
    ['for tasks gives tasks only, done or not', comp('VTODO'), kindOf('VTODO')],
    ['for journals gives journals only', comp('VJOURNAL'), ['diary']],
    ['by UID finds one', comp('VEVENT', prop('UID', text('meeting', 'collation="i;octet"'))), ['meeting']],
    ['for events without categories', comp('VEVENT', prop('CATEGORIES', ABSENT)), without('CATEGORIES')],
    ['for events without a class', comp('VEVENT', prop('CLASS', ABSENT)), without('CLASS')],
    ['for events without an end', comp('VEVENT', prop('DTEND', ABSENT)), without('DTEND')],
    ['by one category of several', comp('VEVENT', prop('CATEGORIES', text('hands'))), ['sorted']],
    [
      'by category and time needs both',
      comp('VEVENT', between('0101T090000', '0106T140000'), prop('CATEGORIES', text('hands'))),
      [],
    ],
    ['in other capitals is the same', comp('VEVENT', prop('SUMMARY', text('SIMPLE'))), ['meeting']],
    ['byte by byte is not', comp('VEVENT', prop('SUMMARY', text('Simple', 'collation="i;octet"'))), []],
    [
      'for an alarm that rings then',
      comp('VEVENT', comp('VALARM', between('0110T074000', '0110T075500'))),
      ['ringing'],
    ],
    ['for an alarm that rang before', comp('VEVENT', comp('VALARM', between('0110T080000', '0110T081500'))), []],
    ['on the day of an event without an end', comp('VEVENT', day('0102')), ['no-end']],
    ['on a day in the midst of two', comp('VEVENT', day('0105')), ['two-days']],
    ['within a duration', comp('VEVENT', between('0117T123000', '0117T140000')), ['lasting']],
    ['at a later instance', comp('VEVENT', between('0212T000000', '0213T000000')), ['monthly']],
    ['at a later day of a rule of days', comp('VEVENT', day('0301')), ['monthly-days']],
    ['at an overridden instance', comp('VEVENT', between('0213T110000', '0213T130000')), ['moved']],
    [
      'half a century on',
      comp('VEVENT', '<C:time-range start="20720312T000000Z" end="20720313T000000Z"/>'),
      ['monthly'],
    ],
    ['in the year 2000', comp('VEVENT', '<C:time-range start="20000101T000000Z" end="20000102T000000Z"/>'), ['old']],
    ['for a task within its duration', comp('VTODO', between('0118T130000', '0118T150000')), ['task-lasting']],
    ['for a task by its last hour', comp('VTODO', between('0118T110000', '0118T130000')), ['task-lasting']],
    ['for tasks until a moment, open at the start', comp('VTODO', between('', '0101T000000')), ['task-old']],
    [
      'for tasks from a moment on, open at the end',
      comp('VTODO', between('0119T000000', '')),
      ['task-done', 'task-monthly'],
    ],
    [
      'for pending tasks, at a later instance',
      comp(
        'VTODO',
        between('0212T000000', '0213T000000'),
        prop('COMPLETED', ABSENT),
        prop('STATUS', text('COMPLETED', 'negate-condition="yes"')),
      ),
      [],
    ],
    [
      'for tasks that have no STATUS, at a later instance',
      comp('VTODO', between('0212T000000', '0213T000000'), prop('COMPLETED', ABSENT), prop('STATUS', ABSENT)),
      ['task-monthly'],
    ],
  ])('%s', async (_, filter, names) => {
    expect(await found(filter)).toEqual([...names].sort());
  });

  it.each(['13', '14'])(
    'expanded gives the override of the %s alone, with its RECURRENCE-ID in UTC (RFC 4791 §9.6.5)',
    async (date) => {
      const range = `start="202702${date}T110000Z" end="202702${date}T130000Z"`;
      const data = `<C:calendar-data><C:expand ${range}/></C:calendar-data>`;
      const answer = await ask(comp('VEVENT', `<C:time-range ${range}/>`), data);
      expect(answer.text.match(/BEGIN:VEVENT/g)).toHaveLength(1);
      expect(answer.text).toContain('SUMMARY:unusual');
      expect(answer.text).toContain(`RECURRENCE-ID:202702${date}T120000Z`);
      expect(answer.text).not.toContain('RRULE');
    },
  );
});
