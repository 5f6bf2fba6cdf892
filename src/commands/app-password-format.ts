/** The look of app passwords: `abcd-efgh-ijkl-mnop-qrst-uvwx`, lower case without look-alikes, the first two groups a public selector. */
import { randomInt } from 'node:crypto';

const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';
const GROUPS = 6;
const GROUP_LENGTH = 4;
const SELECTOR_GROUPS = 2;
const SHAPE = new RegExp(`^[${ALPHABET}]{${GROUP_LENGTH}}(?:-[${ALPHABET}]{${GROUP_LENGTH}}){${GROUPS - 1}}$`);

/** A new app password: 40 bits of selector, 80 bits of secret. */
export function newAppPassword(): string {
  const letter = () => ALPHABET[randomInt(ALPHABET.length)]!;
  const group = () => Array.from({ length: GROUP_LENGTH }, letter).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/** The selector of a secret that looks like an app password, otherwise undefined. */
export function appPasswordSelector(secret: string): string | undefined {
  return SHAPE.test(secret) ? secret.split('-').slice(0, SELECTOR_GROUPS).join('-') : undefined;
}
