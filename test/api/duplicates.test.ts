import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import { rescoreStale } from '../../src/commands/rescore-cards.ts';
import { findLogin } from '../../src/store/principals.ts';
import { type ApiClient, ApiFailure, apiClient, basic } from '../support/api-client.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let people = 0;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const PASSWORD = 'correct horse';

interface Person {
  readonly api: ApiClient;
  readonly name: string;
  readonly book: string;
}

async function newPerson(): Promise<Person> {
  const name = `person${++people}`;
  const organisationId = await createOrganisation(server.context, `organisation of ${name}`);
  await createPrincipal(server.context, { organisationId, kind: 'user', name, password: PASSWORD });
  const api = apiClient(server.url, basic(name, PASSWORD));
  const { items } = await api.call('listCollections');
  return { api, name, book: items.find((item) => item.kind === 'addressbook')!.id };
}

async function rescore(name: string): Promise<void> {
  const login = (await findLogin(server.context.db, name))!;
  await rescoreStale(server.context, { organisationId: login.organisation_id, principalId: login.principal_id });
}

const card = (uid: string, ...lines: string[]) =>
  ['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, ...lines, 'END:VCARD', ''].join('\r\n');

const ANNA = card(
  'anna-1',
  'FN:Anna Berger',
  'N:Berger;Anna;;;',
  'TEL;TYPE=CELL:+49 170 1234567',
  'EMAIL:anna.berger@example.org',
  'item1.URL:https://anna.example.org',
  'item1.X-ABLabel:_$!<HomePage>!$_',
);
const ANNA_AGAIN = card(
  'anna-2',
  'FN:Anna Berger',
  'N:Berger;Anna;;;',
  'TEL;TYPE=CELL:0049 170 1234567',
  'EMAIL:anna.berger@example.org',
  'NOTE:met in Bern',
  'BDAY:1980-02-03',
);
const BOB = card('bob-1', 'FN:Bob Carpenter', 'N:Carpenter;Bob;;;', 'TEL:+1 212 555 0143');
const BOB_COPY = BOB.replace('bob-1', 'bob-2');
const OTHER = card('eve-1', 'FN:Eve Dubois', 'N:Dubois;Eve;;;', 'EMAIL:eve@example.com');
const GROUP = [
  'BEGIN:VCARD',
  'VERSION:3.0',
  'UID:group-1',
  'FN:Friends',
  'N:Friends;;;;',
  'X-ADDRESSBOOKSERVER-KIND:group',
  'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:anna-2',
  'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:bob-1',
  'END:VCARD',
  '',
].join('\r\n');
const BOOK = ANNA + ANNA_AGAIN + BOB + BOB_COPY + OTHER + GROUP;

async function filledBook(): Promise<Person> {
  const person = await newPerson();
  const report = await person.api.call('importObjects', {
    parameters: { id: person.book },
    query: { policy: 'skip' },
    raw: BOOK,
    headers: { 'Content-Type': 'text/vcard' },
  });
  expect(report).toMatchObject({ created: 6, refusedCount: 0 });
  await searched(person.api);
  return person;
}

/** A full run, and its end. */
async function searched(api: ApiClient): Promise<void> {
  const run = await api.call('startRun');
  for (;;) {
    const now = await api.call('showRun', { parameters: { id: run.id } });
    if (now.state === 'running') continue;
    expect(now).toMatchObject({ state: 'done', error: null });
    return;
  }
}

async function exported({ api, book }: Person): Promise<string> {
  return (await api.call('exportCollection', { parameters: { id: book } })).toString();
}

const sorted = (file: string) => file.split(/(?<=END:VCARD\r\n)/).sort();

async function failure(work: Promise<unknown>): Promise<ApiFailure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ApiFailure) return error;
    throw error;
  }
  throw new Error('the call succeeded');
}

