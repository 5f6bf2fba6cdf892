/** Lists of members by name and ETag alone, what nearly every client asks: written straight from the rows that the change log's index holds. */
import type { Change } from '../store/changes.ts';
import { propstat, propstatResponse, statusResponse } from '../xml/multistatus.ts';
import { dav } from '../xml/names.ts';
import { element, escapeXml } from '../xml/write.ts';
import { encodeSegment } from './href.ts';
import type { Asked } from './propstats.ts';

const ETAG = dav('getetag');
const BATCH = 500;
const GAP = '~gap~';
const [BEGIN, BETWEEN, END] = propstatResponse(GAP, propstat(200, element(ETAG, `"${GAP}"`))).split(GAP) as [
  string,
  string,
  string,
];

/** True when an answer holds nothing but the ETag of each member. */
export function asksEtagOnly({ mode, names }: Asked): boolean {
  return mode === 'prop' && names.length === 1 && names[0] === ETAG;
}

/** Responses for members of the collection at `href`, in pieces; 404 for those that are gone. */
export function* etagResponses(href: string, changes: readonly Change[]): Generator<string> {
  const begin = BEGIN + escapeXml(href);
  for (let from = 0; from < changes.length; from += BATCH) {
    let responses = '';
    for (const { name, etag } of changes.slice(from, from + BATCH)) {
      const member = encodeSegment(name);
      responses +=
        etag === undefined
          ? statusResponse(href + member, 404)
          : begin + escapeXml(member) + BETWEEN + escapeXml(etag) + END;
    }
    yield responses;
  }
}
