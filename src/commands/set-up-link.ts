/** One-time links: a device opens one, without signing in, and gets the settings that were sealed into it. */
import { createHash, hkdfSync } from 'node:crypto';
import { decrypt, encrypt, NONCE_OCTETS } from '../base/authenticated-encryption.ts';
import { AppError } from '../base/errors.ts';
import { secretToken } from '../base/ids.ts';
import { insertSetUpLink, pruneSetUpLinks, takeSetUpLink } from '../store/set-up-links.ts';
import type { Context } from './context.ts';

/** How long a link lasts, in milliseconds: enough to fetch the device, too short to be found later. */
export const SET_UP_LINK_MS = 10 * 60_000;

const TICKET = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;

const digest = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** Each link has a key of its own, used once: a nonce of zeros never meets the same key twice. */
const keyOf = (secret: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', 'doublon set-up link', 32));
const NONCE = Buffer.alloc(NONCE_OCTETS);

/**
 * Seals `settings` (octets, the device's password among them) into a link that works once. The database holds neither
 * the settings in the clear nor the key to them: both halves are needed, and the link has the other.
 */
export async function issueSetUpLink(
  context: Context,
  who: { readonly organisationId: string; readonly appPasswordId: string },
  settings: Buffer,
): Promise<{ ticket: string; expiresAt: Date }> {
  const secret = secretToken();
  const sealed = encrypt(settings, { key: keyOf(secret), nonce: NONCE });
  const now = context.clock.now();
  const expiresAt = new Date(now + SET_UP_LINK_MS);
  await pruneSetUpLinks(context.db, who.organisationId, new Date(now));
  await insertSetUpLink(context.db, {
    organisation_id: who.organisationId,
    token_hash: digest(secret),
    app_password_id: who.appPasswordId,
    sealed,
    expires_at: expiresAt,
  });
  return { ticket: `${who.organisationId}.${secret}`, expiresAt };
}

/** The settings behind a ticket, once. Throws AppError notFound when it is none, was used, has expired or was revoked. */
export async function redeemSetUpLink(context: Context, ticket: string): Promise<Buffer> {
  const [, organisationId, secret] = TICKET.exec(ticket) ?? [];
  const now = new Date(context.clock.now());
  const link = organisationId && secret && (await takeSetUpLink(context.db, organisationId, digest(secret), now));
  if (!link) {
    throw new AppError('notFound', 'link-used', 'This link was used already or has expired; make a new one.');
  }
  return decrypt(link.sealed, { key: keyOf(secret), nonce: NONCE });
}
