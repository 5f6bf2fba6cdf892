/** Every operation of the API and every method of DAV, tried by everybody who might: what each may, and that others' things look missing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../src/api/operations/operation.ts';
import { API_ROOT, OPERATIONS, type OperationId } from '../../src/api/operations.ts';
import { runNow } from '../../src/commands/run-dedup.ts';
import { METHODS } from '../../src/dav/methods/registry.ts';
import { apiClient, basic } from '../support/api-client.ts';
import { type DavAnswer, type DavClient, davClient } from '../support/dav-client.ts';
import { aCard, anEvent, ICALENDAR, PREFIXES, propfindBody, VCARD } from '../support/dav-server.ts';
import { aPerson, PASSWORD, type Person } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';

/** `foreigner` is an administrator, but of another organisation. `reader` and `writer` were granted that on the owner's book. */
const ROLES = ['stranger', 'colleague', 'foreigner', 'reader', 'writer', 'administrator', 'owner'] as const;
type RoleName = (typeof ROLES)[number];
const OUTSIDERS: readonly RoleName[] = ['colleague', 'foreigner', 'administrator'];

const BOOK = '/dav/addressbooks/owner/contacts/';
const CALENDAR = '/dav/calendars/owner/calendar/';
const CARD = `${BOOK}a.vcf`;

let server: TestServer;
const people = new Map<RoleName, Person>();
const clients = new Map<RoleName, DavClient>();
/** Identifiers of what the owner has. */
const owned: Record<string, string> = {};

beforeAll(async () => {
  server = await startServer();
  const owner = await aPerson(server, { name: 'owner' });
  people.set('owner', owner);
  const { organisationId } = owner;
  for (const name of ['colleague', 'reader', 'writer'] as const)
    people.set(name, await aPerson(server, { name, organisationId }));
  people.set('administrator', await aPerson(server, { name: 'administrator', organisationId, role: 'administrator' }));
  people.set('foreigner', await aPerson(server, { name: 'foreigner', role: 'administrator' }));
  clients.set('stranger', davClient(server.url));
  for (const [role, { name }] of people) clients.set(role, davClient(server.url, { name, password: PASSWORD }));
  await fillOwner();
});
afterAll(() => server.stop());

async function fillOwner(): Promise<void> {
  const send = clients.get('owner')!;
  const twin = (uid: string) => aCard(uid, 'Ann Example', 'EMAIL:ann@example.com', 'TEL:+41 44 668 18 00');
  for (const name of ['a', 'b']) await send('PUT', `${BOOK}${name}.vcf`, twin(name), VCARD);
  await send('PUT', `${BOOK}third.vcf`, aCard('third', 'Zoe Other'), VCARD);
  await send('PUT', `${CALENDAR}e.ics`, anEvent('e'), ICALENDAR);
  await send('PUT', CARD, twin('a').replace('Example\r\nN', 'Sample\r\nN'), VCARD);
  const ace = (who: string, ...names: string[]) =>
    `<D:ace><D:principal><D:href>/dav/principals/users/${who}/</D:href></D:principal><D:grant>${names
      .map((name) => `<D:privilege><D:${name}/></D:privilege>`)
      .join('')}</D:grant></D:ace>`;
  const acl = `<D:acl ${PREFIXES}>${ace('reader', 'read')}${ace('writer', 'read', 'write')}</D:acl>`;
  expect((await send('ACL', BOOK, acl)).status).toBe(200);
  const api = apiClient(server.url, basic('owner', PASSWORD));
  const { items } = await api.call('listCollections');
  owned.book = items.find((each) => each.kind === 'addressbook')!.id;
  const cards = (await api.call('listCards', { query: { collectionId: owned.book } })).items;
  owned.card = cards.find((each) => each.name === 'a.vcf')!.id;
  owned.otherCard = cards.find((each) => each.name === 'b.vcf')!.id;
  owned.thirdCard = cards.find((each) => each.name === 'third.vcf')!.id;
  const { organisationId } = people.get('owner')!;
  owned.user = (await aPerson(server, { name: 'victim', organisationId })).principalId;
  await runNow(server.context, people.get('owner')!, 'manual');
  owned.run = (await api.call('listRuns')).items[0]!.id;
  owned.suggestion = (await api.call('listSuggestions')).items[0]!.id;
  const device = await api.call('createAppPassword', { body: { name: 'Phone' } });
  owned.appPassword = device.appPassword.id;
  owned.secret = device.secret;
  const body = { collectionId: owned.book, cardIds: [owned.card, owned.thirdCard] };
  owned.decision = (await api.call('postponeCards', { body })).id;
  owned.publication = (
    await api.call('createPublication', { parameters: { id: owned.book }, body: {} })
  ).publication.id;
  const administrator = apiClient(server.url, basic('administrator', PASSWORD));
  owned.invitation = (await administrator.call('createInvitation', { body: {} })).invitation.id;
  owned.version = String((await api.call('listVersions', { parameters: { id: owned.card } })).items[0]!.seq);
}

