/** Subscribed calendars: fetched from another server, read-only for clients, as they last were when a fetch fails. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeUser } from '../../src/commands/users.ts';
import { refreshDue } from '../../src/jobs/subscription-queue.ts';
import { makeFetchRemote } from '../../src/remote/fetch-remote.ts';
import { findPrincipalByLogin } from '../../src/store/principals.ts';
import { child, textOf } from '../../src/xml/element.ts';
import { caldav, calendarserver, dav } from '../../src/xml/names.ts';
import { type ApiClient, ApiFailure, apiClient, basic } from '../support/api-client.ts';
import { type CalendarHost, hostEvent, icsFile, startCalendarHost } from '../support/calendar-host.ts';
import { syncTokenOf } from '../support/dav-client.ts';
import {
  ANN,
  anEvent,
  BOB,
  CALENDAR,
  type DavServer,
  ICALENDAR,
  PREFIXES,
  propfindBody,
  startDavServer,
} from '../support/dav-server.ts';

let server: DavServer;
let api: ApiClient;
let host: CalendarHost;
beforeAll(async () => {
  server = await startDavServer({ allowInternalFetch: true });
  api = apiClient(server.url, basic(ANN.name, ANN.password));
  host = await startCalendarHost();
});
afterAll(async () => {
  await host.stop();
  await server.stop();
});

let files = 0;

/** A subscription to a file of its own on the host. */
async function subscribed(body = icsFile(hostEvent('one', 'One'), hostEvent('two', 'Two'))) {
  const file = `/file${++files}.ics`;
  host.answer(file, { body, headers: { ETag: `"v${files}"` } });
  const { id, collection } = await api.call('createSubscription', { body: { url: host.url + file } });
  const refresh = () => api.call('refreshSubscription', { parameters: { id } });
  return { id, file, path: collection.path, refresh, etags: () => etagsOf(collection.path) };
}

async function etagsOf(path: string): Promise<Record<string, string>> {
  const answer = await server.ann('PROPFIND', path, propfindBody('D:getetag'), { depth: '1' });
  const rows = [...answer.responses()].filter(([href]) => href !== path);
  return Object.fromEntries(
    rows.map(([href, response]) => [href.slice(path.length), textOf(response.properties.get(dav('getetag'))!.element)]),
  );
}

const problemOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  expect(error).toBeInstanceOf(ApiFailure);
  const { status, problem } = error as ApiFailure;
  return { status, code: problem.code, detail: String(problem.detail) };
};

const subscribeTo = (url: string) => problemOf(api.call('createSubscription', { body: { url } }));

