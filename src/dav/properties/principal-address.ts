/** The card that stands for a principal (RFC 6352 §7.1.2): one it chose in an address book of its own, else the one of the directory. */
import { CARD_SETTINGS, type PrincipalChange } from '../../commands/patch-properties.ts';
import { findCollectionById } from '../../store/collections.ts';
import { findObjectsById } from '../../store/objects.ts';
import { child, type Element, textOf } from '../../xml/element.ts';
import { carddav, dav } from '../../xml/names.ts';
import { hrefElement } from '../../xml/write.ts';
import { personHref } from '../directory.ts';
import { DavError } from '../error.ts';
import { pathOfHref } from '../href.ts';
import { collectionResource, objectResource } from '../make-resource.ts';
import { type DavRequest, hostsOf } from '../request.ts';
import { resolvePath } from '../resolve.ts';
import type { PrincipalResource } from '../resource.ts';
import { property } from './property.ts';

/** Where the chosen card is now: it may have been moved, and it may be gone. */
async function chosenHref({ principal, privileges }: PrincipalResource, { app }: DavRequest) {
  const chosen = principal.settings[CARD_SETTINGS] as { cardId?: string | null } | undefined;
  if (!chosen?.cardId) return undefined;
  const [object] = await findObjectsById(app.db, principal.organisation_id, [chosen.cardId]);
  const book = object && (await findCollectionById(app.db, principal.organisation_id, object.collection_id));
  if (book?.kind !== 'addressbook' || book.owner_id !== principal.principal_id) return undefined;
  return objectResource(collectionResource(principal, book, privileges), object!).href;
}

async function addressOf(resource: PrincipalResource, request: DavRequest): Promise<string | undefined> {
  const { kind, principal_id } = resource.principal;
  const href = (await chosenHref(resource, request)) ?? (kind === 'user' ? personHref(principal_id) : undefined);
  return href && hrefElement(href);
}

async function choose(
  value: Element | undefined,
  { principal }: PrincipalResource,
  request: DavRequest,
): Promise<PrincipalChange> {
  const href = value && child(value, dav('href'));
  if (!href) return { cardId: null };
  const path = pathOfHref(textOf(href), hostsOf(request));
  const { resource } = path ? await resolvePath(request, path) : { resource: undefined };
  if (resource?.kind === 'directoryCard' && resource.principalId === principal.principal_id) return { cardId: null };
  if (resource?.kind === 'addressObject' && resource.owner.principal_id === principal.principal_id)
    return { cardId: resource.object.object_id };
  throw new DavError(409, `${textOf(href).slice(0, 200)} is no card in an address book of ${principal.name}.`);
}

export const PRINCIPAL_ADDRESS = property<PrincipalResource>({
  name: carddav('principal-address'),
  rfc: '6352 §7.1.2',
  on: ['principal'],
  get: addressOf,
  patchPrincipal: choose,
});
