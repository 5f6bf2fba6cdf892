/** The card that the directory shows of a user (RFC 2426): what the organisation itself knows, and nothing guessed. */
import { escapeText } from '../contentline/value.ts';
import { foldText } from '../contentline/write.ts';

export interface Person {
  readonly id: string;
  readonly displayName: string;
  readonly emails: readonly string[];
}

/** The whole name stands as the family name: where one part ends and the next begins, nobody has said. */
export function personCard({ id, displayName, emails }: Person): Buffer {
  const name = escapeText(displayName);
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `UID:${id}`,
    `FN:${name}`,
    `N:${name};;;;`,
    ...emails.map((email) => `EMAIL;TYPE=INTERNET:${escapeText(email)}`),
    'END:VCARD',
  ];
  return Buffer.concat(lines.map((line) => foldText(line)));
}
