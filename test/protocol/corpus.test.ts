/** Real and hostile files of the shared corpus over HTTP, where it is at hand: stored octet for octet, or refused in the RFC's words. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caldav, carddav, type Name } from '../../src/xml/names.ts';
import { corpusBytes, hasCorpus, hostileBytes, hostileCases, manifest } from '../icalendar/corpus.ts';
import type { DavAnswer } from '../support/dav-client.ts';
import { BOOK, CALENDAR, type DavServer, ICALENDAR, PREFIXES, startDavServer, VCARD } from '../support/dav-server.ts';
import { count, showTally, type Tally } from '../support/outcome-table.ts';

/** Nothing may hold the server for so long, even on a small and busy machine. */
const HANG_MS = 30_000;

interface Form {
  readonly kinds: readonly string[];
  readonly place: (name: string) => string;
  readonly headers: Readonly<Record<string, string>>;
  readonly named: (local: string) => Name;
  /** Broken constraints that this server forgives, since what it stores is what was sent. */
  readonly forgiven: RegExp;
}

const FORMS: Readonly<Record<'calendars' | 'cards', Form>> = {
  calendars: {
    kinds: ['ical', 'vtimezone', 'vcalendar-1.0', 'fuzz'],
    place: (name) => `${CALENDAR}${name}.ics`,
    headers: ICALENDAR,
    named: caldav,
    forgiven: /^$/,
  },
  cards: {
    kinds: ['vcard'],
    place: (name) => `${BOOK}${name}.vcf`,
    headers: VCARD,
    named: carddav,
    forgiven: /^(?:no UID|no FN)$/,
  },
};

/** Files whose record calls them one legal PUT, and why they are none. */
const NOT_STORED: ReadonlySet<string> = new Set([
  // its further events have no UID
  'created_calendar_with_unicode_fields.ics',
  // its only component is of an unknown kind
  'issue_178_custom_component_inside_other.ics',
  // may be stored or refused: a rule that nobody can follow
  'issue_1081_invalid_rrule_freq.ics',
]);

let server: DavServer;
beforeAll(async () => {
  // one file after the other is stored and deleted while the clock stands
  if (hasCorpus) server = await startDavServer({ limits: { brake: { objects: 0, percent: 0, minutes: 1 } } });
});
afterAll(() => server?.stop());

async function timed(work: Promise<DavAnswer>, what: string): Promise<DavAnswer> {
  const started = performance.now();
  const answer = await work;
  expect(performance.now() - started, what).toBeLessThan(HANG_MS);
  expect(answer.status, `${what}: ${answer.text.slice(0, 300)}`).toBeLessThan(500);
  return answer;
}

let files = 0;

/** Sends a file as a client would; what was stored is compared and taken away again, so that UIDs do not meet. */
async function outcomeOf(form: Form, octets: Buffer, what: string): Promise<string> {
  const path = form.place(`f${++files}`);
  const answer = await timed(server.ann('PUT', path, octets, form.headers), what);
  if (answer.status !== 201) return refusalOf(answer, what);
  const stored = await server.ann('GET', path);
  expect(stored.octets.equals(octets), what).toBe(true);
  expect(stored.headers.etag, what).toBe(answer.headers.etag);
  await server.ann('DELETE', path);
  return 'stored';
}

function refusalOf(answer: DavAnswer, what: string): string {
  expect([400, 403, 409, 413], `${what}: ${answer.text.slice(0, 300)}`).toContain(answer.status);
  const [condition] = answer.conditions();
  expect(condition, `${what}: ${answer.text.slice(0, 300)}`).toBeDefined();
  return condition!;
}

describe.skipIf(!hasCorpus).each(Object.entries(FORMS))('the %s of the corpus', (title, form) => {
  it('are stored and come back octet for octet, or are refused with a condition (RFC 4791 §5.3.2.1, RFC 6352 §6.3.2.1)', async () => {
    const tally: Tally = new Map();
    const wrong: string[] = [];
    const entries = manifest().filter(({ kind }) => form.kinds.includes(kind));
    expect(entries.length).toBeGreaterThan(100);
    for (const { file, kind, expected } of entries) {
      const outcome = await outcomeOf(form, corpusBytes(file), file);
      const broken = (expected.put_constraints_broken ?? []).filter((each) => !form.forgiven.test(each));
      const excepted = kind === 'vcalendar-1.0' || NOT_STORED.has(file.split('/').at(-1)!);
      const legal = !excepted && expected.parse !== 'reject' && broken.length === 0;
      count(tally, `${kind}, ${expected.parse}, ${legal ? 'legal' : 'no legal'} PUT`, outcome);
      if (legal !== (outcome === 'stored')) wrong.push(`${file} (${expected.parse}; ${broken.join(', ')}): ${outcome}`);
    }
    showTally(title, tally);
    expect(wrong).toEqual([]);
  }, 300_000);
});