describe('subscribing', () => {
  it('fetches the file at once and takes its name', async () => {
    const { id, etags } = await subscribed();
    const found = (await api.call('listSubscriptions')).items.find((each) => each.id === id)!;
    expect(found).toMatchObject({
      error: null,
      skipped: 0,
      collection: { displayName: 'Holidays', fedBy: 'subscription' },
    });
    expect(found.refreshedAt).not.toBeNull();
    expect(Object.keys(await etags()).sort()).toEqual(['one.ics', 'two.ics']);
  });

  it('takes webcal URLs, compressed files and redirects', async () => {
    const body = gzipSync(icsFile(hostEvent('packed', 'Packed')));
    host.answer('/packed', { body, headers: { 'Content-Encoding': 'gzip' } });
    for (let hop = 1; hop <= 5; hop++)
      host.answer(`/hop${hop}`, { status: 302, headers: { Location: hop === 1 ? '/packed' : `/hop${hop - 1}` } });
    const url = `${host.url.replace('http:', 'webcal:')}/hop5`;
    const { collection } = await api.call('createSubscription', { body: { url, displayName: 'Mine' } });
    expect(collection).toMatchObject({ displayName: 'Mine', count: 1 });
  });

  it('takes name, colour and zone from the file when the user gives none (RFC 7986 §5.1)', async () => {
    const header = ['NAME:Club', 'X-APPLE-CALENDAR-COLOR:#FF8800', 'X-WR-TIMEZONE:Europe/Paris'];
    const body = icsFile(hostEvent('a', 'A')).replace('X-WR-CALNAME:Holidays', header.join('\r\n'));
    const { path } = await subscribed(body);
    const asked = propfindBody('D:displayname', 'ICAL:calendar-color', 'C:calendar-timezone-id');
    const answer = await server.ann('PROPFIND', path, asked, { depth: '0' });
    for (const value of ['Club', '#FF8800', 'Europe/Paris']) expect(answer.text).toContain(`>${value}<`);
  });

  it('keeps an empty calendar, which is one', async () => {
    const { etags } = await subscribed(icsFile());
    expect(await etags()).toEqual({});
  });

  it('says why it makes nothing', async () => {
    host.answer('/page', { body: '<!DOCTYPE html><html></html>', headers: { 'Content-Type': 'text/html' } });
    host.answer('/cut', { body: icsFile(hostEvent('a', 'A')).slice(0, -20) });
    host.answer('/down', { status: 500 });
    host.answer('/ring', { status: 301, headers: { Location: '/ring' } });
    host.answer('/away', { status: 302, headers: { Location: 'file:///etc/passwd' } });
    host.answer('/odd', { headers: { 'Content-Encoding': 'zstd' }, body: 'x' });
    host.answer('/broken', { headers: { 'Content-Encoding': 'gzip' }, body: 'no gzip' });
    host.answer('/bomb', { headers: { 'Content-Encoding': 'gzip' }, body: gzipSync(Buffer.alloc(40_000_000)) });
    host.answer('/dropped', (_request, response) => {
      response.writeHead(200, { 'Content-Length': '1000' });
      response.write('BEGIN:VCALENDAR\r\n', () => response.destroy());
    });
    const before = (await api.call('listCollections')).items.length;
    const rows: [string, string][] = [
      [`${host.url}/page`, 'not-a-calendar'],
      [`${host.url}/cut`, 'calendar-cut-short'],
      [`${host.url}/down`, 'remote-status'],
      [`${host.url}/nothing-here`, 'remote-status'],
      [`${host.url}/ring`, 'remote-redirects'],
      [`${host.url}/away`, 'remote-url'],
      [`${host.url}/odd`, 'remote-encoding'],
      [`${host.url}/broken`, 'remote-unreachable'],
      [`${host.url}/bomb`, 'remote-too-large'],
      [`${host.url}/dropped`, 'remote-unreachable'],
      ['ftp://example.org/a.ics', 'remote-url'],
      ['nonsense', 'remote-url'],
      ['http://127.0.0.1:1/a.ics', 'remote-unreachable'],
    ];
    for (const [url, code] of rows) expect(await subscribeTo(url), url).toMatchObject({ status: 422, code });
    expect((await api.call('listCollections')).items).toHaveLength(before);
  });
});

describe('a subscribed calendar for clients', () => {
  it('is a normal calendar that tells where it comes from', async () => {
    const { path, file } = await subscribed();
    const body = propfindBody('D:resourcetype', 'CS:source', 'D:current-user-privilege-set');
    const found = (await server.ann('PROPFIND', path, body, { depth: '0' })).responses().get(path)!;
    const xml = (name: ReturnType<typeof dav>) => JSON.stringify(found.properties.get(name)!.element);
    expect(xml(dav('resourcetype'))).toContain(caldav('calendar'));
    const source = found.properties.get(calendarserver('source'))!.element;
    expect(textOf(child(source, dav('href'))!)).toBe(host.url + file);
    const privileges = xml(dav('current-user-privilege-set'));
    expect(privileges).toContain(dav('read'));
    for (const name of ['all', 'write', 'write-content', 'bind', 'unbind'])
      expect(privileges).not.toContain(`"${dav(name)}"`);
    const own = await server.ann('PROPFIND', CALENDAR, propfindBody('CS:source'), { depth: '0' });
    expect(own.responses().get(CALENDAR)!.properties.get(calendarserver('source'))!.status).toBe(404);
  });

  it('cannot be written to: need-privileges (RFC 3744 §7.1.1)', async () => {
    const { path, etags } = await subscribed();
    const before = await etags();
    await server.ann('PUT', `${CALENDAR}mine.ics`, anEvent('mine'), ICALENDAR);
    const set = `<D:propertyupdate ${PREFIXES}><D:set><D:prop><x xmlns="urn:x">1</x></D:prop></D:set></D:propertyupdate>`;
    const attempts = [
      await server.ann('PUT', `${path}new.ics`, anEvent('new'), ICALENDAR),
      await server.ann('PUT', `${path}one.ics`, anEvent('one'), ICALENDAR),
      await server.ann('DELETE', `${path}one.ics`),
      await server.ann('PROPPATCH', `${path}one.ics`, set),
      await server.ann('MOVE', `${path}one.ics`, undefined, { destination: `${CALENDAR}one.ics` }),
      await server.ann('COPY', `${CALENDAR}mine.ics`, undefined, { destination: `${path}mine.ics` }),
      await server.ann('POST', path, anEvent('posted'), ICALENDAR),
    ];
    for (const answer of attempts)
      expect([answer.status, answer.conditions()[0]]).toEqual([403, dav('need-privileges')]);
    expect(await etags()).toEqual(before);
  });

  it('cannot be imported into either', async () => {
    const { id } = await subscribed();
    const raw = anEvent('imported');
    const answer = await problemOf(
      api.call('importObjects', { parameters: { id }, raw, headers: { 'Content-Type': 'text/calendar' } }),
    );
    expect(answer).toMatchObject({ status: 403, code: 'collection-read-only' });
  });

  it('can be renamed, coloured, copied from and deleted', async () => {
    const { path } = await subscribed();
    const set = `<D:propertyupdate ${PREFIXES}><D:set><D:prop><D:displayname>Mine</D:displayname></D:prop></D:set></D:propertyupdate>`;
    expect((await server.ann('PROPPATCH', path, set)).text).toContain('200 OK');
    const copy = await server.ann('COPY', `${path}two.ics`, undefined, { destination: `${CALENDAR}copied.ics` });
    expect(copy.status).toBe(201);
    expect((await server.ann('DELETE', path)).status).toBe(204);
    expect((await server.ann('PROPFIND', path, undefined, { depth: '0' })).status).toBe(404);
  });
});

