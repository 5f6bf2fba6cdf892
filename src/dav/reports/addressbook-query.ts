/** addressbook-query (RFC 6352 §8.6): answered from the index where that is exact, from the cards otherwise. */
import { bodiesOf, findEntries } from '../../store/object-pages.ts';
import { findObject } from '../../store/objects.ts';
import { readCard } from '../../vcard/card.ts';
import { type CardFilter, cardMatcher } from '../../vcard/filter.ts';
import { indexMatcher } from '../../vcard/index-filter.ts';
import { child, type Element } from '../../xml/element.ts';
import { carddav } from '../../xml/names.ts';
import { answerMultistatus } from '../answer.ts';
import type { DavRequest } from '../request.ts';
import { type CollectionResource, isObject, type ObjectResource } from '../resource.ts';
import { cardsOf } from './book-index.ts';
import { cardFilterIn } from './card-filter.ts';
import { addressDataColumn } from './data-column.ts';
import { answerFor, collectionOf, limitIn, type Match, responsesOf } from './found-objects.ts';
import { report } from './report.ts';

type Target = CollectionResource | ObjectResource;

async function run(request: DavRequest, resource: Target, body: Element): Promise<void> {
  const filter = cardFilterIn(child(body, carddav('filter')));
  const data = addressDataColumn(body);
  const collection = isObject(resource) ? collectionOf(resource) : resource;
  const answer = answerFor(request, collection, body, data, limitIn(body, carddav));
  const pages = isObject(resource) ? matchesOf(request, resource, filter) : matchesIn(request, resource, filter);
  await answerMultistatus(request.ctx, responsesOf(request, answer, pages));
}

async function* matchesOf({ app }: DavRequest, { collection, object }: ObjectResource, filter: CardFilter) {
  const found = await findObject(app.db, collection.organisation_id, collection.collection_id, object.name);
  if (found && cardMatcher(filter)(readCard(found.body))) yield [found];
}

/** Whatever the Depth: no filter matches a book itself, and clients of Windows ask for its cards with Depth 0. */
async function* matchesIn(
  { app }: DavRequest,
  { collection }: CollectionResource,
  filter: CardFilter,
): AsyncGenerator<Match[]> {
  const matcher = indexMatcher(filter);
  const { organisation_id, collection_id } = collection;
  for await (const page of cardsOf(app, collection, matcher)) {
    const matching: string[] = [];
    const uncertain: string[] = [];
    for (const { name, index } of page) {
      const matches = index && matcher.verdict(index);
      if (matches) matching.push(name);
      else if (matches === undefined) uncertain.push(name);
    }
    if (matching.length > 0) yield findEntries(app.db, organisation_id, collection_id, matching);
    if (uncertain.length > 0) yield* cardsAmong(app.db, collection, uncertain, filter);
  }
}

/** Those of the named cards that match by what they say themselves, read a batch at a time. */
async function* cardsAmong(
  db: DavRequest['app']['db'],
  { organisation_id, collection_id }: CollectionResource['collection'],
  names: readonly string[],
  filter: CardFilter,
): AsyncGenerator<Match[]> {
  const matches = cardMatcher(filter);
  const entries = await findEntries(db, organisation_id, collection_id, names);
  for await (const batch of bodiesOf(db, organisation_id, collection_id, entries))
    yield batch.filter(({ body }) => matches(readCard(body)));
}

export const ADDRESSBOOK_QUERY = report<Target>({
  name: carddav('addressbook-query'),
  rfc: '6352 §8.6',
  on: ['addressbook', 'addressObject'],
  run,
});
