/** Phones and mailboxes that stand on both cards. */
import { keyOf } from '../key.ts';
import { subscriberKey } from '../normalize/phone.ts';
import type { Profile } from '../profile.ts';
import type { EmailRecord, PhoneRecord, Statistics } from '../types.ts';

/** Holders of a phone number in the book. */
const phoneHolders = (phone: PhoneRecord, statistics: Statistics): number =>
  statistics.holders(keyOf('phone', subscriberKey(phone.number)));
const mailHolders = (email: EmailRecord, statistics: Statistics): number =>
  statistics.holders(keyOf('email', email.mailbox));

export interface SharedPhone {
  readonly phone: PhoneRecord;
  readonly other: PhoneRecord;
  readonly holders: number;
}

/** The most personal number on both cards: a mobile before a landline, fewer holders before more. */
export function sharedPhone(a: Profile, b: Profile, statistics: Statistics): SharedPhone | undefined {
  let found: SharedPhone | undefined;
  let rank = Number.POSITIVE_INFINITY;
  for (let i = 0; i < a.tails.length; i++) {
    const at = b.tails.indexOf(a.tails[i]!);
    if (at < 0) continue;
    const phone = a.record.phones[i]!;
    const other = b.record.phones[at]!;
    const holders = phoneHolders(phone, statistics);
    const here = holders + (isMobile(phone, other) ? 0 : 4) + (phone.shared || other.shared ? 100 : 0);
    if (here < rank) [found, rank] = [{ phone, other, holders }, here];
  }
  return found;
}

export const isMobile = (a: PhoneRecord, b: PhoneRecord): boolean => a.use === 'mobile' || b.use === 'mobile';

export interface SharedEmail {
  readonly email: EmailRecord;
  readonly holders: number;
}

/** The most personal mailbox on both cards. */
export function sharedEmail(a: Profile, b: Profile, statistics: Statistics): SharedEmail | undefined {
  let found: SharedEmail | undefined;
  for (let i = 0; i < a.mailboxes.length; i++) {
    const at = b.mailboxes.indexOf(a.mailboxes[i]!);
    if (at < 0) continue;
    const email = a.record.emails[i]!;
    if (b.record.emails[at]!.mailbox !== email.mailbox) continue;
    const here = { email, holders: mailHolders(email, statistics) };
    if (
      !found ||
      (found.email.role && !email.role) ||
      (found.email.role === email.role && here.holders < found.holders)
    )
      found = here;
  }
  return found;
}
