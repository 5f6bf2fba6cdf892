/** The content side of the collection kinds: what a body must be, and what is kept beside it. */
import { hash } from 'node:crypto';
import { AppError } from '../base/errors.ts';
import { extractRecord } from '../dedup/extract/extract.ts';
import { ENGINE_VERSION } from '../dedup/types.ts';
import type { CalendarObject } from '../icalendar/calendar-object.ts';
import { publicFormOf } from '../icalendar/public-form.ts';
import { timeBounds } from '../icalendar/time-bounds.ts';
import { timeLinesOf } from '../icalendar/time-lines.ts';
import { validateCalendarObject } from '../icalendar/validate.ts';
import type { Collection } from '../store/collections.ts';
import type { RecordWrite } from '../store/engine-rows.ts';
import type { ObjectRowWrite } from '../store/object-writes.ts';
import type { CollectionKind } from '../store/schema/collections.ts';
import { type Card, isGroup, uidOf } from '../vcard/card.ts';
import { cardIndex } from '../vcard/index-data.ts';
import { validateCard } from '../vcard/validate.ts';
import type { Limits } from './limits.ts';

/** Everything of an object's row that follows from its octets. */
export type ObjectContent = Omit<ObjectRowWrite, 'objectId' | 'name'>;

export interface ObjectKind {
  readonly kind: CollectionKind;
  /** Judges a body for this collection; throws AppError 'invalid' or 'tooLarge' whose code is the RFC's condition. */
  read(octets: Buffer, collection: Collection, limits: Limits, objectId: string, mediaType?: string): ObjectContent;
}

/** Strong validator of a body: equal octets, equal ETag. Without quotes. */
export function etagOf(octets: Uint8Array): string {
  return hash('sha256', octets, 'base64url').slice(0, 27);
}

export const OBJECT_KINDS: Readonly<Record<CollectionKind, ObjectKind>> = {
  addressbook: {
    kind: 'addressbook',
    read: (octets, collection, limits, objectId) => {
      const card = validateCard(octets, { maxSize: limits.maxCardSize });
      return cardContent(card, octets, collection.region ?? undefined, objectId);
    },
  },
  calendar: {
    kind: 'calendar',
    read: (octets, collection, limits) => {
      const object = validateCalendarObject(octets, {
        maxResourceSize: limits.maxCalendarObjectSize,
        minDateTime: limits.minDateTime,
        maxDateTime: limits.maxDateTime,
        maxInstances: limits.maxInstances,
        maxAttendeesPerInstance: limits.maxAttendeesPerInstance,
        ...(collection.components ? { components: collection.components } : {}),
      });
      return { ...plainContent(octets), uid: object.uid, component: object.kind, ...placeInTime(object) };
    },
  },
  plain: {
    kind: 'plain',
    read: (octets, _collection, limits, _objectId, mediaType) => {
      if (octets.length > limits.maxFileSize) {
        throw new AppError(
          'tooLarge',
          'max-resource-size',
          `The file has ${octets.length} octets, the limit is ${limits.maxFileSize}.`,
          {
            limit: limits.maxFileSize,
          },
        );
      }
      return { ...plainContent(octets), mediaType };
    },
  },
};

/**
 * What lists and searches look at before they read an object: its place in time, and where its public form is not what is stored
 * (RFC 5545 §3.8.1.3) the octets of that, none where it has no such form.
 */
export function placeInTime(object: CalendarObject): Pick<ObjectContent, 'startsAt' | 'endsAt' | 'indexData'> {
  const bounds = timeBounds(object);
  const lines = timeLinesOf(object);
  const shown = publicFormOf(object);
  return {
    startsAt: bounds.start === null ? undefined : new Date(bounds.start),
    endsAt: bounds.end === null ? undefined : new Date(bounds.end),
    indexData: noted({ ...(lines && { TIME: lines }), ...(shown !== object.octets && { SHOWN: shown?.length ?? 0 }) }),
  };
}

const noted = (data: Readonly<Record<string, unknown>>) => (Object.keys(data).length > 0 ? data : undefined);

function plainContent(octets: Buffer): ObjectContent {
  return {
    uid: undefined,
    component: 'FILE',
    mediaType: undefined,
    body: octets,
    etag: etagOf(octets),
    startsAt: undefined,
    endsAt: undefined,
    indexData: undefined,
    record: undefined,
  };
}

/** What is kept of a card that has already been validated: its index, and its record for the engine unless it is a group. */
function cardContent(card: Card, octets: Buffer, region: string | undefined, objectId: string): ObjectContent {
  return {
    ...plainContent(octets),
    uid: uidOf(card),
    component: 'VCARD',
    indexData: cardIndex(card),
    record: isGroup(card) ? undefined : recordOf(card, region, objectId),
  };
}

/** What the engine keeps of a card that is no group. */
export function recordOf(card: Card, region: string | undefined, objectId: string): RecordWrite {
  const record = extractRecord(card, { id: objectId, ...(region ? { region } : {}) });
  return {
    contentHash: record.contentHash,
    data: record,
    engineVersion: ENGINE_VERSION,
  };
}
