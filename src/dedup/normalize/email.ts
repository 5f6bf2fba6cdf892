/** E-mail addresses: the mailbox behind the spelling, and what kind of mailbox it is. */
import { FAMILY_MAILBOX, FREE_DOMAINS, PROVIDER_ALIASES, ROLE_MAILBOXES } from '../names/mail.ts';
import type { EmailRecord } from '../types.ts';
import { foldText } from './text.ts';

/**
 * Reads one EMAIL value (`mailto:` and `Name <a@b>` too). `mailbox` is equal for spellings that reach one mailbox:
 * case, plus tags, googlemail and the dots of gmail. A value without `@` comes back as undefined.
 */
export function normalizeEmail(text: string): EmailRecord | undefined {
  let value = text.trim();
  const angle = /<([^<>]*@[^<>]*)>/.exec(value);
  if (angle) value = angle[1]!;
  value = value
    .replace(/^mailto:/i, '')
    .replace(/\?.*$/, '')
    .replace(/\s+/g, '')
    .toLowerCase();
  const at = value.lastIndexOf('@');
  if (at < 1) return undefined;
  const local = value.slice(0, at);
  const written = value.slice(at + 1).replace(/\.+$/, '');
  const domain = PROVIDER_ALIASES.get(written) ?? written;
  const plus = local.indexOf('+');
  let box = plus > 0 ? local.slice(0, plus) : local;
  if (domain === 'gmail.com') box = box.replaceAll('.', '');
  const free = FREE_DOMAINS.has(domain);
  return { address: `${local}@${written}`, mailbox: `${box}@${domain}`, local: box, domain, role: isRole(box), free };
}

/** True for mailboxes that several people read: `info`, `office`, `familie.x`, `noreply`. */
function isRole(local: string): boolean {
  const bare = foldText(local).replace(/\d+$/, '');
  if (ROLE_MAILBOXES.has(bare.replace(/[._-]/g, ''))) return true;
  return FAMILY_MAILBOX.test(bare) || /^(no-?reply|do-?not-?reply|notifications?|mailer-daemon)/.test(bare);
}