/** More instances than a calendar object may have. */
const tooOften = (uid: string) => hostEvent(uid, 'Often', '20260801', 'RRULE:FREQ=DAILY;COUNT=200000');

describe('refreshing', () => {
  it('is one sync step that names only what changed (RFC 6578 §3)', async () => {
    const { path, file, refresh, etags } = await subscribed();
    const report = (token: string) =>
      server.ann(
        'REPORT',
        path,
        `<D:sync-collection ${PREFIXES}><D:sync-token>${token}</D:sync-token><D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>`,
      );
    const token = syncTokenOf(await report(''));
    const before = await etags();
    host.answer(file, { body: icsFile(hostEvent('one', 'One'), hostEvent('three', 'Three')) });
    await refresh();
    const changed = (await report(token)).responses();
    expect([...changed.keys()].sort()).toEqual([`${path}three.ics`, `${path}two.ics`]);
    expect(changed.get(`${path}two.ics`)!.status).toBe(404);
    expect((await etags())['one.ics']).toBe(before['one.ics']);
  });

  it('asks with the validators it was given, and 304 leaves everything (RFC 9110 §13.1)', async () => {
    const { file, refresh, etags } = await subscribed();
    const before = await etags();
    host.answer(file, (request, response) => {
      response.writeHead(request.headers['if-none-match'] === `"v${files}"` ? 304 : 500).end();
    });
    expect(await refresh()).toMatchObject({ error: null });
    expect(await etags()).toEqual(before);
  });

  it('keeps ETags when only stamps were written anew', async () => {
    const { file, refresh, etags } = await subscribed();
    const before = await etags();
    const body = icsFile(hostEvent('one', 'One'), hostEvent('two', 'Two')).replaceAll('20260101T', '20260202T');
    host.answer(file, { body });
    await refresh();
    expect(await etags()).toEqual(before);
  });

  it('gives events without a UID one that stays', async () => {
    const feed = (...more: string[]) =>
      icsFile(hostEvent(undefined, 'Fair', '20260901', ...more), hostEvent(undefined, 'Fair', '20260901'));
    const { file, refresh, etags } = await subscribed(feed());
    const before = await etags();
    expect(Object.keys(before)).toHaveLength(2);
    host.answer(file, {
      body:
        icsFile(hostEvent('other', 'Other')).replace('END:VCALENDAR\r\n', '') +
        feed().split('X-WR-CALNAME:Holidays\r\n')[1]!,
    });
    await refresh();
    const { 'other.ics': _, ...rest } = await etags();
    expect(rest).toEqual(before);
    host.answer(file, { body: feed('LOCATION:Hall 2') });
    await refresh();
    expect(Object.keys(await etags()).sort()).toEqual(Object.keys(before).sort());
  });

  it('keeps the last good state when the answer is bad, and says so', async () => {
    const { file, refresh, etags } = await subscribed();
    const before = await etags();
    for (const answer of [
      { status: 500 },
      { body: '<html>' },
      { body: icsFile(hostEvent('one', 'One')).slice(0, -16) },
      { body: icsFile(tooOften('one')) },
    ]) {
      host.answer(file, answer);
      const { error, nextAt } = await refresh();
      expect(error).toMatch(/./);
      expect(Date.parse(nextAt)).toBeGreaterThan(server.clock.now());
      expect(await etags()).toEqual(before);
    }
    host.answer(file, { body: icsFile(hostEvent('one', 'One')) });
    expect(await refresh()).toMatchObject({ error: null });
    expect(Object.keys(await etags())).toEqual(['one.ics']);
  });

  it('leaves a single object as it was when its new form cannot be stored', async () => {
    const { file, refresh, etags } = await subscribed();
    const before = await etags();
    host.answer(file, {
      body: icsFile(tooOften('one'), hostEvent('two', 'Two')),
    });
    expect(await refresh()).toMatchObject({ error: null, skipped: 1 });
    expect(await etags()).toEqual(before);
  });

  it('happens by itself when it is due, by one process alone', async () => {
    const { file, etags } = await subscribed();
    const context = { ...server.context, fetchRemote: makeFetchRemote({ allowInternal: true }) };
    host.answer(file, { body: icsFile(hostEvent('later', 'Later')) });
    await refreshDue(context);
    expect(Object.keys(await etags())).toHaveLength(2);
    server.clock.advance(61 * 60_000);
    const before = host.requests.filter(({ url }) => url === file).length;
    await Promise.all([refreshDue(context), refreshDue(context)]);
    expect(Object.keys(await etags())).toEqual(['later.ics']);
    expect(host.requests.filter(({ url }) => url === file)).toHaveLength(before + 1);
  });
});