/**
 * Who may call an operation: `anybody`; `account`, for what is the caller's own; `owner`, whose identifiers are in the request,
 * and to all others they name nothing; `cards`, the same for cards of a merge or decision, which to others have gone;
 * `administrator`; `organisation`, the administrator whose users the request names.
 */
type Admission = 'anybody' | 'account' | 'owner' | 'cards' | 'administrator' | 'organisation';

interface Row {
  readonly who: Admission;
  /** Path parameters, as names in `owned`. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: () => Record<string, string>;
  readonly body?: () => unknown;
  /** How everybody else is refused, when not as for a missing thing. */
  readonly refused?: string;
  /** Roles that are judged otherwise than `who` says: those a book is shared with, or nothing of the kind is made here. */
  readonly but?: Partial<Readonly<Record<RoleName, string>>>;
  /** Roles that are told of what is shared with them. */
  readonly tells?: readonly RoleName[];
  /** The identifier need not exist for the owner: nothing of the kind is made here. */
  readonly missing?: true;
}

const ownerOf = (id: string, more: Partial<Row> = {}): Row => ({ who: 'owner', path: { id }, ...more });
/** Something that this test does not make: nobody finds it. */
const noneOf = (more: Partial<Row> = {}): Row => ({ who: 'owner', path: { id: 'none' }, missing: true, ...more });
/** A book is shared with these: they see its duplicates. */
const SHARED = { reader: 'let in', writer: 'let in' };
/** Only who may write a book merges in it. */
const SHARED_TO_WRITE = { reader: '403', writer: 'let in' };
const cardPair = () => ({ cardIds: [owned.card, owned.otherCard] });
const merge = () => ({ referenceId: owned.card, memberIds: [owned.otherCard], etags: {} });
const inBook = () => ({ collectionId: owned.book! });
const ACCOUNT: Row = { who: 'account' };
const ADMINISTRATOR: Row = { who: 'administrator' };
const ofUser = (more: Partial<Row> = {}): Row => ({ who: 'organisation', path: { id: 'user' }, ...more });

