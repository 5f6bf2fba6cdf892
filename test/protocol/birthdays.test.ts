/** The birthday calendar: read-only, one event per person and kind, in step with the books. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rescoreStale } from '../../src/commands/rescore-cards.ts';
import { runNow } from '../../src/commands/run-dedup.ts';
import { keepAllBirthdays } from '../../src/jobs/birthday-keeper.ts';
import { findPrincipalByName } from '../../src/store/principals.ts';
import { textOf } from '../../src/xml/element.ts';
import { caldav, dav } from '../../src/xml/names.ts';
import { type ApiClient, apiClient, basic } from '../support/api-client.ts';
import {
  ANN,
  aCard,
  anEvent,
  BOOK,
  type DavServer,
  ICALENDAR,
  PREFIXES,
  startDavServer,
  VCARD,
} from '../support/dav-server.ts';

const PATH = '/dav/calendars/ann/birthdays/';

let server: DavServer;
let api: ApiClient;
beforeAll(async () => {
  server = await startDavServer();
  api = apiClient(server.url, basic(ANN.name, ANN.password));
});
afterAll(() => server.stop());
beforeEach(async () => {
  await api.call('changeAccount', { body: { birthdayCalendar: false, language: 'en' } });
  const answer = await server.ann('PROPFIND', BOOK, undefined, { depth: '1' });
  for (const href of answer.responses().keys()) if (href !== BOOK) await server.ann('DELETE', href);
});

const put = async (uid: string, name: string, ...lines: string[]) => {
  server.clock.advance(1000);
  const answer = await server.ann('PUT', `${BOOK}${uid}.vcf`, aCard(uid, name, ...lines), VCARD);
  expect(answer.status).toBeLessThan(300);
};
const opt = (birthdayCalendar: boolean) => api.call('changeAccount', { body: { birthdayCalendar } });

const query = (range = '') =>
  `<C:calendar-query ${PREFIXES}><D:prop><D:getetag/><C:calendar-data/></D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">${range}</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>`;

/** Octets of each event by href. */
async function events(range = ''): Promise<Map<string, string>> {
  const answer = await server.ann('REPORT', PATH, query(range), { depth: '1' });
  expect(answer.status).toBe(207);
  return new Map(
    [...answer.responses()].map(([href, { properties }]) => [
      href,
      textOf(properties.get(caldav('calendar-data'))!.element),
    ]),
  );
}

const line = (text: string, name: string) => new RegExp(`^${name}[;:].*$`, 'm').exec(text)?.[0].trim();
const shown = async (range = '') =>
  [...(await events(range)).values()]
    .map((text) => ['SUMMARY', 'DTSTART', 'RRULE'].map((name) => line(text, name)!.replace(/^[^:]*:/, '')).join(' '))
    .sort();

