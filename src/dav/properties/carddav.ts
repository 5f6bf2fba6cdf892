/** Live properties of CardDAV (RFC 6352 §6.2, §7.1). */
import { COLLATIONS } from '../../base/collation.ts';
import { STORED_VERSIONS } from '../../vcard/validate.ts';
import { carddav } from '../../xml/names.ts';
import { elementWith, hrefElement, textElement } from '../../xml/write.ts';
import { type CollectionResource, HOMES, homeHref, type PrincipalResource } from '../resource.ts';
import { type AnyProperty, patchedText, property, text } from './property.ts';

const SUPPORTED_DATA =
  STORED_VERSIONS.map((version) =>
    elementWith(carddav('address-data-type'), { 'content-type': 'text/vcard', version }),
  ).join('') + elementWith(carddav('address-data-type'), { 'content-type': 'application/vcard+json', version: '4.0' });

const SUPPORTED_COLLATIONS = COLLATIONS.map(({ name }) => textElement(carddav('supported-collation'), name)).join('');

const addressbookHome = HOMES.find((home) => home.holds === 'addressbook')!;

export const CARDDAV: readonly AnyProperty[] = [
  property<CollectionResource>({
    name: carddav('addressbook-description'),
    rfc: '6352 §6.2.1',
    on: ['addressbook'],
    get: ({ collection }) => text(collection.description),
    patch: (value) => ({ description: patchedText(value) }),
  }),
  property<CollectionResource>({
    name: carddav('supported-address-data'),
    rfc: '6352 §6.2.2',
    on: ['addressbook'],
    get: () => SUPPORTED_DATA,
  }),
  property<CollectionResource>({
    name: carddav('max-resource-size'),
    rfc: '6352 §6.2.3',
    on: ['addressbook'],
    get: (_resource, { app }) => String(app.limits.maxCardSize),
  }),
  property<CollectionResource>({
    name: carddav('supported-collation-set'),
    rfc: '6352 §8.3.1',
    on: ['addressbook'],
    get: () => SUPPORTED_COLLATIONS,
  }),
  property<PrincipalResource>({
    name: carddav('addressbook-home-set'),
    rfc: '6352 §7.1.1',
    on: ['principal'],
    get: ({ principal }) =>
      principal.kind === 'group' ? undefined : hrefElement(homeHref(addressbookHome, principal.name)),
  }),
];