/** In an order in which nothing is taken away that a later row needs. */
const API_ROWS: Readonly<Record<string, Row>> = {
  signIn: { who: 'anybody', body: () => ({}) },
  openSetUpLink: { who: 'anybody', path: { ticket: 'none' } },
  showSignInOptions: { who: 'anybody' },
  startOpenId: { who: 'anybody' },
  finishOpenId: { who: 'anybody' },
  showInvitation: { who: 'anybody', body: () => ({ token: 'none' }) },
  acceptInvitation: { who: 'anybody', body: () => ({}) },
  showSession: { ...ACCOUNT, tells: ['reader', 'writer'] },
  signOut: ACCOUNT,
  changePassword: ACCOUNT,
  changeAccount: ACCOUNT,
  showNightSettings: ACCOUNT,
  changeNightSettings: ACCOUNT,
  listAppPasswords: ACCOUNT,
  createAppPassword: ACCOUNT,
  listSessions: ACCOUNT,
  endSessions: ACCOUNT,
  endSession: noneOf(),
  showSecondFactor: ACCOUNT,
  beginSecondFactor: ACCOUNT,
  confirmSecondFactor: ACCOUNT,
  endSecondFactor: ACCOUNT,
  listCollections: ACCOUNT,
  createCollection: ACCOUNT,
  listCards: { who: 'owner', query: inBook, but: SHARED },
  listSuggestions: { who: 'owner', query: inBook, but: SHARED },
  listExactCopies: { who: 'owner', query: inBook },
  listEvents: ACCOUNT,
  listRuns: ACCOUNT,
  listNights: ACCOUNT,
  listDecisions: ACCOUNT,
  listMerges: ACCOUNT,
  listSubscriptions: ACCOUNT,
  listSharedCollections: { ...ACCOUNT, tells: ['reader', 'writer'] },
  listConflictCopies: ACCOUNT,
  listDeletedCollections: ACCOUNT,
  listHeldDeletions: ACCOUNT,
  showDeletionSettings: ACCOUNT,
  changeDeletionSettings: ACCOUNT,
  createSubscription: ACCOUNT,
  similarCards: { who: 'account', body: () => ({ vcard: aCard('s', 'Ann Example', 'EMAIL:ann@example.com') }) },
  showSuggestion: ownerOf('suggestion'),
  previewMerge: { who: 'cards', body: merge, but: SHARED_TO_WRITE },
  mergeCards: { who: 'cards', body: merge, but: SHARED_TO_WRITE },
  startRun: ACCOUNT,
  createSetUpLink: ownerOf('appPassword', {
    refused: '403',
    body: () => ({ secret: owned.secret }),
  }),
  changeCollection: ownerOf('book', { body: () => ({ displayName: 'Friends' }) }),
  importObjects: ownerOf('book'),
  exportCollection: ownerOf('book', { but: SHARED }),
  listPublications: ownerOf('book'),
  createPublication: ownerOf('book', { body: () => ({}) }),
  revokePublication: ownerOf('publication'),
  listShares: ownerOf('book'),
  shareCollection: ownerOf('book', { body: () => ({ name: 'victim', may: 'read' }) }),
  changeSubscription: noneOf({ body: () => ({}) }),
  deleteSubscription: noneOf(),
  refreshSubscription: noneOf(),
  listDeleted: ownerOf('book'),
  listVersions: ownerOf('card'),
  listCardGroups: ownerOf('card', { but: SHARED }),
  showVersion: ownerOf('book', { path: { id: 'book', seq: 'version' } }),
  restoreVersion: ownerOf('book', { path: { id: 'book', seq: 'version' } }),
  restoreCollection: ownerOf('book', { body: () => ({ moment: new Date(server.clock.now() - 1).toISOString() }) }),
  showConflictCopy: noneOf(),
  takeBackConflictCopy: noneOf(),
  restoreDeletedCollection: noneOf(),
  forgetDeletedCollection: noneOf(),
  confirmDeletions: noneOf(),
  discardDeletions: noneOf(),
  dropConflictCopy: noneOf(),
  createCard: { who: 'owner', body: () => ({ ...inBook(), vcard: aCard('c', 'Cid') }), but: SHARED_TO_WRITE },
  createCardFromForm: ACCOUNT,
  similarToForm: ACCOUNT,
  showCard: ownerOf('card', { but: SHARED }),
  changeCard: ownerOf('card', { body: () => ({ vcard: aCard('a'), etag: 'old' }), but: SHARED_TO_WRITE }),
  showCardForm: ownerOf('card', { but: SHARED }),
  editCard: ACCOUNT,
  moveCard: ACCOUNT,
  showPhoto: noneOf(),
  showRun: ownerOf('run'),
  undoRun: ownerOf('run', { body: () => ({}) }),
  mergeExact: { who: 'account', body: () => ({ suggestionIds: [] }) },
  hideCards: { who: 'cards', body: cardPair, but: SHARED },
  postponeCards: { who: 'cards', body: cardPair, but: SHARED },
  revokeDecision: ownerOf('decision'),
  undoMerge: noneOf({ body: () => ({}) }),
  redoMerge: noneOf(),
  renameAppPassword: ownerOf('appPassword', { body: () => ({ name: 'Tablet' }) }),
  revokeAppPassword: ownerOf('appPassword'),
  revokeAppPasswords: ACCOUNT,
  listSignIns: ACCOUNT,
  renewRecoveryCodes: ACCOUNT,
  showOrganisation: ADMINISTRATOR,
  changeOrganisation: { who: 'administrator', body: () => ({}) },
  listPrincipals: ADMINISTRATOR,
  createPrincipal: { who: 'administrator', body: () => ({}) },
  changePrincipal: ofUser({ path: { id: 'none' }, body: () => ({}), but: { administrator: '404' } }),
  deletePrincipal: ofUser({
    path: { id: 'none' },
    query: () => ({ confirm: 'nobody' }),
    but: { administrator: '404' },
  }),
  listInvitations: ADMINISTRATOR,
  createInvitation: { who: 'administrator', body: () => ({}) },
  listUsers: ADMINISTRATOR,
  createUser: { who: 'administrator', body: () => ({ name: 'no/name' }) },
  importUsers: ADMINISTRATOR,
  listAllRuns: ADMINISTRATOR,
  listAuditEntries: ADMINISTRATOR,
  revokeInvitation: ofUser({ path: { id: 'invitation' } }),
  showUser: ofUser(),
  changeUser: ofUser({ body: () => ({ displayName: 'Colleague' }) }),
  addAlias: ofUser({ body: () => ({ name: 'friend' }) }),
  removeAlias: ofUser({ path: { id: 'user', name: 'alias' } }),
  resetUserPassword: ofUser({ body: () => ({}) }),
  endUserSecondFactor: ofUser(),
  deleteUser: ofUser({ query: () => ({ confirm: 'somebody else' }) }),
  deleteCard: ownerOf('card', { query: () => ({ etag: 'old' }), but: SHARED_TO_WRITE }),
  leaveSharedCollection: { who: 'owner', path: { id: 'book' }, missing: true, but: SHARED },
  deleteCollection: ownerOf('book'),
};