describe('the whole way from a file to a merge and back', () => {
  it('finds the duplicates, ranks the certain ones first and says why', async () => {
    const { api } = await filledBook();
    const page = await api.call('listSuggestions');
    expect(page.items.map((item) => item.members.map((member) => member.uid).sort())).toEqual(
      expect.arrayContaining([
        ['anna-1', 'anna-2'],
        ['bob-1', 'bob-2'],
      ]),
    );
    expect(page.items).toHaveLength(2);
    expect(page.total).toBe(2);
    expect(page.counts.certain + page.counts.likely + page.counts.possible).toBe(2);
    expect(page.items.find((item) => item.members[0]!.uid?.startsWith('bob'))!.exact).toBe(true);
    const anna = page.items.find((item) => item.members[0]!.uid?.startsWith('anna'))!;
    expect(anna).toMatchObject({ exact: false, confirm: false });
    expect(anna.reasons.length).toBeGreaterThan(0);
    expect(page.lastRun?.state).toBe('done');
  });

  it('gives the same list in pages, each place once, and narrows it by tier and book', async () => {
    const person = await filledBook();
    const { api } = person;
    const whole = await api.call('listSuggestions');
    const first = await api.call('listSuggestions', { query: { limit: 1 } });
    const second = await api.call('listSuggestions', { query: { limit: 1, cursor: first.nextCursor! } });
    expect([...first.items, ...second.items]).toEqual(whole.items);
    expect(whole.items.map((item) => item.rank)).toEqual([1, 2]);
    expect(second.nextCursor).toBeNull();
    const { tier } = whole.items[0]!;
    const ofTier = await api.call('listSuggestions', { query: { tier } });
    expect(ofTier.items).toEqual(whole.items.filter((item) => item.tier === tier));
    expect(ofTier.counts).toEqual(whole.counts);
    const other = await api.call('createCollection', { body: { kind: 'addressbook', displayName: 'Other' } });
    expect((await api.call('listSuggestions', { query: { collectionId: other.id } })).total).toBe(0);
    expect((await api.call('listSuggestions', { query: { collectionId: person.book } })).total).toBe(2);
  });

  it('lists two cards of one name that share nothing else only where somebody asks for what is possible', async () => {
    const { api, book } = await filledBook();
    for (const [uid, phone] of [
      ['eve-2', '+49 151 5550001'],
      ['eve-3', '+49 160 5550002'],
    ] as const) {
      const raw = card(uid, 'FN:Ilse Grünwald', 'N:Grünwald;Ilse;;;', `TEL;TYPE=CELL:${phone}`);
      const headers = { 'Content-Type': 'text/vcard' };
      await api.call('importObjects', { parameters: { id: book }, query: { policy: 'skip' }, raw, headers });
    }
    await searched(api);
    const page = await api.call('listSuggestions');
    expect(page).toMatchObject({ total: 2, counts: { possible: 1 } });
    expect(page.items.map(({ tier }) => tier)).not.toContain('possible');
    const possible = await api.call('listSuggestions', { query: { tier: 'possible' } });
    expect(possible.total).toBe(1);
    expect(possible.items.map(({ members }) => members.map(({ uid }) => uid).sort())).toEqual([['eve-2', 'eve-3']]);
  });

  it('shows cards side by side with states and evidence', async () => {
    const { api } = await filledBook();
    const { items } = await api.call('listSuggestions');
    const anna = items.find((item) => !item.exact)!;
    const detail = await api.call('showSuggestion', { parameters: { id: anna.id } });
    expect(detail.cards[0]!.id).toBe(detail.referenceId);
    const states = new Map(detail.rows.map((row) => [row.property, row.state]));
    expect(states.get('FN')).toBe('identical');
    expect(states.get('TEL')).toBe('equivalent');
    expect(states.get('NOTE')).toBe('only-here');
    expect(detail.pairs).toHaveLength(1);
    expect(detail.pairs[0]!.evidence.reduce((sum, line) => sum + line.weight, 0)).toBeCloseTo(detail.pairs[0]!.score);
  });

  it('merges what the preview showed, in one sync step, and undoes it to the same bytes', async () => {
    const person = await filledBook();
    const { api } = person;
    const before = await exported(person);
    const { items } = await api.call('listSuggestions');
    const anna = items.find((item) => !item.exact)!;
    const reference = anna.members.find((member) => member.uid === 'anna-1')!;
    const other = anna.members.find((member) => member.uid === 'anna-2')!;
    const wish = { referenceId: reference.id, memberIds: [other.id], choices: {} };
    const preview = await api.call('previewMerge', { body: wish });
    expect(preview.vcard).toContain('NOTE:met in Bern');
    expect(preview.vcard).toContain('item1.X-ABLabel:_$!<HomePage>!$_');
    expect(
      preview.fields
        .filter((field) => field.added)
        .map((field) => field.property)
        .sort(),
    ).toEqual(expect.arrayContaining(['BDAY', 'NOTE']));
    expect(preview.groups.map((group) => group.displayName)).toEqual(['Friends']);
    const token = await syncToken(person);
    const merged = await api.call('mergeCards', { body: { ...wish, etags: preview.etags } });
    const change = await syncReport(person, token);
    expect(change.gone).toEqual(['anna-2.vcf']);
    expect(change.changed.sort()).toEqual(['anna-1.vcf', 'group-1.vcf']);
    const after = await exported(person);
    expect(after).toContain(preview.vcard);
    expect(after).toContain('X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:anna-1');
    expect((await api.call('listSuggestions')).items).toHaveLength(1);
    const undone = await api.call('undoMerge', { parameters: { id: merged.merge.id }, body: {} });
    expect(undone.restored).toEqual([other.id]);
    expect(sorted(await exported(person))).toEqual(sorted(before));
    await rescore(person.name);
    expect((await api.call('listSuggestions')).items).toHaveLength(2);
  });

  it('redoes an undone merge and lists both', async () => {
    const person = await filledBook();
    const { api } = person;
    const { items } = await api.call('listSuggestions');
    const [first] = items;
    const wish = {
      referenceId: first!.referenceId,
      memberIds: first!.members.map((member) => member.id).filter((id) => id !== first!.referenceId),
    };
    const preview = await api.call('previewMerge', { body: wish });
    const { merge } = await api.call('mergeCards', { body: { ...wish, etags: preview.etags } });
    const merged = await exported(person);
    await api.call('undoMerge', { parameters: { id: merge.id }, body: {} });
    server.clock.advance(1000);
    await api.call('redoMerge', { parameters: { id: merge.id } });
    expect(sorted(await exported(person))).toEqual(sorted(merged));
    const history = await api.call('listMerges');
    expect(history.items.map((item) => item.undoneAt === null)).toEqual([true, false]);
    const again = await failure(api.call('undoMerge', { parameters: { id: merge.id }, body: {} }));
    expect(again.problem.code).toBe('already-undone');
  });
});

