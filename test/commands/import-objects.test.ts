import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import type { Context } from '../../src/commands/context.ts';
import { exportCollection } from '../../src/commands/export-collection.ts';
import { importObjects } from '../../src/commands/import-objects.ts';
import type { ImportPolicy } from '../../src/commands/import-shelf.ts';
import { DEFAULT_LIMITS } from '../../src/commands/limits.ts';
import { type Collection, findCollection, findCollectionById } from '../../src/store/collections.ts';
import { listEntries } from '../../src/store/objects.ts';
import { expectedRows } from '../../src/store/planner-statistics.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { testClock } from '../support/server.ts';

let database: FreshDatabase;
let context: Context;
let users = 0;

beforeAll(async () => {
  database = await freshDatabase();
  context = { db: database.db, clock: testClock(), log: silentLog, limits: { ...DEFAULT_LIMITS, maxCardSize: 20_000 } };
});
afterAll(() => database.drop());

/** A new user's address book or calendar. */
async function newCollection(kind: 'addressbook' | 'calendar'): Promise<Collection> {
  const organisationId = await createOrganisation(context, `organisation ${++users}`);
  const principalId = await createPrincipal(context, { organisationId, kind: 'user', name: `user${users}` });
  const name = kind === 'addressbook' ? 'contacts' : 'calendar';
  return (await findCollection(context.db, organisationId, principalId, kind, name))!;
}

async function* chunks(text: string | Buffer, size = 1000): AsyncGenerator<Buffer> {
  const octets = Buffer.from(text);
  for (let at = 0; at < octets.length; at += size) yield octets.subarray(at, at + size);
}

const load = (collection: Collection, text: string | Buffer, policy: ImportPolicy = 'skip') =>
  importObjects(context, { collection, source: chunks(text), policy });

async function exported(collection: Collection): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of exportCollection(context, collection)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

