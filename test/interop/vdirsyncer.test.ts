import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPrincipal } from '../../src/commands/accounts.ts';
import { DEMO_CARDS } from '../../src/seed/demo-cards.ts';
import { cardFile } from '../../src/seed/demo-files.ts';
import { readCard, uidOf } from '../../src/vcard/card.ts';
import { upgradeForImport } from '../../src/vcard/import-upgrade.ts';
import { splitCards } from '../../src/vcard/split.ts';
import { connectionOf, vdirsyncerConfig } from '../../src/web/pages/set-up/clients.ts';
import { type ApiClient, apiClient, basic } from '../support/api-client.ts';
import { ANN, aCard, anEvent, BOB, type DavServer, ICALENDAR, startDavServer } from '../support/dav-server.ts';
import { missingProgram, runWell } from './debian.ts';

const missing = missingProgram('vdirsyncer');
const SHARED_BOOK = path.resolve(import.meta.dirname, '../../../shared/dedup-data/dev/dev-2k.vcf.gz');

/** The client uploads one after the other. */
const MOST_CARDS = 500;

/** The first cards of a labelled book where it is at hand, else those of the demo user. */
async function bookCards(): Promise<Buffer[]> {
  const octets = existsSync(SHARED_BOOK)
    ? gunzipSync(readFileSync(SHARED_BOOK))
    : Buffer.concat(DEMO_CARDS.flatMap(({ cards }) => cards.map((card) => cardFile(card).octets)));
  const cards: Buffer[] = [];
  for await (const each of splitCards([octets], { maxSize: 1_000_000 })) {
    if (each.kind === 'card') cards.push(Buffer.from(upgradeForImport(each.octets, `made-${cards.length}`)));
    if (cards.length === MOST_CARDS) break;
  }
  return cards;
}