describe('a merge that must not happen', () => {
  it('is refused with 409 and what changed when a card moved on since the preview', async () => {
    const { api } = await filledBook();
    const { items } = await api.call('listSuggestions');
    const anna = items.find((item) => !item.exact)!;
    const [a, b] = anna.members;
    const wish = { referenceId: a!.id, memberIds: [b!.id] };
    const { etags } = await api.call('previewMerge', { body: wish });
    const card = await api.call('showCard', { parameters: { id: b!.id } });
    const vcard = card.vcard.replace('END:VCARD', 'TITLE:Baker\r\nEND:VCARD');
    const edited = await api.call('changeCard', { parameters: { id: b!.id }, body: { vcard, etag: card.etag } });
    const refused = await failure(api.call('mergeCards', { body: { ...wish, etags } }));
    expect(refused.status).toBe(409);
    expect(refused.problem).toMatchObject({ code: 'card-changed', changed: [{ id: b!.id, etag: edited.etag }] });
    await api.call('deleteCard', { parameters: { id: b!.id } });
    const gone = await failure(api.call('mergeCards', { body: { ...wish, etags } }));
    expect(gone.problem).toMatchObject({ code: 'card-changed', changed: [{ id: b!.id, etag: null }] });
  });

  it('does not reach into the books of others', async () => {
    const [mine, theirs] = [await filledBook(), await filledBook()];
    const { items } = await theirs.api.call('listSuggestions');
    const ids = items[0]!.members.map((member) => member.id);
    const refused = await failure(
      mine.api.call('previewMerge', { body: { referenceId: ids[0]!, memberIds: ids.slice(1) } }),
    );
    expect(refused.problem.code).toBe('card-gone');
    for (const attempt of [
      () => mine.api.call('showSuggestion', { parameters: { id: items[0]!.id } }),
      () => mine.api.call('showCard', { parameters: { id: ids[0]! } }),
      () => mine.api.call('exportCollection', { parameters: { id: theirs.book } }),
    ])
      expect((await failure(attempt())).status).toBe(404);
  });

  it('happens once when its request is sent twice under one Idempotency-Key', async () => {
    const { api } = await filledBook();
    const { items } = await api.call('listSuggestions');
    const { referenceId, members } = items[0]!;
    const wish = { referenceId, memberIds: members.map((m) => m.id).filter((id) => id !== referenceId) };
    const { etags } = await api.call('previewMerge', { body: wish });
    const headers = { 'Idempotency-Key': 'one' };
    const first = await api.send('mergeCards', { body: { ...wish, etags }, headers });
    const second = await api.send('mergeCards', { body: { ...wish, etags }, headers });
    expect(second.value).toEqual(first.value);
    expect(second.headers.get('Idempotent-Replay')).toBe('true');
    expect((await api.call('listMerges')).items).toHaveLength(1);
    const other = await failure(api.call('mergeCards', { body: { ...wish, etags: {} }, headers }));
    expect(other.status).toBe(422);
  });
});

