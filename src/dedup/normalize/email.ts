/** E-mail addresses: the mailbox behind the spelling, and what kind of mailbox it is. */
import { remembering } from '../../base/remembering.ts';
import { COMMON_PROVIDERS, FAMILY_MAILBOX, FREE_DOMAINS, PROVIDER_ALIASES, ROLE_MAILBOXES } from '../names/mail.ts';
import { editDistance } from '../similarity/edit-distance.ts';
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
  const domain = providerOf(written);
  const plus = local.indexOf('+');
  let box = plus > 0 ? local.slice(0, plus) : local;
  if (domain === 'gmail.com') box = box.replaceAll('.', '');
  const free = FREE_DOMAINS.has(domain);
  const address = domain === written && value.length === at + 1 + written.length ? value : `${local}@${written}`;
  const mailbox = box === local && domain === written ? address : `${box}@${domain}`;
  return { address, mailbox, local: box, domain, role: isRole(box), free };
}

/** The provider that a domain means: by another of its names, or with a slip that nobody has as a domain of one's own. */
const providerOf = remembering(20_000, (typed) => {
  const written = typed.replace(NO_TOP_LEVEL, '.com');
  const known = PROVIDER_ALIASES.get(written);
  if (known !== undefined || FREE_DOMAINS.has(written)) return known ?? written;
  return COMMON_PROVIDERS.find((provider) => isSlipOf(written, provider)) ?? written;
});

/** What nobody’s domain ends in, and everybody’s keyboard writes for `.com`. */
const NO_TOP_LEVEL = /\.(?:con|cmo|ocm|vom|comm)$/;

function isSlipOf(written: string, provider: string): boolean {
  if (written[0] !== provider[0] || Math.abs(written.length - provider.length) > 1) return false;
  if (editDistance(written, provider) === 1) return true;
  if (written.length !== provider.length) return false;
  for (let at = 1; at + 1 < written.length; at++)
    if (provider === written.slice(0, at) + written[at + 1] + written[at] + written.slice(at + 2)) return true;
  return false;
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
