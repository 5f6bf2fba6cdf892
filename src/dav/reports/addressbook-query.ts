/** addressbook-query (RFC 6352 §8.6): answered from the index where that is exact, from the cards otherwise. */
import { bodiesOf, type IndexedEntry, indexedPages } from '../../store/object-pages.ts';
import { findObject } from '../../store/objects.ts';
import { readCard } from '../../vcard/card.ts';
import { type CardFilter, cardMatcher } from '../../vcard/filter.ts';
import { child, type Element } from '../../xml/element.ts';
import { carddav } from '../../xml/names.ts';
import { answerMultistatus } from '../answer.ts';
import type { DavRequest, Depth } from '../request.ts';
import { type CollectionResource, isObject, type ObjectResource } from '../resource.ts';
import { cardFilterIn, indexMatcher } from './card-filter.ts';
import { addressDataColumn } from './data-column.ts';
import { answerFor, collectionOf, limitIn, type Match, responsesOf } from './found-objects.ts';
import { report } from './report.ts';

type Target = CollectionResource | ObjectResource;

async function run(request: DavRequest, resource: Target, body: Element, depth: Depth): Promise<void> {
  const filter = cardFilterIn(child(body, carddav('filter')));
  const data = addressDataColumn(body);
  const collection = isObject(resource) ? collectionOf(resource) : resource;
  const answer = answerFor(request, collection, body, data, limitIn(body, carddav));
  const pages = isObject(resource) ? matchesOf(request, resource, filter) : matchesIn(request, resource, filter, depth);
  await answerMultistatus(request.ctx, responsesOf(request, answer, pages));
}

async function* matchesOf({ app }: DavRequest, { collection, object }: ObjectResource, filter: CardFilter) {
  const found = await findObject(app.db, collection.organisation_id, collection.collection_id, object.name);
  if (found && cardMatcher(filter)(readCard(found.body))) yield [found];
}

/** Depth 0 asks the collection alone, which is no card; a request without Depth means its members, as every client does. */
async function* matchesIn(
  request: DavRequest,
  { collection }: CollectionResource,
  filter: CardFilter,
  depth: Depth,
): AsyncGenerator<Match[]> {
  if (depth === '0' && request.ctx.get('Depth') !== '') return;
  const byIndex = indexMatcher(filter);
  const byCard = cardMatcher(filter);
  const { organisation_id, collection_id } = collection;
  const cardsAmong = async (entries: readonly IndexedEntry[]) => {
    const matches: Match[] = [];
    for await (const batch of bodiesOf(request.app.db, organisation_id, collection_id, entries))
      for (const object of batch) if (byCard(readCard(object.body))) matches.push(object);
    return matches;
  };
  for await (const page of indexedPages(request.app.db, organisation_id, collection_id, byIndex?.properties ?? [])) {
    if (!byIndex || page.some((entry) => entry.index === undefined)) yield cardsAmong(page);
    else yield page.filter((entry) => byIndex.matches(entry.index!));
  }
}

export const ADDRESSBOOK_QUERY = report<Target>({
  name: carddav('addressbook-query'),
  rfc: '6352 §8.6',
  on: ['addressbook', 'addressObject'],
  run,
});
