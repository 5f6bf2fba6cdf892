/** Sends letters through the operator's mail server (RFC 5321). */
import nodemailer from 'nodemailer';
import type { Letter, Mailer } from './letter.ts';

export interface SmtpOptions {
  /** `smtp://user:password@host:587` or `smtps://…`; a query such as `?tls.rejectUnauthorized=false` is passed on. */
  readonly url: string;
  /** The sender, such as `Doublon <doublon@example.org>`. */
  readonly from: string;
}

const CONNECT_MS = 15_000;
const SILENCE_MS = 60_000;

/** Makes a mailer: each letter has a connection of its own. */
export function makeSmtpMailer({ url, from }: SmtpOptions): Mailer {
  const host = /@([^@\s>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
  return {
    send: async (letter) => {
      const handedOver = noteHandover();
      const transport = nodemailer.createTransport({
        url,
        connectionTimeout: CONNECT_MS,
        greetingTimeout: CONNECT_MS,
        socketTimeout: SILENCE_MS,
        disableFileAccess: true,
        disableUrlAccess: true,
        logger: handedOver.logger,
      });
      try {
        await transport.sendMail(messageOf(letter, from, host));
        return { outcome: 'sent' };
      } catch (error) {
        return { outcome: 'failed', again: mayTryAgain(error, handedOver.whole()), reason: reasonOf(error) };
      } finally {
        transport.close();
      }
    },
  };
}

const messageOf = (letter: Letter, from: string, host: string) => ({
  from,
  to: { name: '', address: letter.to },
  subject: letter.subject,
  text: letter.text,
  html: letter.html,
  messageId: `<${letter.id}@${host}>`,
  headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': letter.language },
});

/** The library says only in its log that the last octet of a message went out. */
function noteHandover() {
  let whole = false;
  const ignore = () => {};
  const info = (entry: unknown) => {
    if ((entry as { tnx?: unknown } | null)?.tnx === 'message') whole = true;
  };
  const logger = { level: ignore, trace: ignore, debug: ignore, info, warn: ignore, error: ignore, fatal: ignore };
  return { logger, whole: () => whole };
}

interface SmtpFailure {
  readonly message?: string;
  readonly responseCode?: number;
}

/**
 * A 4xx reply is a "later" (RFC 5321 §4.2.1). Without a reply the letter was not taken, unless the connection was lost after
 * all of it had been sent: then the server may have it, and one mail too few is better than one too many.
 */
function mayTryAgain(error: unknown, whole: boolean): boolean {
  const { responseCode } = error as SmtpFailure;
  return responseCode === undefined ? !whole : responseCode < 500;
}

/** The server's words, without what looks like credentials in a URL. */
function reasonOf(error: unknown): string {
  return ((error as SmtpFailure).message ?? String(error)).replace(/\/\/[^/@\s]*@/g, '//').slice(0, 500);
}
