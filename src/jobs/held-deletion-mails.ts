/** Mails about deletions that wait for their owner: one for each window, however many more are held in it. */
import { mailAddress } from '../commands/night-settings.ts';
import { heldDeletionsLetter } from '../mail/held-deletions.ts';
import { findCollectionById } from '../store/collections.ts';
import { claimHeldMails, type DeletionWindow, unclaimHeldMail } from '../store/held-deletions.ts';
import { findPrincipal } from '../store/principals.ts';
import type { DigestContext } from './digests.ts';

/** Tells every owner who has a mail address and was not told; returns how many mails went out. */
export async function sendHeldDeletions(context: DigestContext): Promise<number> {
  if (!context.mailer) return 0;
  let sent = 0;
  for (const window of await claimHeldMails(context.db, new Date(context.clock.now()))) {
    try {
      if (await sendOne(context, window)) sent++;
    } catch (error) {
      context.log.error(
        { window: window.window_id, error: String(error) },
        'the mail about deletions could not be written',
      );
    }
  }
  return sent;
}

async function sendOne({ db, log, mailer, pageUrl }: DigestContext, window: DeletionWindow): Promise<boolean> {
  const { organisation_id, collection_id, window_id } = window;
  const collection = await findCollectionById(db, organisation_id, collection_id);
  const owner = collection && (await findPrincipal(db, organisation_id, collection.owner_id));
  const to = owner && !owner.disabled_at ? mailAddress(owner) : undefined;
  if (!collection || !owner || !to) return false;
  const { display_name: name, language } = owner;
  const title = collection.display_name ?? collection.name;
  const letter = heldDeletionsLetter({
    name,
    language,
    pageUrl,
    device: window.device_name,
    collection: title,
    held: window.held,
  });
  const delivery = await mailer!.send({ ...letter, to, id: `held.${window_id}` });
  if (delivery.outcome === 'sent') return true;
  if (delivery.again) await unclaimHeldMail(db, organisation_id, window_id);
  log.warn(
    { window: window_id, again: delivery.again, reason: delivery.reason },
    'the mail about deletions was not taken',
  );
  return false;
}
