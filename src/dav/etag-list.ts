/** Lists of members by name and ETag alone, what nearly every client asks: written straight from what an index holds. */
import { seenTaggedPages } from '../commands/seen-objects.ts';
import type { Change } from '../store/changes.ts';
import type { Db } from '../store/database.ts';
import { responseFrame, statusResponse } from '../xml/multistatus.ts';
import { dav } from '../xml/names.ts';
import { element, escapeXml } from '../xml/write.ts';
import type { Asked } from './asked.ts';
import { encodeSegment, isPlainName } from './href.ts';
import type { CollectionResource } from './resource.ts';

const ETAG = dav('getetag');
const BATCH = 500;
const [BEGIN, BETWEEN, END] = responseFrame((etag) => element(ETAG, `"${etag}"`));

/** True when an answer holds nothing but the ETag of each member. */
export function asksEtagOnly({ mode, names }: Asked): boolean {
  return mode === 'prop' && names.length === 1 && names[0] === ETAG;
}

/** A name as it stands in an href, and that in XML. */
export const memberHref = (name: string): string => (isPlainName(name) ? name : escapeXml(encodeSegment(name)));

/** Responses for members of the collection at `href`, in pieces; 404 for those that are gone. */
export function* etagResponses(href: string, changes: readonly Pick<Change, 'name' | 'etag'>[]): Generator<string> {
  const begin = BEGIN + escapeXml(href);
  for (let from = 0; from < changes.length; from += BATCH) {
    let responses = '';
    for (const { name, etag } of changes.slice(from, from + BATCH)) {
      responses +=
        etag === undefined
          ? statusResponse(href + encodeSegment(name), 404)
          : begin + memberHref(name) + BETWEEN + escapeXml(etag) + END;
    }
    yield responses;
  }
}

/** Responses for all members of a collection, a page at a time. Returns their number. */
export async function* memberEtags(db: Db, resource: CollectionResource): AsyncGenerator<string, number> {
  let members = 0;
  for await (const page of seenTaggedPages(db, resource)) {
    members += page.length;
    yield* etagResponses(resource.href, page);
  }
  return members;
}
