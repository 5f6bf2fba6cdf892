/** Single objects, each in one statement for the common case that nobody else writes the same name or UID meanwhile. */
import { type Admission, valuesOfAdmission } from './admission.ts';
import { type SingleWrite, singleWriter, unlessBusy, type WriteScope } from './collection-writers.ts';
import { lockCollections } from './collections.ts';
import { type Db, inTransaction } from './database.ts';
import type { ObjectRowWrite } from './object-writes.ts';
import { uidKey } from './objects.ts';
import { type PutWay, putText } from './single-put-text.ts';
import { statement } from './statement.ts';

interface SinglePut extends SingleWrite {
  readonly object: ObjectRowWrite;
  readonly seen: { readonly seq: number } | undefined;
}

interface AdmittedPut extends SinglePut {
  readonly admission: Admission;
}

/** What an object weighs beside its body, so that a group of tiny ones has an end, too. */
const ROW_WEIGHT = 16 * 1024;

/**
 * Stores one object if the collection still is as the caller saw it: with `seen` undefined the name and the UID must be free,
 * otherwise the object must still be its version `seen.seq`; and no WebDAV lock was granted since `scope.lockEpoch`. Decided
 * under the lock of the collection's row, which the same statement takes. Returns false, having written nothing of the object,
 * when it is not so, or when a card becomes a group: then `putObjects` under a lock of its own finds out why. The collection's
 * count does not go up for nothing, but where several were to be stored and one of them was not, or one replaced whose version
 * another process changed meanwhile: a token without a change, which no reader minds.
 */
export function putOne(
  db: Db,
  scope: WriteScope,
  object: ObjectRowWrite,
  seen: { readonly seq: number } | undefined,
  now: Date,
): Promise<boolean> {
  if (seen && object.component === 'VCARD' && !object.record) return Promise.resolve(false);
  return put(db, { scope, object, seen, now });
}

const put = singleWriter<SinglePut>({
  together: putTogether,
  weight: ({ object }) => object.body.length + ROW_WEIGHT,
});

/**
 * Stores a new object of a sender whose credentials and path nobody has looked up yet: the statement that writes does so where
 * `admission` holds, nobody holds a WebDAV lock, and all else is as for `putOne`. Returns false, having written nothing, where it is
 * not so, and where others write in the collection, with whom it could not share a commit.
 */
export async function putNew(
  db: Db,
  scope: WriteScope,
  object: ObjectRowWrite,
  admission: Admission,
  now: Date,
): Promise<boolean> {
  const write: AdmittedPut = { scope, object, seen: undefined, now, admission };
  return (await unlessBusy(db, ADMITTED, write)) ?? false;
}

const ADMITTED = { together: putAdmitted, weight: () => ROW_WEIGHT };

const keyOf = ({ uid }: ObjectRowWrite): string | null => (uid === undefined ? null : uidKey(uid));

const putBy = (way: PutWay) => statement<{ position: number }>(putText(way));
const PUT = { create: putBy('create'), replace: putBy('replace'), both: putBy('both') };
const CREATE_ADMITTED = putBy('createAdmitted');

/** The statement that may do what these need, and no more. */
function wayOf(puts: readonly SinglePut[]): keyof typeof PUT {
  const known = puts.filter(({ seen }) => seen !== undefined).length;
  return known === 0 ? 'create' : known === puts.length ? 'replace' : 'both';
}

/**
 * Where another process committed in the collection while the statement waited for its row, nothing new is written of any: those are
 * tried once more together, behind a lock, rather than each by itself.
 */
async function putTogether(db: Db, puts: readonly SinglePut[]): Promise<readonly boolean[]> {
  const written = await putOnce(db, puts);
  const fresh = puts.filter(({ seen }) => seen === undefined);
  const isOvertaken = fresh.length > 0 && puts.every(({ seen }, at) => seen !== undefined || !written[at]);
  if (!isOvertaken || db.isTransaction) return written;
  const { organisationId, collectionId } = fresh[0]!.scope;
  const together = inTransaction(db, async (tx) => {
    await lockCollections(tx, organisationId, [collectionId]);
    return putOnce(tx, fresh);
  });
  // others of the group may be written: a failure is no failure of theirs, and who goes on alone meets it again
  const again = await together.catch((): readonly boolean[] => []);
  return puts.map((put, at) => written[at] || again[fresh.indexOf(put)] === true);
}

async function putOnce(db: Db, puts: readonly SinglePut[]): Promise<readonly boolean[]> {
  const rows = await PUT[wayOf(puts)](db, ...valuesOf(puts));
  const written = new Set(rows.map(({ position }) => position));
  return puts.map((_, index) => written.has(index + 1));
}

async function putAdmitted(db: Db, puts: readonly AdmittedPut[]): Promise<readonly boolean[]> {
  const done: boolean[] = [];
  for (const put of puts) {
    const rows = await CREATE_ADMITTED(db, ...valuesOf([put]), ...valuesOfAdmission(put.admission));
    done.push(rows.length > 0);
  }
  return done;
}

/** `$1` to `$7`. */
function valuesOf(puts: readonly SinglePut[]): readonly unknown[] {
  const { scope, now } = puts.at(-1)!;
  let at = 1;
  const incoming = puts.map((put, index) => {
    const row = incomingRow(put, index + 1, at);
    at += put.object.body.length;
    return row;
  });
  const bodies = Buffer.concat(puts.map(({ object }) => object.body));
  const { organisationId, collectionId, ownerId } = scope;
  return [organisationId, collectionId, now, JSON.stringify(incoming), puts.length, bodies, ownerId];
}

/** As `json_to_recordset` reads it; the body is the octets from `at`, counted from 1, of what is sent beside it. */
function incomingRow({ scope, object, seen }: SinglePut, position: number, at: number) {
  const { objectId, name, uid, component, mediaType, body, etag, startsAt, endsAt, indexData, record } = object;
  return {
    position,
    lock_epoch: scope.lockEpoch,
    seen: seen?.seq,
    object_id: objectId,
    name,
    uid,
    uid_key: keyOf(object),
    component,
    media_type: mediaType,
    at,
    size: body.length,
    etag,
    // as a number: the text of a year beyond 9999 has another form in Postgres than in JavaScript
    starts_ms: startsAt?.getTime(),
    ends_ms: endsAt?.getTime(),
    index_data: indexData,
    content_hash: record?.contentHash,
    data: record?.data,
    engine_version: record?.engineVersion,
  };
}