const card = (uid: string, name: string) =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${uid}\r\nFN:${name}\r\nN:;${name};;;\r\nX-ODD;A="b;c":d\r\nEND:VCARD\r\n`;
const token = async (collection: Collection) =>
  (await findCollectionById(context.db, collection.organisation_id, collection.collection_id))!.sync_token;

describe('import of cards', () => {
  it('stores every card of a file octet for octet and exports them so', async () => {
    const book = await newCollection('addressbook');
    const file = Array.from({ length: 450 }, (_, i) => card(`u${i}`, `Person ${i}`)).join('');
    const report = await load(book, file);
    expect(report).toMatchObject({ created: 450, read: 450, skipped: 0, refusedCount: 0, finished: true });
    expect(report.octets).toBe(Buffer.byteLength(file));
    expect(await exported(book)).toBe(file);
  });

  it('tells the planner how many cards there are now, since without that each PUT after it walked the whole book', async () => {
    await load(
      await newCollection('addressbook'),
      Array.from({ length: 450 }, (_, i) => card(`v${i}`, `V ${i}`)).join(''),
    );
    await expect.poll(() => expectedRows(database.db, 'object'), { timeout: 20_000 }).toBeGreaterThan(400);
  });

  it('counts n changes for n cards and none when nothing is new', async () => {
    const book = await newCollection('addressbook');
    const file = card('a', 'Ann') + card('b', 'Bob');
    await load(book, file);
    expect(await token(book)).toBe(2);
    expect(await load(book, file)).toMatchObject({ created: 0, skipped: 2 });
    expect(await load(book, file, 'replace')).toMatchObject({ replaced: 0, skipped: 2 });
    expect(await token(book)).toBe(2);
  });

  it('reads a file in UTF-16, as programs of Windows write it, and says legibly what is no card', async () => {
    const text = card('a', 'Jürg') + card('b', '😀');
    const big = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
    for (const file of [Buffer.from(`\uFEFF${text}`, 'utf16le'), big]) {
      const book = await newCollection('addressbook');
      for (const size of [1, 1000])
        await importObjects(context, { collection: book, source: chunks(file, size), policy: 'replace' });
      expect(await exported(book)).toBe(text);
    }
    const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]);
    const { refused } = await load(await newCollection('addressbook'), picture);
    expect(refused.map(({ detail }) => detail)).toEqual(['This text is no card: PNG']);
  });

  it('refuses a broken card with its line in the file and stores the others', async () => {
    const book = await newCollection('addressbook');
    const broken = 'BEGIN:VCARD\r\nVERSION:9.0\r\nUID:x\r\nFN:X\r\nEND:VCARD\r\n';
    const huge = card('huge', 'x'.repeat(30_000));
    const report = await load(
      book,
      `hello\r\n${card('a', 'Ann')}${broken}${huge}${card('b', 'Bob')}BEGIN:VCARD\r\nFN:cut`,
    );
    expect(report.created).toBe(2);
    expect(report.refused.map(({ line, code }) => [line, code])).toEqual(
      expect.arrayContaining([
        [1, 'no-card'],
        [10, 'supported-address-data'],
        [14, 'max-resource-size'],
      ]),
    );
    expect(report.refusedCount).toBe(4);
  });

  it('keeps, replaces or doubles a card whose UID is there already, as the policy says', async () => {
    const book = await newCollection('addressbook');
    await load(book, card('a', 'Ann'));
    expect(await load(book, card('a', 'Anna'), 'skip')).toMatchObject({ skipped: 1, created: 0 });
    expect(await exported(book)).toContain('FN:Ann\r\n');
    expect(await load(book, card('a', 'Anna'), 'replace')).toMatchObject({ replaced: 1, created: 0 });
    expect(await exported(book)).toBe(card('a', 'Anna'));
    expect(await load(book, card('a', 'Ann again'), 'keep-both')).toMatchObject({ created: 1, replaced: 0 });
    const both = await exported(book);
    expect(both).toContain(card('a', 'Anna'));
    expect(both).toMatch(/UID:[0-9a-f-]{36}\r\nFN:Ann again\r\n/);
  });

  it('applies the policy to two cards of one file with the same UID too', async () => {
    const file = card('a', 'First') + card('a', 'Second');
    const book = await newCollection('addressbook');
    expect(await load(book, file)).toMatchObject({ created: 1, skipped: 1 });
    const other = await newCollection('addressbook');
    await load(other, file, 'replace');
    expect(await exported(other)).toBe(card('a', 'Second'));
  });

  it('gives cards without UID one that the next import of the file knows again', async () => {
    const book = await newCollection('addressbook');
    const nameless = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Twin\r\nN:Twin;;;;\r\nEND:VCARD\r\n';
    expect(await load(book, nameless + nameless)).toMatchObject({ created: 2 });
    expect(await load(book, nameless + nameless)).toMatchObject({ created: 0, skipped: 2 });
  });

  it('turns vCard 2.1 into 3.0 and keeps what it says', async () => {
    const book = await newCollection('addressbook');
    const old =
      'BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BCrg\r\nTEL;CELL:+4912345678\r\nEND:VCARD\r\n';
    expect(await load(book, old)).toMatchObject({ created: 1, refusedCount: 0 });
    expect(await exported(book)).toMatch(/VERSION:3\.0[\s\S]*N:Müller;Jürg/);
  });

  it('makes a card of each row of a table, knows it again, and names the row that is none', async () => {
    const book = await newCollection('addressbook');
    const table =
      'First Name,Last Name,E-mail Address,Notes\nAnn,Lee,ann@lee.example,\n,,,nobody\nBo,Ek,bo@ek.example,x\n';
    const report = await load(book, table);
    expect(report).toMatchObject({ created: 2, read: 3, refused: [{ index: 2, line: 3, code: 'no-card' }] });
    expect(await exported(book)).toContain('FN:Bo Ek\r\nN:Ek;Bo;;;\r\nEMAIL:bo@ek.example\r\nNOTE:x\r\n');
    expect(await load(book, table)).toMatchObject({ created: 0, skipped: 2 });
  });

  it('reads cards behind a long text, and a table that comes in small pieces', async () => {
    const late = await load(await newCollection('addressbook'), `${'text, '.repeat(20_000)}\n${card('u1', 'Ann')}`);
    expect(late).toMatchObject({ created: 1, refusedCount: 1 });
    const collection = await newCollection('addressbook');
    const source = chunks('Name;Phone\nJörg;1\n', 1);
    expect(await importObjects(context, { collection, source, policy: 'skip' })).toMatchObject({ created: 1 });
  });

  it('names files by UID where that makes a file name, and otherwise by an identifier', async () => {
    const book = await newCollection('addressbook');
    await load(book, card('plain-1', 'A') + card('http://x/../y?', 'B'));
    const names = (await listEntries(context.db, book.organisation_id, book.collection_id)).map((e) => e.name);
    expect(names).toContain('plain-1.vcf');
    expect(names.find((name) => name !== 'plain-1.vcf')).toMatch(/^[0-9a-f-]{36}\.vcf$/);
  });

  it('stores nothing for a file that holds no card, and says so', async () => {
    const book = await newCollection('addressbook');
    expect(await load(book, Buffer.from([0, 1, 2, 255, 254]))).toMatchObject({ created: 0, refusedCount: 1 });
    expect(await load(book, '')).toMatchObject({ created: 0, read: 0, refusedCount: 0 });
  });
});

describe('import of calendars', () => {
  const event = (uid: string, summary: string) =>
    `BEGIN:VEVENT\r\nUID:${uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260102T100000Z\r\nSUMMARY:${summary}\r\nEND:VEVENT\r\n`;
  const calendar = (...events: string[]) =>
    `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n${events.join('')}END:VCALENDAR\r\n`;

  it('puts vCalendar 1.0 into iCalendar, and reports a rule that has no equal with its line', async () => {
    const calendar = await newCollection('calendar');
    const event = (uid: string, rule: string) =>
      `BEGIN:VEVENT\r\nUID:${uid}\r\nDTSTART:20260105T090000Z\r\nRRULE:${rule}\r\nEND:VEVENT\r\n`;
    const file = `BEGIN:VCALENDAR\r\nVERSION:1.0\r\n${event('old', 'W1 MO WE #10')}${event('odd', 'YM1 6 #10 MP1 1+ SU')}END:VCALENDAR\r\n`;
    const report = await load(calendar, file);
    expect(report).toMatchObject({ created: 1, read: 2, refusedCount: 1 });
    expect(report.refused[0]).toMatchObject({ index: 2, line: 8, uid: 'odd', code: 'valid-calendar-data' });
    expect(await exported(calendar)).toContain('RRULE:FREQ=WEEKLY;COUNT=10;BYDAY=MO,WE');
    expect(await load(calendar, file)).toMatchObject({ created: 0, skipped: 1 });
  });

  it('stores one object per UID and exports them as one calendar', async () => {
    const collection = await newCollection('calendar');
    const report = await load(collection, calendar(event('one', 'Breakfast'), event('two', 'Lunch')));
    expect(report).toMatchObject({ created: 2, refusedCount: 0 });
    const file = await exported(collection);
    expect(file.match(/BEGIN:VCALENDAR/g)).toHaveLength(1);
    expect(file).toContain(event('one', 'Breakfast'));
    expect(file).toContain(event('two', 'Lunch'));
  });
});