describe('decisions', () => {
  it('hide a cluster for good, also from later runs, until they are revoked', async () => {
    const person = await filledBook();
    const { api } = person;
    const { items } = await api.call('listSuggestions');
    const hidden = items.find((item) => !item.exact)!;
    const decision = await api.call('hideCards', { body: { cardIds: hidden.members.map((member) => member.id) } });
    expect((await api.call('listSuggestions')).items.map((item) => item.exact)).toEqual([true]);
    await api.call('startRun');
    await expect.poll(async () => (await api.call('listRuns')).items[0]!.state, { timeout: 30_000 }).toBe('done');
    expect((await api.call('listSuggestions')).items).toHaveLength(1);
    const decisions = await api.call('listDecisions');
    expect(decisions.items.map((item) => item.cards.map((each) => each.uid).sort())).toEqual([['anna-1', 'anna-2']]);
    await api.call('revokeDecision', { parameters: { id: decision.id } });
    expect((await api.call('listSuggestions')).items).toHaveLength(2);
    expect((await api.call('listDecisions')).items).toEqual([]);
  });

  it('outlive an edit of the card that brings no new strong identifier', async () => {
    const person = await filledBook();
    const { api } = person;
    const hidden = (await api.call('listSuggestions')).items.find((item) => !item.exact)!;
    await api.call('hideCards', { body: { cardIds: hidden.members.map((member) => member.id) } });
    const id = hidden.members[0]!.id;
    const card = await api.call('showCard', { parameters: { id } });
    const vcard = card.vcard.replace('END:VCARD', 'TITLE:Baker\r\nEND:VCARD');
    await api.call('changeCard', { parameters: { id }, body: { vcard, etag: card.etag } });
    await rescore(person.name);
    expect((await api.call('listSuggestions')).items.map((item) => item.exact)).toEqual([true]);
  });

  it('postpone a cluster until the moment named', async () => {
    const { api } = await filledBook();
    const { items } = await api.call('listSuggestions');
    const until = new Date(server.clock.now() + 3_600_000).toISOString();
    const cardIds = items[0]!.members.map((member) => member.id);
    await api.call('postponeCards', { body: { cardIds, until } });
    expect((await api.call('listSuggestions')).items).toHaveLength(1);
    server.clock.advance(3_600_001);
    expect((await api.call('listSuggestions')).items).toHaveLength(2);
  });
});