describe('the birthday calendar', () => {
  it('is there once it is asked for, and gone when it no longer is', async () => {
    await put('ida', 'Ida Roth', 'BDAY:1985-04-12');
    expect((await server.ann('PROPFIND', PATH, undefined, { depth: '0' })).status).toBe(404);
    expect(await opt(true)).toMatchObject({ birthdayCalendar: true });
    expect(await shown()).toEqual(['Ida Roth: birthday 19850412 FREQ=YEARLY']);
    expect((await api.call('showSession')).account.birthdayCalendar).toBe(true);
    expect(await opt(false)).toMatchObject({ birthdayCalendar: false });
    expect((await server.ann('PROPFIND', PATH, undefined, { depth: '0' })).status).toBe(404);
  });

  it('stays away when a client deletes it, which is the same wish', async () => {
    await opt(true);
    expect((await server.ann('DELETE', PATH)).status).toBe(204);
    await keepAllBirthdays(server.context);
    expect((await api.call('showSession')).account.birthdayCalendar).toBe(false);
  });

  it('can only be read (RFC 3744 §7.1.1)', async () => {
    await opt(true);
    const answer = await server.ann('PUT', `${PATH}x.ics`, anEvent('x'), ICALENDAR);
    expect([answer.status, answer.conditions()[0]]).toEqual([403, dav('need-privileges')]);
  });

  it('tells days without a year, leap days and anniversaries (RFC 6350 §6.2.5, §6.2.6)', async () => {
    await put('a', 'Ada Leap', 'BDAY:1984-02-29');
    await put('b', 'Ben Apple', 'BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-01');
    await put('c', 'Cy Both', 'BDAY:--0412', 'X-ANNIVERSARY:2009-08-08');
    await put('d', 'Di None');
    await opt(true);
    expect(await shown()).toEqual([
      'Ada Leap: birthday 19840229 FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1',
      'Ben Apple: birthday 20000301 FREQ=YEARLY',
      'Cy Both: anniversary 20090808 FREQ=YEARLY',
      'Cy Both: birthday 20000412 FREQ=YEARLY',
    ]);
    const february = '<C:time-range start="20270228T000000Z" end="20270301T000000Z"/>';
    expect(await shown(february)).toHaveLength(1);
  });

  it('speaks the language of its owner', async () => {
    await put('ida', 'Ida Roth', 'BDAY:1985-04-12');
    const told: string[] = [];
    for (const language of ['de-CH', 'fr', 'it', 'nl']) {
      await api.call('changeAccount', { body: { language, birthdayCalendar: true } });
      told.push(line([...(await events()).values()][0]!, 'SUMMARY')!);
    }
    expect(told).toEqual([
      'SUMMARY:Ida Roth: Geburtstag',
      'SUMMARY:Ida Roth : anniversaire',
      'SUMMARY:Ida Roth: compleanno',
      'SUMMARY:Ida Roth: birthday',
    ]);
  });

  it('follows cards that come, change and go, and changes nothing when nothing changed', async () => {
    await put('ida', 'Ida Roth', 'BDAY:1985-04-12');
    await put('max', 'Max Kern', 'BDAY:1970-01-02');
    await opt(true);
    const before = await events();
    await put('leo', 'Leo Berg', 'BDAY:--0601');
    await put('max', 'Max Kern', 'BDAY:1970-01-03');
    await server.ann('DELETE', `${BOOK}ida.vcf`);
    server.clock.advance(3_600_000);
    await keepAllBirthdays(server.context);
    expect(await shown()).toEqual([
      'Leo Berg: birthday 20000601 FREQ=YEARLY',
      'Max Kern: birthday 19700103 FREQ=YEARLY',
    ]);
    const after = await events();
    expect([...after.keys()].some((href) => before.has(href))).toBe(true);
    await put('max', 'Max Kern', 'BDAY:1970-01-03', 'NOTE:tall');
    server.clock.advance(3_600_000);
    await keepAllBirthdays(server.context);
    expect(await events()).toEqual(after);
  });

  it('has one event for the same name with the same day, whatever else the cards say', async () => {
    await put('a', 'Zoë Roth', 'BDAY:--0412', 'EMAIL:zoe@one.example');
    await put('b', 'ROTH Zoe', 'BDAY:1985-04-12', 'EMAIL:zoe@two.example');
    await put('c', 'Zoe Roth', 'BDAY:1985-05-12', 'EMAIL:other@three.example');
    await opt(true);
    expect(await shown()).toEqual([
      'Zoe Roth: birthday 19850512 FREQ=YEARLY',
      'Zoë Roth: birthday 19850412 FREQ=YEARLY',
    ]);
  });

  it('has one event for cards of one cluster, and keeps it when they are merged', async () => {
    const same = ['EMAIL:ida.roth@example.org', 'TEL;TYPE=CELL:+49 171 2345678', 'BDAY:1985-04-12'];
    await put('a', 'Ida Roth', ...same);
    await put('b', 'Ida Roth-Meier', ...same);
    await opt(true);
    expect(await shown()).toHaveLength(2);
    const { organisationId } = server;
    const principalId = (await findPrincipalByName(server.context.db, organisationId, 'ann'))!.principal_id;
    await runNow(server.context, { organisationId, principalId }, 'manual');
    await rescoreStale(server.context, { organisationId, principalId });
    await keepAllBirthdays(server.context);
    expect(await shown()).toHaveLength(1);
    const [before] = (await events()).keys();
    const [suggestion] = (await api.call('listSuggestions', { query: {} })).items;
    expect(suggestion!.tier).not.toBe('possible');
    const { referenceId, members } = suggestion!;
    await api.call('mergeCards', {
      body: {
        referenceId,
        memberIds: members.map(({ id }) => id),
        etags: Object.fromEntries(members.map(({ id, etag }) => [id, etag])),
      },
      headers: { 'Idempotency-Key': 'merge-birthdays' },
    });
    expect((await api.call('listCards', { query: {} })).total).toBe(1);
    await keepAllBirthdays(server.context);
    expect([...(await events()).keys()]).toEqual([before]);
  });
});
