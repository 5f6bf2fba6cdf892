/** The reports of an address book on the directory (RFC 6352 §8.6, §8.7, RFC 6578): its cards are few and made, not stored. */
import type { DirectoryMembers } from '../../store/directory.ts';
import { readCard } from '../../vcard/card.ts';
import { cardMatcher } from '../../vcard/filter.ts';
import { child, type Element, hrefsIn } from '../../xml/element.ts';
import { statusResponse } from '../../xml/multistatus.ts';
import { carddav, dav } from '../../xml/names.ts';
import { textElement } from '../../xml/write.ts';
import { answerMultistatus } from '../answer.ts';
import { askedIn } from '../asked.ts';
import { DIRECTORY_HREF, directoryCards, directoryToken, membersOfDirectory, stateOfToken } from '../directory.ts';
import { responsesFor } from '../propstats.ts';
import type { DavRequest, Depth } from '../request.ts';
import type { DirectoryCardResource, DirectoryResource } from '../resource.ts';
import { cardFilterIn } from './card-filter.ts';
import { addressDataColumn } from './data-column.ts';
import { limitIn } from './found-objects.ts';
import { readablePath } from './multiget.ts';
import { report } from './report.ts';
import { invalidToken } from './sync-changes.ts';
import { syncRequestIn } from './sync-collection.ts';

type Target = DirectoryResource | DirectoryCardResource;

const TOO_MANY = statusResponse(DIRECTORY_HREF, 507, dav('number-of-matches-within-limits'));

async function query(request: DavRequest, resource: Target, body: Element): Promise<void> {
  const matches = cardMatcher(cardFilterIn(child(body, carddav('filter'))));
  const data = addressDataColumn(body);
  const limit = limitIn(body, carddav) ?? Number.POSITIVE_INFINITY;
  const among = resource.kind === 'directory' ? await directoryCards(request) : [resource];
  const found = among.filter((card) => matches(readCard(card.body)));
  const responses = await responsesFor(found.slice(0, limit), askedIn(body), request, data);
  await answerMultistatus(request.ctx, [responses, found.length > limit ? TOO_MANY : '']);
}

async function multiget(request: DavRequest, resource: Target, body: Element): Promise<void> {
  const cards = resource.kind === 'directory' ? await directoryCards(request) : [resource];
  const byPath = new Map(cards.map((card) => [card.path.join('/'), card]));
  const found: DirectoryCardResource[] = [];
  let missing = '';
  for (const href of new Set(hrefsIn(body))) {
    const card = byPath.get(readablePath(href, request)?.join('/') ?? '');
    if (card) found.push(card);
    else missing += statusResponse(href, 404);
  }
  await answerMultistatus(request.ctx, [
    await responsesFor(found, askedIn(body), request, addressDataColumn(body)),
    missing,
  ]);
}

async function sync(request: DavRequest, _resource: DirectoryResource, body: Element, depth: Depth): Promise<void> {
  const { token, limit, asked } = syncRequestIn(request, body, depth);
  const before = token === '' ? {} : await stateOfToken(request.app, request.principal.organisation_id, token);
  if (!before) throw invalidToken();
  const cards = await directoryCards(request);
  const now = membersOfDirectory(cards);
  const changed = cards.filter(({ object }) => before[object.name] !== object.etag);
  const gone = Object.keys(before).filter((name) => now[name] === undefined);
  const listed = changed.slice(0, limit);
  const listedGone = gone.slice(0, limit - listed.length);
  const whole = listed.length === changed.length && listedGone.length === gone.length;
  const told = whole ? now : afterwards(before, listed, listedGone);
  await answerMultistatus(request.ctx, [
    await responsesFor(listed, asked, request, addressDataColumn(body)),
    ...listedGone.map((name) => statusResponse(DIRECTORY_HREF + name, 404)),
    whole ? '' : TOO_MANY,
    textElement(dav('sync-token'), await directoryToken(request, told)),
  ]);
}

/** What a device knows that was told a part of the changes. */
function afterwards(
  before: DirectoryMembers,
  changed: readonly DirectoryCardResource[],
  gone: readonly string[],
): DirectoryMembers {
  const after = { ...before, ...membersOfDirectory(changed) };
  for (const name of gone) delete after[name];
  return after;
}

export const DIRECTORY_REPORTS = [
  report<Target>({
    name: carddav('addressbook-query'),
    rfc: '6352 §8.6',
    on: ['directory', 'directoryCard'],
    run: query,
  }),
  report<Target>({
    name: carddav('addressbook-multiget'),
    rfc: '6352 §8.7',
    on: ['directory', 'directoryCard'],
    run: multiget,
  }),
  report<DirectoryResource>({ name: dav('sync-collection'), rfc: '6578 §3.2', on: ['directory'], run: sync }),
];
