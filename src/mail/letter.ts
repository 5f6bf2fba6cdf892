/** A mail before it is sent, and what became of it. */

export interface Letter {
  /** An address such as `ida@example.org`. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Makes the Message-ID: the same letter sent twice can be recognised. Letters, digits, `.` and `-`. */
  readonly id: string;
  readonly language: string;
}

export type Delivery =
  | { readonly outcome: 'sent' }
  /** `again`: the server certainly does not have it, and may take it another time. */
  | { readonly outcome: 'failed'; readonly again: boolean; readonly reason: string };

/** Hands letters to a mail server; never rejects. */
export interface Mailer {
  readonly send: (letter: Letter) => Promise<Delivery>;
}
