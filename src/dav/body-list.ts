/** Lists of members with their bodies as they are stored, what nearly every client fetches: written straight from the rows. */
import type { ObjectText } from '../store/object-texts.ts';
import { responseFrame } from '../xml/multistatus.ts';
import { dav, type Name } from '../xml/names.ts';
import { escapeXml, textElement } from '../xml/write.ts';
import type { Asked } from './asked.ts';
import { memberHref } from './etag-list.ts';
import { mediaTypeOf } from './kinds.ts';
import type { DataColumn } from './propstats.ts';
import { type CollectionResource, OBJECT_KIND } from './resource.ts';

type Kind = (typeof OBJECT_KIND)[keyof typeof OBJECT_KIND];
type Write = (object: ObjectText, kind: Kind) => string;

/** Properties that follow from the row. */
const WRITERS: ReadonlyMap<Name, Write> = new Map<Name, Write>([
  [dav('getetag'), ({ etag }) => textElement(dav('getetag'), `"${etag}"`)],
  [
    dav('getcontenttype'),
    (object, kind) =>
      textElement(
        dav('getcontenttype'),
        mediaTypeOf({ kind, object: { component: object.component, media_type: null } }),
      ),
  ],
]);

/** What writes the answers where they hold nothing but what these rows tell; undefined where more is asked. */
export function bodyWriters({ mode, names }: Asked, data: DataColumn | undefined): readonly Write[] | undefined {
  const ofBody = data?.ofBody;
  if (mode !== 'prop' || !ofBody) return undefined;
  const writers = names.map((name): Write | undefined =>
    name === data.name ? ({ body }) => ofBody(body) : WRITERS.get(name),
  );
  return writers.every((write) => write !== undefined) ? writers : undefined;
}

const [BEGIN, BETWEEN, END] = responseFrame();

/** Responses for members of a collection. */
export function bodyResponses(
  { href, kind }: CollectionResource,
  objects: readonly ObjectText[],
  writers: readonly Write[],
): string {
  const begin = BEGIN + escapeXml(href);
  const objectKind = OBJECT_KIND[kind];
  let responses = '';
  for (const object of objects) {
    responses += begin + memberHref(object.name) + BETWEEN;
    for (const write of writers) responses += write(object, objectKind);
    responses += END;
  }
  return responses;
}