describe.skipIf(missing)(`vdirsyncer${missing ? ` is left out: ${missing}` : ''}`, () => {
  let server: DavServer;
  let api: ApiClient;
  let folder: string;
  beforeAll(async () => {
    server = await startDavServer();
    api = apiClient(server.url, basic(ANN.name, ANN.password));
    folder = mkdtempSync(path.join(os.tmpdir(), 'doublon-vdirsyncer-'));
    const account = `url = "${server.url}"\nusername = "${ANN.name}"\npassword = "${ANN.password}"\n`;
    const pair = (name: string, type: string, extension: string, collection: string) => `
[pair ${name}]
a = "${name}_here"
b = "${name}_there"
collections = ["${collection}"]
[storage ${name}_here]
type = "filesystem"
path = "${folder}/${name}"
fileext = "${extension}"
[storage ${name}_there]
type = "${type}"
${account}`;
    const book = pair('book', 'carddav', '.vcf', 'contacts');
    const plans = pair('plans', 'caldav', '.ics', 'calendar');
    writeFileSync(path.join(folder, 'config'), `[general]\nstatus_path = "${folder}/status"\n${book}${plans}`);
    for (const each of ['book/contacts', 'plans/calendar']) mkdirSync(path.join(folder, each), { recursive: true });
    await vdirsyncer('discover');
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  });

  const vdirsyncer = (...args: string[]) =>
    runWell('vdirsyncer', ['-c', path.join(folder, 'config'), ...args], { input: 'y\ny\n' });
  const digest = (octets: Buffer) => createHash('sha256').update(octets).digest('hex');
  /** UID to digest of the octets, of all files in a folder. */
  const contents = (...names: string[]) => {
    const found = new Map<string, string>();
    const at = path.join(folder, ...names);
    for (const name of readdirSync(at)) {
      const octets = readFileSync(path.join(at, name));
      found.set(uidOf(readCard(octets)) ?? name, digest(octets));
    }
    return found;
  };

  it('takes the configuration that the page gives to copy, and synchronises by it, also what others share', async () => {
    const someone = { name: 'vera', password: 'four "quoted" words' };
    const { context, organisationId } = server;
    await createPrincipal(context, { organisationId, kind: 'user', ...someone });
    const hers = apiClient(server.url, basic(someone.name, someone.password));
    const { items } = await hers.call('listCollections');
    const files = {
      addressbook: ['text/vcard', aCard('vera-card')],
      calendar: ['text/calendar', anEvent('vera-event')],
    };
    for (const [kind, [type, raw]] of Object.entries(files)) {
      const id = items.find((item) => item.kind === kind)!.id;
      await hers.call('importObjects', {
        parameters: { id },
        query: {},
        raw: raw!,
        headers: { 'Content-Type': type! },
      });
    }
    await shareCalendarOfBob(someone.name);
    const config = vdirsyncerConfig({
      ...connectionOf(someone.name, null, server.url),
      secret: someone.password,
    });
    const home = path.join(folder, 'home');
    mkdirSync(home);
    writeFileSync(path.join(home, 'config'), config);
    const env = { HOME: home };
    const synchronise = (step: string) =>
      runWell('vdirsyncer', ['-c', path.join(home, 'config'), step], { input: 'y\n'.repeat(8), env });
    for (const step of ['discover', 'sync', 'metasync']) await synchronise(step);
    const fetched = (name: string) =>
      readdirSync(path.join(home, '.local/share/vdirsyncer', name), { recursive: true }).map(String);
    expect(fetched('contacts').filter((name) => name.endsWith('.vcf'))).toHaveLength(1);
    const events = fetched('calendars').filter((name) => name.endsWith('.ics'));
    expect(events.map((name) => path.dirname(name)).sort()).toEqual(['calendar', '~bob~calendar']);
    const shared = path.join(home, '.local/share/vdirsyncer/calendars/~bob~calendar');
    writeFileSync(path.join(shared, 'from-vera.ics'), anEvent('from-vera'));
    await synchronise('sync');
    expect((await server.bob('GET', '/dav/calendars/bob/calendar/from-vera.ics')).status).toBe(200);
  });

  async function shareCalendarOfBob(name: string): Promise<void> {
    const his = apiClient(server.url, basic(BOB.name, BOB.password));
    const { id } = (await his.call('listCollections')).items.find((each) => each.kind === 'calendar')!;
    await server.bob('PUT', '/dav/calendars/bob/calendar/bobs.ics', anEvent('bobs'), ICALENDAR);
    await his.call('shareCollection', { parameters: { id }, body: { name, may: 'write' } });
  }

  it('uploads a book, and a second sync finds nothing to do', { timeout: 300_000 }, async () => {
    const cards = await bookCards();
    for (const [i, octets] of cards.entries()) writeFileSync(path.join(folder, 'book/contacts', `${i}.vcf`), octets);
    const before = contents('book', 'contacts');
    await vdirsyncer('sync', 'book');
    expect(contents('book', 'contacts')).toEqual(before);
    expect(await vdirsyncer('sync', 'book')).not.toMatch(/Copying|Deleting/);
    const { items } = await api.call('listCollections');
    expect(items.find((each) => each.name === 'contacts')?.count).toBe(cards.length);
  });

  it('receives the merges of the ten best clusters: those changes and nothing else', async () => {
    const before = contents('book', 'contacts');
    await finishedRun();
    const { items } = await api.call('listSuggestions', { query: { limit: 10 } });
    expect(items.length).toBeGreaterThanOrEqual(5);
    const references = new Set<string>();
    const gone = new Set<string>();
    const regrouped = new Set<string>();
    for (const { id } of items) {
      const shown = await api.call('showSuggestion', { parameters: { id } });
      const memberIds = shown.cards.map((card) => card.id).filter((card) => card !== shown.referenceId);
      const choice = { referenceId: shown.referenceId, memberIds };
      const preview = await api.call('previewMerge', { body: choice });
      const { merge } = await api.call('mergeCards', { body: { ...choice, etags: preview.etags } });
      for (const { uid, role } of await touched(merge.id))
        ({ reference: references, source: gone, group: regrouped })[role].add(uid);
    }
    await vdirsyncer('sync', 'book');
    const after = contents('book', 'contacts');
    const changed = [...after].filter(([uid, octets]) => before.get(uid) !== octets).map(([uid]) => uid);
    expect([...before.keys()].filter((uid) => !after.has(uid)).sort()).toEqual([...gone].sort());
    expect(new Set(changed).difference(references.union(regrouped))).toEqual(new Set());
    expect(references.difference(new Set(changed)).size).toBeLessThan(references.size);
    expect(after.size).toBe(before.size - gone.size);
    expect(await vdirsyncer('sync', 'book')).not.toMatch(/Copying|Deleting/);
  });

  async function finishedRun(of = api): Promise<void> {
    const { id } = await of.call('startRun');
    for (;;) {
      const run = await of.call('showRun', { parameters: { id } });
      if (run.state === 'failed') throw new Error('the run failed');
      if (run.state === 'done') return;
      await setTimeout(50);
    }
  }

  async function touched(mergeId: string): Promise<{ uid: string; role: 'reference' | 'source' | 'group' }[]> {
    const rows = await server.context.db
      .selectFrom('merge_object')
      .select(['uid', 'role'])
      .where('organisation_id', '=', server.organisationId)
      .where('merge_id', '=', mergeId)
      .execute();
    return rows.map(({ uid, role }) => ({ uid: uid ?? '', role }));
  }

  it('keeps what it wrote offline on a card that was merged away meanwhile, as a card that is suggested first', async () => {
    const wim = { name: 'wim', password: 'four quiet words' };
    await createPrincipal(server.context, { organisationId: server.organisationId, kind: 'user', ...wim });
    const his = apiClient(server.url, basic(wim.name, wim.password));
    const config = path.join(folder, 'wim-config');
    const book = path.join(folder, 'wim/contacts');
    mkdirSync(book, { recursive: true });
    const account = `url = "${server.url}"\nusername = "${wim.name}"\npassword = "${wim.password}"`;
    writeFileSync(
      config,
      `[general]
status_path = "${folder}/wim-status"
[pair wim]
a = "here"
b = "there"
collections = ["contacts"]
[storage here]
type = "filesystem"
path = "${folder}/wim"
fileext = ".vcf"
[storage there]
type = "carddav"
${account}
`,
    );
    const sync = (step: string) => runWell('vdirsyncer', ['-c', config, step], { input: 'y\n' });
    const lines = ['TEL;TYPE=CELL:+41 79 123 45 67', 'EMAIL:mia@example.org'];
    for (const uid of ['kept', 'gone', 'left'])
      writeFileSync(path.join(book, `${uid}.vcf`), aCard(uid, 'Mia Keller', ...lines));
    await sync('discover');
    await sync('sync');
    await finishedRun(his);
    const { items } = await his.call('listSuggestions');
    const { cards } = await his.call('showSuggestion', { parameters: { id: items[0]!.id } });
    const [reference, ...members] = ['kept', 'gone', 'left'].map((uid) => cards.find((card) => card.uid === uid)!.id);
    const choice = { referenceId: reference!, memberIds: members };
    const { etags } = await his.call('previewMerge', { body: choice });
    await his.call('mergeCards', { body: { ...choice, etags } });
    writeFileSync(path.join(book, 'gone.vcf'), aCard('gone', 'Mia Keller', ...lines, 'NOTE:written offline'));
    await sync('sync');
    expect(readdirSync(book).sort()).toEqual(['gone.vcf', 'kept.vcf']);
    expect((await his.call('listCards')).items.map(({ uid }) => uid).sort()).toEqual(['gone', 'kept']);
    await finishedRun(his);
    const [first] = (await his.call('listSuggestions')).items;
    expect(first!.reasons.map(({ code }) => code)).toContain('merged.before');
  });

  it('keeps a calendar in step in both directions', async () => {
    const event = Buffer.from(anEvent('from-disk', 'RRULE:FREQ=WEEKLY;COUNT=5'));
    writeFileSync(path.join(folder, 'plans/calendar/from-disk.ics'), event);
    writeFileSync(path.join(folder, 'plans/calendar/other.ics'), anEvent('other'));
    await vdirsyncer('sync', 'plans');
    const href = '/dav/calendars/ann/calendar/from-disk.ics';
    expect(await server.ann('GET', href)).toMatchObject({ status: 200, text: event.toString() });
    const edited = event.toString().replace('SUMMARY:Meeting', 'SUMMARY:Moved');
    expect((await server.ann('PUT', href, edited, { 'content-type': 'text/calendar' })).status).toBe(204);
    await vdirsyncer('sync', 'plans');
    expect(readFileSync(path.join(folder, 'plans/calendar/from-disk.ics'), 'utf8')).toBe(edited);
    rmSync(path.join(folder, 'plans/calendar/from-disk.ics'));
    await vdirsyncer('sync', 'plans');
    expect((await server.ann('GET', href)).status).toBe(404);
  });

  it('that deletes much at once goes on without an error, and gets back what was held', async () => {
    const plans = path.join(folder, 'plans/calendar');
    const names = Array.from({ length: 40 }, (_, i) => `many-${i}.ics`);
    for (const name of names) writeFileSync(path.join(plans, name), anEvent(name));
    await vdirsyncer('sync', 'plans');
    const all = readdirSync(plans).length;
    for (const name of names) rmSync(path.join(plans, name));
    await vdirsyncer('sync', 'plans');
    const [held] = (await api.call('listHeldDeletions')).items;
    // the test before deleted one in the same hour
    expect(held).toMatchObject({ count: 16, deletedBefore: 25 });
    await vdirsyncer('sync', 'plans');
    expect(readdirSync(plans)).toHaveLength(all - 24);
    await api.call('discardDeletions', { parameters: { id: held!.id } });
    await vdirsyncer('sync', 'plans');
    expect(readdirSync(plans).filter((name) => name.startsWith('many'))).toHaveLength(40);
  });
});