async function call(role: RoleName, id: OperationId, row: Row): Promise<{ status: number; text: string }> {
  const operation: Operation = OPERATIONS[id];
  const none: Record<string, string> = { none: '01900000-0000-7000-8000-000000000000', alias: 'friend' };
  const segmentOf = (key: string) =>
    encodeURIComponent(none[row.path?.[key] ?? ''] ?? owned[row.path?.[key] ?? ''] ?? none.none!);
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, key: string) => segmentOf(key));
  const url = new URL(`${API_ROOT}${path}`, server.url);
  for (const [name, value] of Object.entries(row.query?.() ?? {})) url.searchParams.set(name, value);
  const streamed = operation.streamedBody && { body: 'name\n', type: operation.streamedBody[0]! };
  const json = operation.body && { body: JSON.stringify(row.body?.() ?? {}), type: 'application/json' };
  const sent = streamed ?? json;
  const answer = await fetch(url, {
    method: operation.method,
    redirect: 'manual',
    headers: {
      ...(role === 'stranger' ? {} : basic(people.get(role)!.name, PASSWORD)),
      ...(sent ? { 'Content-Type': sent.type } : {}),
    },
    ...(sent ? { body: sent.body } : {}),
  });
  return { status: answer.status, text: await answer.text() };
}

/** What the answer says of the role's rights: the status where it is about them, else that the operation was performed or judged. */
function verdict(status: number, text: string): string {
  if (status === 409 && /card-gone|"etag":null/.test(text)) return '409 gone';
  return [401, 403, 404].includes(status) ? String(status) : 'let in';
}

function expectedOf(role: RoleName, { who, missing, but, refused = '404' }: Row): string {
  const exception = but?.[role];
  if (exception) return exception;
  if (who === 'anybody') return 'let in';
  if (role === 'stranger') return '401';
  if (who === 'account') return 'let in';
  if (who === 'owner') return role === 'owner' && !missing ? 'let in' : refused;
  if (who === 'cards') return role === 'owner' ? 'let in' : '409 gone';
  if (role === 'administrator') return 'let in';
  if (role !== 'foreigner') return '403';
  return who === 'organisation' ? '404' : 'let in';
}

