import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import { rescoreStale } from '../../src/commands/rescore-cards.ts';
import { findLogin } from '../../src/store/principals.ts';
import { type ApiClient, apiClient, basic } from '../support/api-client.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let people = 0;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const PASSWORD = 'correct horse';
const vcard = (uid: string, ...lines: string[]) =>
  ['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, 'FN:Mia Keller', 'N:Keller;Mia;;;', ...lines, 'END:VCARD', ''].join(
    '\r\n',
  );
const KEPT = vcard('kept', 'TEL;TYPE=CELL:+41 79 123 45 67', 'EMAIL:mia@example.org');
const GONE = vcard('gone', 'TEL;TYPE=CELL:+41 79 123 45 67', 'EMAIL:mia@example.org', 'NOTE:likes tea');

/** One device that remembers names and a token, as a sync client does (RFC 6578). */
function device(name: string) {
  const home = `${server.url}dav/addressbooks/${name}/contacts/`;
  const cards = new Map<string, string>();
  let token = '';
  const send = (path: string, init: RequestInit) =>
    fetch(home + path, { ...init, headers: { ...basic(name, PASSWORD), ...init.headers } });
  const put = (path: string, body: string, headers: Record<string, string> = {}) =>
    send(path, { method: 'PUT', body, headers: { 'Content-Type': 'text/vcard', ...headers } });
  async function sync(): Promise<void> {
    const body = `<?xml version="1.0"?><sync-collection xmlns="DAV:"><sync-token>${token}</sync-token><sync-level>1</sync-level><prop><getetag/></prop></sync-collection>`;
    const text = await (
      await send('', { method: 'REPORT', body, headers: { 'Content-Type': 'application/xml' } })
    ).text();
    token = /sync-token>([^<]*)</.exec(text)![1]!;
    for (const part of text.split(/<(?:\w+:)?response>/).slice(1)) {
      const file = /href>([^<]*)</.exec(part)![1]!.split('/').at(-1)!;
      if (part.includes(' 404 ')) cards.delete(file);
      else cards.set(file, await (await send(file, { method: 'GET' })).text());
    }
  }
  return { cards, put, sync };
}

/** A user with two cards of Mia, two devices that know both, and a merge that only the first device has seen. */
async function merged() {
  const name = `person${++people}`;
  const organisationId = await createOrganisation(server.context, name);
  await createPrincipal(server.context, { organisationId, kind: 'user', name, password: PASSWORD });
  const api = apiClient(server.url, basic(name, PASSWORD));
  const [home, away] = [device(name), device(name)];
  await home.put('kept.vcf', KEPT);
  await home.put('gone.vcf', GONE);
  await home.sync();
  await away.sync();
  await api.call('startRun');
  await expect.poll(async () => (await api.call('listRuns')).items[0]!.state, { timeout: 30_000 }).toBe('done');
  const { items } = await api.call('listSuggestions');
  const byUid = new Map(items[0]!.members.map((member) => [member.uid, member.id]));
  const wish = { referenceId: byUid.get('kept')!, memberIds: [byUid.get('gone')!] };
  const { etags } = await api.call('previewMerge', { body: wish });
  const { merge } = await api.call('mergeCards', { body: { ...wish, etags } });
  await home.sync();
  return { name, api, home, away, merge };
}

async function rescore(name: string): Promise<void> {
  const login = (await findLogin(server.context.db, name))!;
  await rescoreStale(server.context, { organisationId: login.organisation_id, principalId: login.principal_id });
}

const uids = async (api: ApiClient) => (await api.call('listCards')).items.map((card) => card.uid).sort();

