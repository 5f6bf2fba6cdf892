/** Live properties of CardDAV (RFC 6352 §6.2, §7.1). */
import { COLLATIONS } from '../../base/collation.ts';
import { STORED_VERSIONS } from '../../vcard/validate.ts';
import { carddav } from '../../xml/names.ts';
import { elementWith, hrefElement, textElement } from '../../xml/write.ts';
import { DIRECTORY_HREF } from '../directory.ts';
import type { CollectionResource, DirectoryResource, PrincipalResource } from '../resource.ts';
import { homeSetProperty } from './home-set.ts';
import { type AnyProperty, patchedText, property, text } from './property.ts';

const SUPPORTED_DATA =
  STORED_VERSIONS.map((version) =>
    elementWith(carddav('address-data-type'), { 'content-type': 'text/vcard', version }),
  ).join('') + elementWith(carddav('address-data-type'), { 'content-type': 'application/vcard+json', version: '4.0' });

const SUPPORTED_COLLATIONS = COLLATIONS.map(({ name }) => textElement(carddav('supported-collation'), name)).join('');

const BOOKS: readonly ['addressbook', 'directory'] = ['addressbook', 'directory'];

export const CARDDAV: readonly AnyProperty[] = [
  property<CollectionResource>({
    name: carddav('addressbook-description'),
    rfc: '6352 §6.2.1',
    on: ['addressbook'],
    get: ({ collection }) => text(collection.description),
    patch: (value) => ({ description: patchedText(value) }),
  }),
  property<CollectionResource | DirectoryResource>({
    name: carddav('supported-address-data'),
    rfc: '6352 §6.2.2',
    on: BOOKS,
    get: () => SUPPORTED_DATA,
  }),
  property<CollectionResource | DirectoryResource>({
    name: carddav('max-resource-size'),
    rfc: '6352 §6.2.3',
    on: BOOKS,
    get: (_resource, { app }) => String(app.limits.maxCardSize),
  }),
  property<CollectionResource | DirectoryResource>({
    name: carddav('supported-collation-set'),
    rfc: '6352 §8.3.1',
    on: BOOKS,
    get: () => SUPPORTED_COLLATIONS,
  }),
  homeSetProperty(carddav('addressbook-home-set'), '6352 §7.1.1', 'addressbook'),
  property<DirectoryResource>({
    name: carddav('addressbook-description'),
    rfc: '6352 §6.2.1',
    on: ['directory'],
    get: () => 'The people of the organisation',
  }),
  property<PrincipalResource>({
    name: carddav('directory-gateway'),
    rfc: 'carddav-directory-gateway-02 §4',
    on: ['principal'],
    get: () => hrefElement(DIRECTORY_HREF),
  }),
];