describe('the operations of the API', () => {
  it('all stand in the table', () => {
    expect(Object.keys(API_ROWS).sort()).toEqual(Object.keys(OPERATIONS).sort());
  });

  it.each(Object.entries(API_ROWS))('%s lets in whom it should', async (id, row) => {
    for (const role of ROLES) {
      const { status, text } = await call(role, id as OperationId, row);
      expect(status, `${role}: ${text}`).toBeLessThan(500);
      const seen = row.who === 'anybody' && [403, 404].includes(status) ? 'let in' : verdict(status, text);
      expect(seen, `${role}: ${status} ${text.slice(0, 200)}`).toBe(expectedOf(role, row));
      if (role === 'owner' || row.tells?.includes(role)) continue;
      if (!['owner', 'cards'].includes(row.who) && id !== 'listAuditEntries')
        for (const [name, secret] of Object.entries(owned))
          if (!['user', 'version', 'invitation', 'run'].includes(name))
            expect(text, `${role} sees ${name}`).not.toContain(secret);
    }
  });
});

interface DavRow {
  readonly method: string;
  readonly path: (role: RoleName) => string;
  readonly body?: string;
  readonly headers?: (role: RoleName) => Record<string, string>;
  /** Status classes of success and refusal. */
  readonly reader: number;
  readonly writer: number;
  readonly owner: number;
}

const OK = 2;
const NO = 403;
const card = () => CARD;
const book = () => BOOK;
const ofRole = (base: string, end: string) => (role: RoleName) => `${base}${role}${end}`;
const patch = `<D:propertyupdate ${PREFIXES}><D:set><D:prop><x xmlns="urn:x">1</x></D:prop></D:set></D:propertyupdate>`;
const lockInfo = `<D:lockinfo ${PREFIXES}><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockinfo>`;
const query = `<CR:addressbook-query ${PREFIXES}><D:prop><D:getetag/></D:prop><CR:filter/></CR:addressbook-query>`;
const sync = `<D:sync-collection ${PREFIXES}><D:sync-token/><D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>`;
const to = (end: string) => (role: RoleName) => ({ destination: `${BOOK}${role}${end}` });

const DAV_ROWS: readonly DavRow[] = [
  { method: 'OPTIONS', path: book, reader: OK, writer: OK, owner: OK },
  { method: 'GET', path: card, reader: OK, writer: OK, owner: OK },
  { method: 'HEAD', path: card, reader: OK, writer: OK, owner: OK },
  {
    method: 'PROPFIND',
    path: book,
    body: propfindBody('D:getetag'),
    headers: () => ({ depth: '1' }),
    reader: OK,
    writer: OK,
    owner: OK,
  },
  {
    method: 'PROPFIND',
    path: card,
    body: propfindBody('D:getetag'),
    headers: () => ({ depth: '0' }),
    reader: OK,
    writer: OK,
    owner: OK,
  },
  { method: 'REPORT', path: book, body: query, headers: () => ({ depth: '1' }), reader: OK, writer: OK, owner: OK },
  { method: 'REPORT', path: book, body: sync, reader: OK, writer: OK, owner: OK },
  { method: 'PUT', path: card, body: aCard('a', 'Put'), headers: () => VCARD, reader: NO, writer: OK, owner: OK },
  {
    method: 'PUT',
    path: ofRole(BOOK, '-put.vcf'),
    body: 'own',
    headers: () => VCARD,
    reader: NO,
    writer: OK,
    owner: OK,
  },
  { method: 'POST', path: book, body: 'own', headers: () => VCARD, reader: NO, writer: OK, owner: OK },
  { method: 'PROPPATCH', path: card, body: patch, reader: NO, writer: OK, owner: OK },
  { method: 'PROPPATCH', path: book, body: patch, reader: NO, writer: OK, owner: OK },
  { method: 'LOCK', path: card, body: lockInfo, reader: NO, writer: OK, owner: OK },
  { method: 'UNLOCK', path: card, reader: NO, writer: NO, owner: OK },
  { method: 'COPY', path: card, headers: to('-copied.vcf'), reader: NO, writer: 409, owner: 409 },
  { method: 'MOVE', path: card, headers: to('-moved.vcf'), reader: NO, writer: OK, owner: OK },
  { method: 'MKCOL', path: ofRole('/dav/addressbooks/owner/', '-book/'), reader: 409, writer: 409, owner: OK },
  { method: 'MKCALENDAR', path: ofRole('/dav/calendars/owner/', '-calendar/'), reader: 409, writer: 409, owner: OK },
  { method: 'ACL', path: () => CALENDAR, body: `<D:acl ${PREFIXES}/>`, reader: 404, writer: 404, owner: OK },
  { method: 'DELETE', path: card, reader: NO, writer: OK, owner: OK },
];

