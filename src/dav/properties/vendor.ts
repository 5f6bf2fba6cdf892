/** Properties that clients of several makers write and read back: colour and order of calendars. */
import { ical } from '../../xml/names.ts';
import type { CollectionResource } from '../resource.ts';
import { type AnyProperty, patchedText, property, text } from './property.ts';

export const VENDOR: readonly AnyProperty[] = [
  property<CollectionResource>({
    name: ical('calendar-color'),
    rfc: 'Apple calendar-color',
    on: ['calendar', 'addressbook'],
    get: ({ collection }) => text(collection.color),
    patch: (value) => ({ color: patchedText(value)?.trim() ?? null }),
  }),
  property<CollectionResource>({
    name: ical('calendar-order'),
    rfc: 'Apple calendar-order',
    on: ['calendar', 'addressbook'],
    get: ({ collection }) => text(collection.sort_order),
    patch: (value) => ({ sort_order: patchedText(value)?.trim() ?? null }),
  }),
];
