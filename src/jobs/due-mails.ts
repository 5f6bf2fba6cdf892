/** Mails that are due: each is sent once, by one process, and tried again later and later while the mail server does not take it. */
import type { Context } from '../commands/context.ts';
import type { Letter, Mailer } from '../mail/letter.ts';

export interface MailContext extends Context {
  /** Undefined: this server sends no mail, and what is due waits. */
  readonly mailer: Mailer | undefined;
  /** URL of the page, with a slash at the end. */
  readonly pageUrl: string;
}

/** What becomes of a mail: `none` when there is nothing left to tell, or nobody to tell it to. */
export type MailEnd = 'sent' | 'none' | 'failed';

/** A kind of mail: where it is noted what is due, and what is written. */
export interface MailKind<Key> {
  /** What it is about, for the log and the metrics. */
  readonly about: 'night' | 'held-deletions';
  /** At most `limit`, the longest waiting first. */
  list(context: MailContext, limit: number): Promise<readonly Key[]>;
  /** For the one caller that may send it, how often it was claimed by now: it is nobody else's until it ends or is put off. */
  claim(context: MailContext, key: Key): Promise<number | undefined>;
  write(context: MailContext, key: Key): Promise<Letter | undefined>;
  end(context: MailContext, key: Key, end: MailEnd): Promise<void>;
  /** It is due again from `at` on. */
  putOff(context: MailContext, key: Key, at: Date): Promise<void>;
}

const MAILS_AT_ONCE = 200;
/** Waiting times after a failure double from the first on. */
const FIRST_PAUSE_MS = 15 * 60_000;
const MOST_SENDINGS = 8;

/** Sends every mail of a kind that is due; one that fails costs no other. Returns how many were sent. */
export async function sendDue<Key extends object>(context: MailContext, kind: MailKind<Key>): Promise<number> {
  if (!context.mailer) return 0;
  let sent = 0;
  for (const key of await kind.list(context, MAILS_AT_ONCE)) {
    try {
      const attempts = await kind.claim(context, key);
      if (attempts !== undefined && (await sendOne(context, context.mailer, kind, { key, attempts }))) sent++;
    } catch (error) {
      context.log.error({ ...key, error: String(error) }, `a mail (${kind.about}) could not be sent`);
    }
  }
  return sent;
}

async function sendOne<Key extends object>(
  context: MailContext,
  mailer: Mailer,
  kind: MailKind<Key>,
  { key, attempts }: { readonly key: Key; readonly attempts: number },
): Promise<boolean> {
  const written = await writeOne(context, kind, key);
  if (written === undefined) {
    await kind.end(context, key, 'none');
    return false;
  }
  const delivery = 'to' in written ? await mailer.send(written) : written;
  if (delivery.outcome === 'sent') {
    await kind.end(context, key, 'sent');
    context.observer?.mailEnded(kind.about, 'sent');
    return true;
  }
  const again = delivery.again && attempts < MOST_SENDINGS;
  const pause = FIRST_PAUSE_MS * 2 ** (attempts - 1);
  if (again) await kind.putOff(context, key, new Date(context.clock.now() + pause));
  else await kind.end(context, key, 'failed');
  context.observer?.mailEnded(kind.about, again ? 'later' : 'failed');
  context.log.warn({ ...key, again, reason: delivery.reason }, `a mail (${kind.about}) was not taken`);
  return false;
}

/** The letter; one that cannot be written now is as one that the server does not take now. */
async function writeOne<Key>(context: MailContext, kind: MailKind<Key>, key: Key) {
  try {
    return await kind.write(context, key);
  } catch (error) {
    return { outcome: 'failed', again: true, reason: String(error) } as const;
  }
}