const MISSING_OWNER = (path: string) => path.replace('/owner/', '/nobody/');

async function attempt(row: DavRow, role: RoleName, path = row.path(role)): Promise<DavAnswer> {
  const owner = clients.get('owner')!;
  await owner('PUT', CARD, aCard('a', `Before ${role}`), VCARD);
  const lock = row.method === 'UNLOCK' ? (await owner('LOCK', CARD, lockInfo)).headers['lock-token'] : undefined;
  const body = row.body === 'own' ? aCard(`${row.method}-${role}-${path.length}`, role) : row.body;
  const headers: Record<string, string> = { ...row.headers?.(role), ...(lock ? { 'lock-token': lock } : {}) };
  const answer = await clients.get(role)!(row.method, path, body, headers);
  const left = row.method === 'LOCK' ? answer.headers['lock-token'] : lock;
  if (left) await owner('UNLOCK', CARD, undefined, { 'lock-token': left });
  const moved = headers.destination;
  if (row.method === 'MOVE' && moved) await owner('DELETE', moved);
  return answer;
}

/** 2 for a success, else the status itself. */
const classOf = ({ status }: DavAnswer): number => (status >= 200 && status < 300 ? OK : status);

describe('the methods of DAV', () => {
  beforeAll(async () => {
    // the rows above have deleted the book with its grants
    const send = clients.get('owner')!;
    await send(
      'MKCOL',
      BOOK,
      `<D:mkcol ${PREFIXES}><D:set><D:prop><D:resourcetype><D:collection/><CR:addressbook/></D:resourcetype></D:prop></D:set></D:mkcol>`,
    );
    const grants = [
      ['reader', '<D:privilege><D:read/></D:privilege>'],
      ['writer', '<D:privilege><D:read/></D:privilege><D:privilege><D:write/></D:privilege>'],
    ].map(
      ([who, names]) =>
        `<D:ace><D:principal><D:href>/dav/principals/users/${who}/</D:href></D:principal><D:grant>${names}</D:grant></D:ace>`,
    );
    expect((await send('ACL', BOOK, `<D:acl ${PREFIXES}>${grants.join('')}</D:acl>`)).status).toBe(200);
    await send('PUT', CARD, aCard('a'), VCARD);
  });

  it('all stand in the table', () => {
    expect(new Set(DAV_ROWS.map(({ method }) => method))).toEqual(new Set(METHODS.map(({ name }) => name)));
  });

  it.each(DAV_ROWS.map((row) => [`${row.method} ${row.path('owner')}`, row] as const))(
    '%s lets in whom it should',
    async (_, row) => {
      expect((await attempt(row, 'stranger')).status).toBe(401);
      for (const role of OUTSIDERS) {
        const [theirs, missing] = [await attempt(row, role), await attempt(row, role, MISSING_OWNER(row.path(role)))];
        expect(theirs.status, `${role} ${theirs.text}`).toBe(missing.status);
        if (row.method !== 'OPTIONS') expect(classOf(theirs), `${role} ${theirs.text}`).not.toBe(OK);
        expect(theirs.text).not.toContain('Before');
      }
      for (const role of ['reader', 'writer', 'owner'] as const) {
        const answer = await attempt(row, role);
        expect(classOf(answer), `${role} ${answer.status} ${answer.text}`).toBe(row[role]);
      }
    },
  );
});
