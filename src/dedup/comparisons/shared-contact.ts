/** Phones and mailboxes that stand on both cards. */
import { keyOf } from '../blocking/key.ts';
import { TELLING_SCALE } from '../blocking/rules.ts';
import { areTwoLines, subscriberKey } from '../normalize/phone.ts';
import { type Profile, scaleOf } from '../profile.ts';
import type { EmailRecord, PhoneRecord, Statistics } from '../types.ts';

/** Holders of a phone number in the book. */
const phoneHolders = (phone: PhoneRecord, statistics: Statistics): number =>
  statistics.holders(keyOf('phone', subscriberKey(phone.number)));
const mailHolders = (email: EmailRecord, statistics: Statistics): number =>
  statistics.holders(keyOf('email', email.mailbox));

/**
 * The scale of an identifier's holders. One that many cards hold is still personal where they are all one name's: a device
 * that made copy after copy, each a little different.
 */
function scaleFor(
  holders: number,
  rule: string,
  value: string,
  a: Profile,
  b: Profile,
  statistics: Statistics,
): number {
  const scale = scaleOf(holders);
  if (scale <= TELLING_SCALE) return scale;
  const named = ({ fullName }: Profile): number =>
    fullName === '' ? 0 : statistics.holders(keyOf(rule, `${value} ${fullName}`));
  return scaleOf(Math.max(named(a), named(b))) >= scale ? TELLING_SCALE : scale;
}

export interface SharedPhone {
  readonly phone: PhoneRecord;
  readonly other: PhoneRecord;
  readonly holders: number;
  /** `scaleOf` its holders, less where one name holds it many times. */
  readonly scale: number;
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
    if (areTwoLines(phone.number, other.number)) continue;
    const holders = phoneHolders(phone, statistics);
    const here = holders + (isMobile(phone, other) ? 0 : 4) + (phone.shared || other.shared ? 100 : 0);
    if (here >= rank) continue;
    const scale = scaleFor(holders, 'phoneperson', subscriberKey(phone.number), a, b, statistics);
    [found, rank] = [{ phone, other, holders, scale }, here];
  }
  return found;
}

export const isMobile = (a: PhoneRecord, b: PhoneRecord): boolean => a.use === 'mobile' || b.use === 'mobile';

/** Where no card says mobile and one says landline. */
export const isLandline = ({ phone, other }: SharedPhone): boolean =>
  !isMobile(phone, other) && (phone.use === 'fixed' || other.use === 'fixed');

export interface SharedEmail {
  readonly email: EmailRecord;
  readonly holders: number;
  /** As `SharedPhone.scale`. */
  readonly scale: number;
}

/** The most personal mailbox on both cards. */
export function sharedEmail(a: Profile, b: Profile, statistics: Statistics): SharedEmail | undefined {
  let found: SharedEmail | undefined;
  for (let i = 0; i < a.mailboxes.length; i++) {
    const at = b.mailboxes.indexOf(a.mailboxes[i]!);
    if (at < 0) continue;
    const email = a.record.emails[i]!;
    if (b.record.emails[at]!.mailbox !== email.mailbox) continue;
    const holders = mailHolders(email, statistics);
    const scale = scaleFor(holders, 'emailperson', email.mailbox, a, b, statistics);
    const here = { email, holders, scale };
    if (
      !found ||
      (found.email.role && !email.role) ||
      (found.email.role === email.role && here.holders < found.holders)
    )
      found = here;
  }
  return found;
}
