/** The mail about a night: written when it is due, never more than one, tried again while the mail server does not take it. */
import type { Context } from '../commands/context.ts';
import { mailAddress, nightSettings } from '../commands/night-settings.ts';
import { readableBooks } from '../commands/readable-books.ts';
import { digestLetter } from '../mail/digest.ts';
import type { Letter, Mailer } from '../mail/letter.ts';
import { type CardRow, findCards } from '../store/cards.ts';
import { mergesOfRun } from '../store/merges.ts';
import {
  claimMail,
  findNight,
  listDueMails,
  type NightKey,
  type NightRow,
  newSince,
  updateNight,
} from '../store/nights.ts';
import { findPrincipal, type Principal } from '../store/principals.ts';
import { countSuggestions, listSuggestions } from '../store/suggestions.ts';

export interface DigestContext extends Context {
  /** Undefined: this server sends no mail, and what is due waits. */
  readonly mailer: Mailer | undefined;
  /** URL of the page, with a slash at the end. */
  readonly pageUrl: string;
}

const MAILS_AT_ONCE = 200;
/** Suggestions named in one mail. */
const MOST_NAMED = 10;
/** Waiting times after a failure double from the first on. */
const FIRST_PAUSE_MS = 15 * 60_000;
const MOST_SENDINGS = 8;
/** A mail that could not go out by then is no news any more: an operator who sets a mail server up late floods nobody. */
const NEWS_MS = 3 * 24 * 60 * 60_000;

/** Sends every mail that is due; one that fails costs no other. Returns how many were sent. */
export async function sendDigests(context: DigestContext): Promise<number> {
  if (!context.mailer) return 0;
  const due = await listDueMails(context.db, new Date(context.clock.now()), MAILS_AT_ONCE);
  let sent = 0;
  for (const key of due) {
    try {
      if ((await claimMail(context.db, key)) && (await sendOne(context, context.mailer, key))) sent++;
    } catch (error) {
      context.log.error({ ...key, error: String(error) }, 'the mail about a night could not be written');
    }
  }
  return sent;
}

/** Sends a claimed mail; one with nothing left to tell, or that nobody wants any more, is dropped. */
async function sendOne(context: DigestContext, mailer: Mailer, key: NightKey): Promise<boolean> {
  const letter = await letterOf(context, key);
  if (!letter) {
    await updateNight(context.db, key, { mail: 'none' });
    return false;
  }
  const delivery = await mailer.send(letter);
  if (delivery.outcome === 'sent') {
    await updateNight(context.db, key, { mail: 'sent' });
    context.observer?.mailEnded('sent');
    return true;
  }
  const attempts = (await findNight(context.db, key))?.mail_attempts ?? MOST_SENDINGS;
  const again = delivery.again && attempts < MOST_SENDINGS;
  const pause = FIRST_PAUSE_MS * 2 ** (attempts - 1);
  const later = { mail: 'due' as const, mail_after: new Date(context.clock.now() + pause) };
  await updateNight(context.db, key, again ? later : { mail: 'failed' });
  context.observer?.mailEnded(again ? 'later' : 'failed');
  context.log.warn({ ...key, again, reason: delivery.reason }, 'the mail about a night was not taken');
  return false;
}

async function letterOf(context: DigestContext, key: NightKey): Promise<Letter | undefined> {
  const [night, principal] = await Promise.all([
    findNight(context.db, key),
    findPrincipal(context.db, key.organisationId, key.ownerId),
  ]);
  if (!night || context.clock.now() - key.nightAt.getTime() > NEWS_MS) return undefined;
  if (!principal || principal.disabled_at || !nightSettings(principal).mail) return undefined;
  const to = mailAddress(principal);
  if (!to) return undefined;
  const { found, suggestions } = await newSuggestions(context, night);
  const merged = night.merge_run_id
    ? (await mergesOfRun(context.db, key.organisationId, key.ownerId, night.merge_run_id)).length
    : 0;
  if (found === 0 && merged === 0) return undefined;
  return { ...digestLetter({ ...greeting(context, principal), suggestions, found, merged }), to, id: letterId(key) };
}

const greeting = ({ pageUrl }: DigestContext, { display_name, language }: Principal) => ({
  name: display_name,
  language,
  pageUrl,
});

const letterId = ({ ownerId, nightAt }: NightKey): string => `night.${ownerId}.${nightAt.getTime()}`;

const shownName = ({ index_data, name }: CardRow): string =>
  [index_data.FN, index_data.ORG, index_data.EMAIL, index_data.TEL]
    .map((values) => values?.[0]?.trim())
    .find(Boolean) ?? name;

/** What is new since the night before, and the user has not settled. */
async function newSuggestions(context: Context, night: NightRow) {
  const { organisation_id: organisationId, owner_id: ownerId } = night;
  const since = await newSince(context.db, { organisationId, ownerId, nightAt: night.night_at });
  const books = await readableBooks(context.db, { organisationId, principalId: ownerId });
  const within = books.map(({ collection }) => collection.collection_id);
  const filter = { now: new Date(context.clock.now()), since, within };
  const counts = await countSuggestions(context.db, organisationId, ownerId, filter);
  const named = await listSuggestions(context.db, organisationId, ownerId, filter, MOST_NAMED);
  const cards = await findCards(
    context.db,
    organisationId,
    named.map((row) => row.reference_id),
  );
  const names = new Map(cards.map((card) => [card.object_id, shownName(card)]));
  const suggestions = named.map((row) => ({
    id: row.suggestion_id,
    name: names.get(row.reference_id) || '?',
    cards: row.members.length,
  }));
  return { found: counts.certain + counts.likely + counts.possible, suggestions };
}