describe('what was merged stays merged', () => {
  it('when an offline device puts the removed card back unchanged: it is told to delete it', async () => {
    const { api, away } = await merged();
    const answer = await away.put('gone.vcf', GONE);
    expect(answer.ok).toBe(true);
    expect(answer.headers.get('ETag')).toBeNull();
    expect(await uids(api)).toEqual(['kept']);
    await away.sync();
    expect([...away.cards.keys()]).toEqual(['kept.vcf']);
    expect(away.cards.get('kept.vcf')).toContain('NOTE:likes tea');
  });

  it('when the device has synced before it puts the card back', async () => {
    const { api, away } = await merged();
    await away.sync();
    expect((await away.put('gone.vcf', GONE)).ok).toBe(true);
    away.cards.set('gone.vcf', GONE);
    await away.sync();
    expect([...away.cards.keys()]).toEqual(['kept.vcf']);
    expect(await uids(api)).toEqual(['kept']);
  });

  it('when the same content comes under a new name and UID, by a device or by an import', async () => {
    const { api, away } = await merged();
    expect((await away.put('new.vcf', GONE.replace('UID:gone', 'UID:new'))).ok).toBe(true);
    const [book] = (await api.call('listCollections')).items.filter((item) => item.kind === 'addressbook');
    const raw = GONE.replace('UID:gone', 'UID:newer');
    const report = await api.call('importObjects', { parameters: { id: book!.id }, query: {}, raw });
    expect(report).toMatchObject({ created: 0, skipped: 1 });
    expect(await uids(api)).toEqual(['kept']);
  });

  it('when the device is sure to create (If-None-Match: *), or brings the same UID under a new name', async () => {
    const { api, away } = await merged();
    expect((await away.put('gone.vcf', GONE, { 'If-None-Match': '*' })).ok).toBe(true);
    expect((await away.put('elsewhere.vcf', GONE)).ok).toBe(true);
    await away.sync();
    expect([...away.cards.keys()]).toEqual(['kept.vcf']);
    expect(await uids(api)).toEqual(['kept']);
  });

  it('when the kept card is what the device stores once more under the name that is gone: nothing is folded into itself', async () => {
    const { api, away } = await merged();
    expect((await away.put('gone.vcf', KEPT)).status).toBe(409);
    expect(await uids(api)).toEqual(['kept']);
  });

  it('but what If-Match refuses and the device had changed is kept as a conflict copy', async () => {
    const { api, away } = await merged();
    const changed = GONE.replace('NOTE:likes tea', 'NOTE:likes coffee');
    expect((await away.put('gone.vcf', changed, { 'If-Match': '"old"' })).status).toBe(412);
    const [copy] = (await api.call('listConflictCopies')).items;
    expect(copy).toMatchObject({ name: 'gone.vcf', uid: 'gone' });
    const detail = await api.call('showConflictCopy', { parameters: { id: copy!.id } });
    expect(detail.text).toBe(changed);
  });

  it('but a changed card under a new name, too, is kept and suggested first, with the reason', async () => {
    const { name, api, away } = await merged();
    const changed = GONE.replace('NOTE:likes tea', 'NOTE:likes coffee');
    expect((await away.put('elsewhere.vcf', changed)).status).toBe(201);
    await rescore(name);
    const [first] = (await api.call('listSuggestions')).items;
    expect(first!.reasons[0]!.code).toBe('merged.before');
  });

  it('and a card that its owner takes back from the bin is welcome, also to devices', async () => {
    const { api, home, away } = await merged();
    const [book] = (await api.call('listCollections')).items.filter((item) => item.kind === 'addressbook');
    const id = book!.id;
    const [deleted] = (await api.call('listDeleted', { parameters: { id } })).items;
    await api.call('restoreVersion', { parameters: { id, seq: deleted!.seq } });
    expect(await uids(api)).toEqual(['gone', 'kept']);
    await away.sync();
    expect(away.cards.get('gone.vcf')).toBe(GONE);
    expect((await home.put('gone.vcf', GONE.replace('tea', 'milk'))).status).toBe(204);
    expect((await home.put('gone.vcf', GONE)).status).toBe(204);
    expect(await uids(api)).toEqual(['gone', 'kept']);
  });

  it('and If-Match on the old name is refused with 412 (RFC 9110 §13.1.1)', async () => {
    const { api, away } = await merged();
    expect((await away.put('gone.vcf', GONE, { 'If-Match': '"old"' })).status).toBe(412);
    expect(await uids(api)).toEqual(['kept']);
  });

  it('but a card that the device changed is kept beside it and suggested first, with the reason', async () => {
    const { name, api, away } = await merged();
    const changed = GONE.replace('NOTE:likes tea', 'NOTE:likes coffee');
    expect((await away.put('gone.vcf', changed)).status).toBe(201);
    expect(await uids(api)).toEqual(['gone', 'kept']);
    await rescore(name);
    const [first] = (await api.call('listSuggestions')).items;
    expect(first!.members.map((member) => member.uid).sort()).toEqual(['gone', 'kept']);
    expect(first!.reasons[0]!.code).toBe('merged.before');
  });

  it('until the merge is undone: then the card may come as often as it likes', async () => {
    const { api, away, merge } = await merged();
    await api.call('undoMerge', { parameters: { id: merge.id }, body: {} });
    expect(await uids(api)).toEqual(['gone', 'kept']);
    expect((await away.put('again.vcf', GONE.replace('UID:gone', 'UID:again'))).status).toBe(201);
    expect(await uids(api)).toEqual(['again', 'gone', 'kept']);
  });

  it('and once the kept card is deleted, the other may come back as a card of its own', async () => {
    const { api, away } = await merged();
    const [kept] = (await api.call('listCards')).items;
    await api.call('deleteCard', { parameters: { id: kept!.id }, query: {} });
    expect((await away.put('gone.vcf', GONE)).status).toBe(201);
    expect(await uids(api)).toEqual(['gone']);
  });
});
