/** Published collections: a secret link, read without signing in, until it is revoked. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, apiClient, basic } from '../support/api-client.ts';
import {
  ANN,
  aCard,
  anEvent,
  BOB,
  BOOK,
  CALENDAR,
  type DavServer,
  ICALENDAR,
  startDavServer,
  VCARD,
} from '../support/dav-server.ts';

let server: DavServer;
let api: ApiClient;
beforeAll(async () => {
  server = await startDavServer();
  api = apiClient(server.url, basic(ANN.name, ANN.password));
  await server.ann('PUT', `${CALENDAR}a.ics`, anEvent('a', 'SUMMARY:Dinner'), ICALENDAR);
  await server.ann('PUT', `${BOOK}a.vcf`, aCard('a', 'Zoë Example'), VCARD);
});
afterAll(() => server.stop());

const idOf = async (kind: 'calendar' | 'addressbook') =>
  (await api.call('listCollections')).items.find((each) => each.kind === kind)!.id;

async function publish(kind: 'calendar' | 'addressbook' = 'calendar') {
  const { url, publication } = await api.call('createPublication', {
    parameters: { id: await idOf(kind) },
    body: { name: 'for the club' },
  });
  return { id: publication.id, path: new URL(url).pathname };
}

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  server.anonymous(method, path, undefined, headers);

describe('a published calendar', () => {
  it('is one VCALENDAR for whoever has the link (RFC 5545 §3.4)', async () => {
    const { path } = await publish();
    expect(path).toMatch(/^\/published\/[\w-]{50,}\.ics$/);
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="[^"]+\.ics"/);
    expect(answer.headers['cache-control']).toBe('private, no-cache');
    expect(answer.text).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*SUMMARY:Dinner\r\n[\s\S]*END:VCALENDAR\r\n$/);
    expect(answer.text.match(/BEGIN:VCALENDAR/g)).toHaveLength(1);
  });

  it('answers HEAD with the same head and no body (RFC 9110 §9.3.2)', async () => {
    const { path } = await publish();
    const [whole, head] = [await get(path), await get(path, {}, 'HEAD')];
    expect([head.status, head.octets.length]).toEqual([200, 0]);
    for (const name of ['etag', 'content-type', 'content-disposition', 'last-modified'])
      expect(head.headers[name]).toBe(whole.headers[name]);
  });

  it('is 304 until something changes, then has another ETag (RFC 9110 §13.1.2)', async () => {
    const { path } = await publish();
    const etag = (await get(path)).headers.etag!;
    const same = await get(path, { 'if-none-match': etag });
    expect([same.status, same.octets.length]).toEqual([304, 0]);
    await server.ann('PUT', `${CALENDAR}b.ics`, anEvent('b', 'SUMMARY:Lunch'), ICALENDAR);
    const next = await get(path, { 'if-none-match': etag });
    expect(next.status).toBe(200);
    expect(next.text).toContain('SUMMARY:Lunch');
    expect(next.headers.etag).not.toBe(etag);
  });

  it('leaves out what is private and tells the time of what is confidential (RFC 5545 §3.8.1.3)', async () => {
    const { path } = await publish();
    await server.ann(
      'PUT',
      `${CALENDAR}p.ics`,
      anEvent('secret-uid', 'CLASS:PRIVATE', 'DESCRIPTION:Doctor'),
      ICALENDAR,
    );
    await server.ann('PUT', `${CALENDAR}q.ics`, anEvent('half-uid', 'CLASS:CONFIDENTIAL', 'LOCATION:Bank'), ICALENDAR);
    const { text } = await get(path);
    expect(text).not.toMatch(/secret-uid|Doctor|Bank/);
    expect(text).toMatch(/UID:half-uid[\s\S]*SUMMARY:Busy/);
    expect((await server.ann('GET', CALENDAR)).text).toMatch(/Doctor[\s\S]*Bank/);
  });

  it('is read only: other methods are refused (RFC 9110 §15.5.6)', async () => {
    const { path } = await publish();
    for (const method of ['PUT', 'DELETE', 'PROPFIND', 'POST', 'OPTIONS']) {
      const answer = await get(path, {}, method);
      expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD']);
    }
  });

  it('is gone at once when its link is revoked, the other link stays', async () => {
    const [first, second] = [await publish(), await publish()];
    await api.call('revokePublication', { parameters: { id: first.id } });
    expect((await get(first.path)).status).toBe(404);
    expect((await get(second.path)).status).toBe(200);
    const left = (await api.call('listPublications', { parameters: { id: await idOf('calendar') } })).items;
    expect(left.map(({ id }) => id)).not.toContain(first.id);
    expect(left.map(({ id }) => id)).toContain(second.id);
  });

  it('gives one and the same answer to whatever is no link', async () => {
    const { path, id } = await publish();
    await api.call('revokePublication', { parameters: { id } });
    const wrong = [
      path,
      path.replace('.ics', '.vcf'),
      '/published/x.ics',
      '/published/',
      `/published/${'A'.repeat(54)}.ics`,
    ];
    const answers = await Promise.all(wrong.map((each) => get(each)));
    const told = answers.map(({ status, text, headers }) => JSON.stringify([status, text, headers['content-type']]));
    expect(new Set(told).size).toBe(1);
    expect(answers[0]!.status).toBe(404);
  });

  it('keeps the link out of the log and of the database', async () => {
    const { path } = await publish();
    await get(path);
    await expect.poll(() => server.log.some(({ fields }) => fields.path === '/published/…')).toBe(true);
    const token = path.split('/')[2]!.split('.')[0]!;
    expect(JSON.stringify(server.log)).not.toContain(token);
    const rows = await server.context.db.selectFrom('publication').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token.slice(-20));
  });
});

describe('a published address book', () => {
  it('is its cards one after the other, octet for octet (RFC 6350 §3.3)', async () => {
    const { path } = await publish('addressbook');
    expect(path).toMatch(/\.vcf$/);
    const answer = await get(path);
    expect(answer.headers['content-type']).toBe('text/vcard; charset=utf-8');
    expect(answer.text).toBe(aCard('a', 'Zoë Example'));
  });

  it('leaves out cards that are said to be private or confidential (RFC 2426 §3.7.1)', async () => {
    const { path } = await publish('addressbook');
    const put = (uid: string, name: string, line: string) =>
      server.ann('PUT', `${BOOK}${uid}.vcf`, aCard(uid, name).replace('END:VCARD', `${line}\r\nEND:VCARD`), VCARD);
    for (const [at, line] of ['CLASS:PRIVATE', 'item1.class:confidential', 'CLA\r\n SS:X-MINE'].entries())
      await put(`p${at}`, 'Secret Friend', line);
    await put('q', 'Open Friend', 'CLASS:PUBLIC');
    const { text } = await get(path);
    expect(text).toContain('Open Friend');
    expect(text).not.toContain('Secret Friend');
    expect((await server.ann('GET', BOOK)).text).toContain('Secret Friend');
    for (const name of ['p0', 'p1', 'p2', 'q']) await server.ann('DELETE', `${BOOK}${name}.vcf`);
  });
});

describe('links of others', () => {
  it('can be neither made, seen nor revoked', async () => {
    const { id } = await publish();
    const bob = apiClient(server.url, basic(BOB.name, BOB.password));
    const parameters = { id: await idOf('calendar') };
    await expect(bob.call('createPublication', { parameters, body: {} })).rejects.toMatchObject({ status: 404 });
    await expect(bob.call('listPublications', { parameters })).rejects.toMatchObject({ status: 404 });
    await expect(bob.call('revokePublication', { parameters: { id } })).rejects.toMatchObject({ status: 404 });
  });
});