describe('all exact copies at once', () => {
  it('lists them, merges them as one run, and undoes the run', async () => {
    const person = await filledBook();
    const { api } = person;
    const before = await exported(person);
    const list = await api.call('listExactCopies');
    expect(list).toMatchObject({ clusters: 1, copies: 1 });
    const result = await api.call('mergeExact', { body: {} });
    expect(result).toMatchObject({ merged: 1, removed: 1, refused: [] });
    expect(await api.call('listExactCopies')).toMatchObject({ clusters: 0 });
    const undone = await api.call('undoRun', { parameters: { id: result.run.id }, body: {} });
    expect(undone).toMatchObject({ refused: [] });
    expect(undone.undone).toHaveLength(1);
    expect(sorted(await exported(person))).toEqual(sorted(before));
  });

  it('finds them in clusters with cards that only resemble them, which stay', async () => {
    const person = await filledBook();
    const { api, book } = person;
    const headers = { 'Content-Type': 'text/vcard' };
    const raw = ['anna-3', 'anna-4'].map((uid) => ANNA.replace('anna-1', uid)).join('');
    await api.call('importObjects', { parameters: { id: book }, query: { policy: 'keep-both' }, raw, headers });
    await searched(api);
    const before = await exported(person);
    const list = await api.call('listExactCopies');
    expect(list).toMatchObject({ clusters: 2, copies: 3 });
    expect(list.items.map(({ exact, copies }) => [exact, copies]).sort()).toEqual([
      [false, 2],
      [true, 1],
    ]);
    const result = await api.call('mergeExact', { body: {} });
    expect(result).toMatchObject({ merged: 2, removed: 3, refused: [] });
    const { items } = await api.call('listSuggestions');
    expect(items.map(({ members, copies }) => [members.length, copies])).toEqual([[2, 0]]);
    await api.call('undoRun', { parameters: { id: result.run.id }, body: {} });
    expect(sorted(await exported(person))).toEqual(sorted(before));
  });

  it('leaves those alone that are named as exceptions', async () => {
    const person = await filledBook();
    const { api } = person;
    const before = await exported(person);
    const { items } = await api.call('listSuggestions');
    const exceptSuggestionIds = items.filter((item) => item.exact).map((item) => item.id);
    expect(exceptSuggestionIds).toHaveLength(1);
    expect(await api.call('mergeExact', { body: { exceptSuggestionIds } })).toMatchObject({ merged: 0, refused: [] });
    expect(await exported(person)).toEqual(before);
    expect(await api.call('listExactCopies')).toMatchObject({ clusters: 1 });
    const others = { exceptSuggestionIds: [items.find((item) => !item.exact)!.id] };
    expect(await api.call('mergeExact', { body: others })).toMatchObject({ merged: 1, removed: 1 });
  });
});

describe('asking before saving', () => {
  it('names the cards that are like a card, and not the card itself', async () => {
    const { api } = await filledBook();
    const asked = card('new', 'FN:Berger Anna', 'N:Berger;Anna;;;', 'EMAIL:anna.berger@example.org');
    const { items } = await api.call('similarCards', { body: { vcard: asked } });
    expect(items.map((item) => item.card.uid).sort()).toEqual(['anna-1', 'anna-2']);
    const itself = await api.call('similarCards', { body: { vcard: ANNA } });
    expect(itself.items.map((item) => item.card.uid)).toEqual(['anna-2']);
    expect((await failure(api.call('similarCards', { body: { vcard: 'hello' } }))).status).toBe(400);
  });
});

/** The token and changes of the book as a sync client sees them (RFC 6578). */
async function syncToken(person: Person): Promise<string> {
  return (await syncReport(person, '')).token;
}

async function syncReport(
  person: Person,
  token: string,
): Promise<{ token: string; changed: string[]; gone: string[] }> {
  const response = await fetch(`${server.url}dav/addressbooks/${person.name}/contacts/`, {
    method: 'REPORT',
    headers: { ...basic(person.name, PASSWORD), 'Content-Type': 'application/xml' },
    body: `<?xml version="1.0"?><sync-collection xmlns="DAV:"><sync-token>${token}</sync-token><sync-level>1</sync-level><prop><getetag/></prop></sync-collection>`,
  });
  const text = await response.text();
  expect(response.status, text).toBe(207);
  const parts = text.split(/<(?:\w+:)?response>/).slice(1);
  const nameOf = (part: string) => decodeURIComponent(/href>([^<]*)</.exec(part)![1]!.split('/').at(-1)!);
  const isGone = (part: string) => part.includes(' 404 ');
  return {
    token: /sync-token>([^<]*)</.exec(text)![1]!,
    changed: parts.filter((part) => !isGone(part)).map(nameOf),
    gone: parts.filter(isGone).map(nameOf),
  };
}
