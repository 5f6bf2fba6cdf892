/** E-mail addresses: the mailbox behind the spelling, and what kind of mailbox it is. */
import { FAMILY_MAILBOX, FREE_DOMAINS, PROVIDER_ALIASES, ROLE_MAILBOXES } from '../names/mail.ts';
import type { EmailRecord } from '../types.ts';
import { foldText } from './text.ts';

/**
 * Reads one EMAIL value (`mailto:` and `Name <a@b>` too). `mailbox` is equal for spellings that reach one mailbox:
 * case, plus tags, googlemail and the dots of gmail. A value without `@` comes back as undefined.
 */
export function normalizeEmail(text: string): EmailRecord | undefined {
  const value = PLAIN.test(text) ? text.toLowerCase() : bareAddress(text);
  const at = value.lastIndexOf('@');
  if (at < 1) return undefined;
  const local = value.slice(0, at);
  const written = value.slice(at + 1).replace(/\.+$/, '');
  const domain = PROVIDER_ALIASES.get(written) ?? written;
  const plus = local.indexOf('+');
  let box = plus > 0 ? local.slice(0, plus) : local;
  if (domain === 'gmail.com') box = box.replaceAll('.', '');
  const free = FREE_DOMAINS.has(domain);
  const address = domain === written && value.length === at + 1 + written.length ? value : `${local}@${written}`;
  const mailbox = box === local && domain === written ? address : `${box}@${domain}`;
  return { address, mailbox, local: box, domain, role: isRole(box), free };
}

const PLAIN = /^[\w.+-]+@[\w.-]+$/;

function bareAddress(text: string): string {
  const value = text.trim();
  return (/<([^<>]*@[^<>]*)>/.exec(value)?.[1] ?? value)
    .replace(/^mailto:/i, '')
    .replace(/\?.*$/, '')
    .replace(/\s+/g, '')
    .toLowerCase();
}

const ENDS_IN_DIGIT = /\d$/;
const MARKED = /[._-]/;
const NO_REPLY = /(?:^|[._-])(?:no-?reply|do-?not-?reply)|^reply[._-]/;
const MACHINE_MAILBOX = /^(?:notifications?|mailer-daemon)/;

/** True for mailboxes that several people read: `info`, `office`, `familie.x`, `noreply`. */
function isRole(local: string): boolean {
  const folded = foldText(local);
  const bare = ENDS_IN_DIGIT.test(folded) ? folded.replace(/\d+$/, '') : folded;
  if (ROLE_MAILBOXES.has(MARKED.test(bare) ? bare.replace(/[._-]/g, '') : bare)) return true;
  return FAMILY_MAILBOX.test(bare) || (bare.includes('reply') ? NO_REPLY : MACHINE_MAILBOX).test(bare);
}
