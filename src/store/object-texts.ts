/** What lists of whole objects hold of each: read as text at once, not as octets that are made a text later. */
import { type Db, runRaw } from './database.ts';
import { bodiesOf } from './object-pages.ts';
import { PLANNED_ANEW } from './preparing-client.ts';

export interface ObjectText {
  readonly name: string;
  readonly etag: string;
  readonly component: string;
  /** The body; its octets where they are no UTF-8, or where only they tell. */
  readonly body: string | Buffer;
}

/** Bodies are read in batches of about this many octets. */
const BATCH_OCTETS = 4 * 1024 * 1024;
/** So many names at most are looked up by one plan, made for ten; for more the planner looks how many there are. */
const FEW_NAMES = 32;
const MOST_NAMES = 500;

/** The first always comes with its body, others while there is room. */
const textOf = (front: string): string => `
  select ${front} name, etag, component, case when sum(size) over (order by name) - size < ${BATCH_OCTETS} then body end
  from object where organisation_id = $1 and collection_id = $2 and name = any($3::text[])`;
const TEXTS_OF_FEW = textOf('');
const TEXTS = textOf(PLANNED_ANEW);

/** The named objects of a collection in batches of bounded size, in any order; what is not there is left out. */
export async function* textsOf(
  db: Db,
  organisationId: string,
  collectionId: string,
  names: readonly string[],
): AsyncGenerator<ObjectText[]> {
  for (let from = 0; from < names.length; from += MOST_NAMES) {
    let asked = names.slice(from, from + MOST_NAMES);
    while (asked.length > 0) {
      const text = asked.length <= FEW_NAMES ? TEXTS_OF_FEW : TEXTS;
      const rows = await runRaw(db, text, [organisationId, collectionId, asked]);
      const read = rows
        .filter(([, , , body]) => body !== null)
        .map(([name, etag, component, body]) => ({
          name: name!,
          etag: etag!,
          component: component!,
          body: body!,
        }));
      yield await exact(db, organisationId, collectionId, read);
      asked = rows.filter(([, , , body]) => body === null).map(([name]) => name!);
    }
  }
}

/** Stands in a text for octets that are no UTF-8, and for itself. */
const REPLACEMENT = '\ufffd';

async function exact(
  db: Db,
  organisationId: string,
  collectionId: string,
  read: readonly (ObjectText & { readonly body: string })[],
): Promise<ObjectText[]> {
  const doubtful = read.filter(({ body }) => body.includes(REPLACEMENT)).map(({ name }) => ({ name, size: 0 }));
  if (doubtful.length === 0) return [...read];
  const sure: ObjectText[] = read.filter(({ body }) => !body.includes(REPLACEMENT));
  for await (const batch of bodiesOf(db, organisationId, collectionId, doubtful)) sure.push(...batch);
  return sure;
}
