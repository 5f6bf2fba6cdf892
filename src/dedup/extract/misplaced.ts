/** Numbers and addresses that stand in another field of a card that has neither: in its note, or as the address of a page. */
import { EMPTY } from '../empty.ts';
import { normalizePhone } from '../normalize/phone.ts';
import type { PhoneRecord } from '../types.ts';
import { type Lines, texts } from './card-values.ts';

/** True for a card without a number and a mailbox, whose note or page may hold one. */
export const mayBeMisplaced = (lines: Lines): boolean =>
  !(lines.has('TEL') || lines.has('EMAIL') || lines.has('X-MS-IMADDRESS')) && (lines.has('NOTE') || lines.has('URL'));

const ADDRESS = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
/** Eight digits and more, and what sets them apart. */
const NUMBER = /(?:\+|\b)\(?\d[\d ()./-]{6,18}\d(?!\d)/g;
const DATE = /\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b/;

/** The one address that the note or the page holds; where there are several, nothing tells whose they are. */
export function misplacedMail(lines: Lines): readonly string[] {
  const found = within(lines, /^mailto:/i, ADDRESS);
  return found.length === 1 ? found : EMPTY;
}

/** The one number that the note or the page holds, where the plan of its country calls it a mobile, or it names its country. */
export function misplacedPhone(lines: Lines, regions: readonly string[]): readonly PhoneRecord[] {
  const [only, other] = within(lines, /^tel:/i, NUMBER).filter((digits) => !DATE.test(digits));
  if (only === undefined || other !== undefined) return EMPTY;
  const phone = normalizePhone(only, regions, EMPTY);
  return phone && !phone.shared && (phone.use === 'mobile' || (only.startsWith('+') && phone.use === 'fixed'))
    ? [phone]
    : EMPTY;
}

/** What of the notes, and of pages of the scheme, matches. */
function within(lines: Lines, scheme: RegExp, wanted: RegExp): readonly string[] {
  const pages = texts(lines, 'URL').filter((url) => scheme.test(url));
  return [...texts(lines, 'NOTE'), ...pages].flatMap((text): readonly string[] => text.match(wanted) ?? []);
}
