/** Sends letters through the operator's mail server (RFC 5321). */
import nodemailer from 'nodemailer';
import type { Delivery, Letter, Mailer } from './letter.ts';

export interface SmtpOptions {
  /** `smtp://user:password@host:587` or `smtps://…`; a query such as `?tls.rejectUnauthorized=false` is passed on. */
  readonly url: string;
  /** The sender, such as `Doublon <doublon@example.org>`. */
  readonly from: string;
}

const CONNECT_MS = 15_000;
const SILENCE_MS = 60_000;

/** Makes a mailer. Nothing is connected until the first letter. */
export function makeSmtpMailer({ url, from }: SmtpOptions): Mailer {
  const transport = nodemailer.createTransport({
    url,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const host = /@([^@\s>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';

  async function send(letter: Letter): Promise<Delivery> {
    try {
      await transport.sendMail({
        from,
        to: { name: '', address: letter.to },
        subject: letter.subject,
        text: letter.text,
        html: letter.html,
        messageId: `<${letter.id}@${host}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': letter.language },
      });
      return { outcome: 'sent' };
    } catch (error) {
      return { outcome: 'failed', again: mayTryAgain(error), reason: reasonOf(error) };
    }
  }

  return { send, close: () => transport.close() };
}

interface SmtpFailure {
  readonly message?: string;
  readonly responseCode?: number;
  readonly command?: string;
}

/**
 * A 4xx reply is a "later" (RFC 5321 §4.2.1). Without a reply the letter was not taken, unless the connection was lost after
 * its text had been sent: then the server may have it, and one mail too few is better than one too many.
 */
function mayTryAgain(error: unknown): boolean {
  const { responseCode, command } = error as SmtpFailure;
  if (responseCode !== undefined) return responseCode < 500;
  return command !== 'DATA';
}

/** The server's words, without what looks like credentials in a URL. */
function reasonOf(error: unknown): string {
  return ((error as SmtpFailure).message ?? String(error)).replace(/\/\/[^/@\s]*@/g, '//').slice(0, 500);
}