describe('the subscriptions of a disabled user', () => {
  it('are not fetched in its name, and at once when it is let in again', async () => {
    const { file, etags } = await subscribed();
    const context = { ...server.context, fetchRemote: makeFetchRemote({ allowInternal: true }) };
    const ann = (await findPrincipalByLogin(server.context.db, ANN.name))!;
    const disable = (disabled: boolean) => changeUser(context, ann.organisation_id, ann.principal_id, { disabled });
    const asked = () => host.requests.filter(({ url }) => url === file).length;
    const before = asked();
    server.clock.advance(61 * 60_000);
    await disable(true);
    await refreshDue(context);
    expect(asked()).toBe(before);
    await disable(false);
    host.answer(file, { body: icsFile(hostEvent('back', 'Back')) });
    await refreshDue(context);
    expect(asked()).toBe(before + 1);
    expect(Object.keys(await etags())).toEqual(['back.ics']);
  });
});

describe('changing a subscription', () => {
  it('fetches a new URL at once, and stays with the old one when that fails', async () => {
    const { id, etags } = await subscribed();
    const before = await etags();
    const change = (body: { url?: string; refreshMinutes?: number }) =>
      api.call('changeSubscription', { parameters: { id }, body });
    expect(await problemOf(change({ url: `${host.url}/nothing` }))).toMatchObject({ code: 'remote-status' });
    expect(await etags()).toEqual(before);
    host.answer('/moved', { body: icsFile(hostEvent('moved', 'Moved')) });
    expect(await change({ url: `${host.url}/moved`, refreshMinutes: 30 })).toMatchObject({ refreshMinutes: 30 });
    expect(Object.keys(await etags())).toEqual(['moved.ics']);
    await api.call('deleteSubscription', { parameters: { id } });
    expect((await api.call('listSubscriptions')).items.map((each) => each.id)).not.toContain(id);
  });

  it('is for its owner only', async () => {
    const { id } = await subscribed();
    const bob = apiClient(server.url, basic(BOB.name, BOB.password));
    await expect(bob.call('refreshSubscription', { parameters: { id } })).rejects.toMatchObject({ status: 404 });
    await expect(bob.call('deleteSubscription', { parameters: { id } })).rejects.toMatchObject({ status: 404 });
    const own = (await api.call('listCollections')).items.find(({ fedBy }) => fedBy === null)!.id;
    await expect(api.call('refreshSubscription', { parameters: { id: own } })).rejects.toMatchObject({ status: 404 });
  });
});
