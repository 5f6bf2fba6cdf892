/** Mails about deletions that wait for their owner: one for each window, however many more are held in it. */
import { mailAddress } from '../commands/night-settings.ts';
import { heldDeletionsLetter } from '../mail/held-deletions.ts';
import type { Letter } from '../mail/letter.ts';
import { findCollectionById } from '../store/collections.ts';
import { findWindow } from '../store/held-deletions.ts';
import { claimHeldMail, listHeldMails, putOffHeldMail, type WindowKey } from '../store/held-mails.ts';
import { findPrincipal } from '../store/principals.ts';
import { type MailContext, type MailKind, sendDue } from './due-mails.ts';

const HELD_DELETIONS: MailKind<WindowKey> = {
  about: 'held-deletions',
  list: ({ db, clock }, limit) => listHeldMails(db, new Date(clock.now()), limit),
  claim: ({ db, clock }, key) => claimHeldMail(db, key, new Date(clock.now())),
  write: letterOf,
  // a claimed one is told, or will never be
  end: () => Promise.resolve(),
  putOff: ({ db }, key, at) => putOffHeldMail(db, key, at),
};

/** Tells every owner who has a mail address and was not told; returns how many mails went out. */
export function sendHeldDeletions(context: MailContext): Promise<number> {
  return sendDue(context, HELD_DELETIONS);
}

async function letterOf(
  { db, pageUrl }: MailContext,
  { organisationId, windowId }: WindowKey,
): Promise<Letter | undefined> {
  const window = await findWindow(db, organisationId, windowId);
  const collection = window && (await findCollectionById(db, organisationId, window.collection_id));
  const owner = collection && (await findPrincipal(db, organisationId, collection.owner_id));
  const to = owner && !owner.disabled_at ? mailAddress(owner) : undefined;
  if (!window || window.held === 0 || !collection || !owner || !to) return undefined;
  const { display_name: name, language } = owner;
  const title = collection.display_name ?? collection.name;
  const { device_name: device, held } = window;
  return {
    ...heldDeletionsLetter({ name, language, pageUrl, device, collection: title, held }),
    to,
    id: `held.${windowId}`,
  };
}