describe.skipIf(!hasCorpus)('iTIP messages of the corpus', () => {
  it('are no calendar object resources: METHOD is refused (RFC 4791 §4.1)', async () => {
    const messages = manifest().filter(
      ({ kind, expected }) =>
        kind === 'ical' && expected.parse === 'ok' && expected.put_constraints_broken?.join() === 'METHOD present',
    );
    expect(messages.length).toBeGreaterThan(20);
    for (const { file } of messages)
      expect(await outcomeOf(FORMS.calendars, corpusBytes(file), file)).toBe(caldav('valid-calendar-object-resource'));
  }, 120_000);
});

/** Asks everything of a calendar that follows rules: a hostile one must not hold the server up. */
const QUESTIONS: readonly (readonly [method: string, body: string])[] = [
  [
    'REPORT',
    `<C:calendar-query ${PREFIXES}><D:prop><C:calendar-data><C:expand start="20260101T000000Z" end="20260201T000000Z"/></C:calendar-data></D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range start="20260101T000000Z" end="20260201T000000Z"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>`,
  ],
  [
    'REPORT',
    `<C:free-busy-query ${PREFIXES}><C:time-range start="20260101T000000Z" end="20260201T000000Z"/></C:free-busy-query>`,
  ],
];

describe.skipIf(!hasCorpus)('hostile inputs', () => {
  const cases = hostileCases();

  it('as objects are stored as they are or refused with a condition, and never cost a 5xx', async () => {
    const tally: Tally = new Map();
    const wrong: string[] = [];
    for (const hostile of cases.filter(({ kind }) => kind !== 'xml')) {
      const form = hostile.kind === 'vcard' ? FORMS.cards : FORMS.calendars;
      const path = form.place(`h${++files}`);
      const octets = hostileBytes(hostile);
      const answer = await timed(server.ann('PUT', path, octets, form.headers), hostile.name);
      const outcome = answer.status === 201 ? 'stored' : refusalOf(answer, hostile.name);
      count(tally, `${hostile.kind}, ${hostile.expect}`, outcome);
      if (hostile.expect === 'reject' && outcome === 'stored') wrong.push(hostile.name);
      if (hostile.kind === 'ical' && hostile.expect === 'itip' && outcome === 'stored') wrong.push(hostile.name);
      if (outcome !== 'stored') continue;
      expect((await server.ann('GET', path)).octets.equals(octets), hostile.name).toBe(true);
      if (form === FORMS.calendars)
        for (const [method, body] of QUESTIONS)
          await timed(server.ann(method, CALENDAR, body, { depth: '1' }), `${method} with ${hostile.name}`);
      await server.ann('DELETE', path);
    }
    showTally('hostile objects', tally);
    expect(wrong).toEqual([]);
  }, 600_000);

  it('as XML bodies are answered with 2xx or 4xx (RFC 4918 §8.2, §20.6)', async () => {
    const tally: Tally = new Map();
    for (const hostile of cases.filter(({ kind }) => kind === 'xml')) {
      const headers = { 'content-type': 'application/xml', depth: '1' };
      for (const method of ['PROPFIND', 'PROPPATCH', 'REPORT', 'MKCALENDAR', 'LOCK', 'ACL']) {
        const path = method === 'MKCALENDAR' ? `/dav/calendars/ann/made${++files}/` : CALENDAR;
        const answer = await timed(
          server.ann(method, path, hostileBytes(hostile), headers),
          `${method} ${hostile.name}`,
        );
        count(tally, `${hostile.expect}`, `${Math.floor(answer.status / 100)}xx`);
        if (hostile.expect === 'reject') expect(answer.status, `${method} ${hostile.name}`).toBeGreaterThanOrEqual(400);
        const token = answer.headers['lock-token'];
        if (token) await server.ann('UNLOCK', path, undefined, { 'lock-token': token });
      }
    }
    showTally('hostile XML', tally);
  }, 300_000);

  it('leave the server serving', async () => {
    const answer = await timed(server.ann('PROPFIND', CALENDAR, undefined, { depth: '1' }), 'afterwards');
    expect(answer.status).toBe(207);
    expect(server.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
