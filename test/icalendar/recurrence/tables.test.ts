/** Recurrence rules against published tables of expected instances. */
import { describe, expect, it } from 'vitest';
import { formatDateTime, parseDateTime } from '../../../src/icalendar/date-time.ts';
import { expandRule } from '../../../src/icalendar/recurrence/expand.ts';
import { parseRule } from '../../../src/icalendar/recurrence/rule.ts';
import { expectedCases, hasCorpus } from '../corpus.ts';

/** Formatted occurrences of a rule, at most `most`. */
function occurrences(rule: string, dtstart: string, most: number): string[] {
  const start = parseDateTime(dtstart)!;
  const form = start.isDate ? 'date' : start.isUtc ? 'utc' : 'local';
  const found: string[] = [];
  for (const wall of expandRule(parseRule(rule), start)) {
    found.push(formatDateTime(wall, form));
    if (found.length === most) break;
  }
  return found;
}

/** RFC 5545 §3.8.5.3 examples and RFC 7529 §4.3, checked by hand: rule, start, first instances. */
const EXAMPLES: readonly (readonly [string, string, readonly string[]])[] = [
  ['FREQ=DAILY;COUNT=3', '19970902T090000', ['19970902T090000', '19970903T090000', '19970904T090000']],
  ['FREQ=MONTHLY;COUNT=3;BYDAY=-1MO', '19970901T090000', ['19970929T090000', '19971027T090000', '19971124T090000']],
  ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=2', '19970902T090000', ['19980213T090000', '19980313T090000']],
  ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=2', '19970512T090000', ['19970512T090000', '19980511T090000']],
  // a part that says which days leaves no weekday to be taken from DTSTART, a Monday
  [
    'FREQ=YEARLY;BYWEEKNO=20;BYMONTHDAY=13,16;COUNT=3',
    '19970512T090000',
    ['19970513T090000', '19970516T090000', '19980513T090000'],
  ],
  // a week number lets a day through where a period is shorter than a year; 1998 has 53 weeks
  [
    'FREQ=DAILY;BYWEEKNO=20,-1;BYDAY=MO;COUNT=4',
    '19970512T090000',
    ['19970512T090000', '19971222T090000', '19980511T090000', '19981228T090000'],
  ],
  ['FREQ=YEARLY;BYDAY=53MO;COUNT=3', '20011231', ['20011231', '20071231', '20121231']],
  ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=2', '19970929T090000', ['19970929T090000', '19971030T090000']],
  ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO', '19970805', ['19970805', '19970810', '19970819', '19970824']],
  ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU', '19970805', ['19970805', '19970817', '19970819', '19970831']],
  ['RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD;COUNT=3', '20140131', ['20140131', '20140301', '20140331']],
  ['RSCALE=CHINESE;FREQ=YEARLY;COUNT=3', '20130210', ['20130210', '20140131', '20150219']],
];

describe('recurrence rules (RFC 5545 §3.3.10)', () => {
  it.each(EXAMPLES)('expands %s from %s as the RFC shows', (rule, dtstart, expected) => {
    expect(occurrences(rule, dtstart, expected.length)).toEqual(expected);
  });

  it('gives nothing at once for days that no month has', () => {
    const start = parseDateTime('20260106T090000')!;
    for (const rule of ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30,-30', 'FREQ=DAILY;BYMONTH=4,6,9,11;BYMONTHDAY=31'])
      expect([...expandRule(parseRule(rule), start, { budget: { left: 100 } })], rule).toEqual([]);
  });

  it('ends where a rule can never be met (DAILY;INTERVAL=7;BYDAY=MO from a Tuesday)', () => {
    const start = parseDateTime('20260106T090000')!;
    const to = start.wall + 3650 * 86_400_000;
    expect([...expandRule(parseRule('FREQ=DAILY;INTERVAL=7;BYDAY=MO'), start, { to })]).toEqual([]);
  });
});

interface RuleCase {
  readonly rule: string;
  readonly dtstart: string;
  readonly instances?: readonly string[];
  readonly expected?: readonly string[] | null;
  readonly complete?: boolean;
  readonly libical_fields?: { readonly INSTANCES?: string };
}

describe.runIf(hasCorpus)('tables of other engines', () => {
  it('agrees with every rule on which three engines agree', () => {
    const wrong = expectedCases<RuleCase>('rrule-three-engines-agree.json').filter(
      ({ rule, dtstart, instances, complete }) => {
        const got = occurrences(rule, dtstart, complete ? instances!.length + 1 : instances!.length);
        return got.join() !== instances!.join();
      },
    );
    expect(wrong.map(({ rule }) => rule)).toEqual([]);
  });

  it('agrees with the libical table, RSCALE and SKIP included (RFC 7529)', () => {
    const wrong = expectedCases<RuleCase>('libical-icalrecur.json').filter(
      ({ rule, dtstart, instances, libical_fields }) => {
        const want = libical_fields?.INSTANCES?.split(',') ?? instances!;
        return occurrences(rule, dtstart, want.length + 1).join() !== want.join();
      },
    );
    expect(wrong.map(({ rule }) => rule)).toEqual([]);
  });

  it('decides the disagreements as the table does', () => {
    const decided = expectedCases<RuleCase>('rrule-disagreements.json').filter(({ expected }) => expected);
    const wrong = decided.filter(
      ({ rule, dtstart, expected }) => occurrences(rule, dtstart, expected!.length).join() !== expected!.join(),
    );
    expect(decided.length).toBeGreaterThan(40);
    expect(wrong.map(({ rule }) => rule)).toEqual([]);
  });
});
