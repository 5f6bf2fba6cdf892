/** The mail about a night: what it tells, and to whom. */
import type { Context } from '../commands/context.ts';
import { mailAddress, nightSettings } from '../commands/night-settings.ts';
import { readableBooks } from '../commands/readable-books.ts';
import { digestLetter } from '../mail/digest.ts';
import type { Letter } from '../mail/letter.ts';
import { type CardRow, findCards } from '../store/cards.ts';
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
import { mergesOfRun } from '../store/run-merges.ts';
import { BELIEVED, countSuggestions, listSuggestions } from '../store/suggestion-lists.ts';
import { type MailContext, type MailKind, sendDue } from './due-mails.ts';

/** Suggestions named in one mail. */
const MOST_NAMED = 10;
/** A mail that could not go out by then is no news any more: an operator who sets a mail server up late floods nobody. */
const NEWS_MS = 3 * 24 * 60 * 60_000;

const NIGHTS: MailKind<NightKey> = {
  about: 'night',
  list: ({ db, clock }, limit) => listDueMails(db, new Date(clock.now()), limit),
  claim: ({ db }, key) => claimMail(db, key),
  write: letterOf,
  end: ({ db }, key, mail) => updateNight(db, key, { mail }),
  putOff: ({ db }, key, at) => updateNight(db, key, { mail: 'due', mail_after: at }),
};

/** Sends the mail about every night that is due; returns how many were sent. */
export function sendDigests(context: MailContext): Promise<number> {
  return sendDue(context, NIGHTS);
}

async function letterOf(context: MailContext, key: NightKey): Promise<Letter | undefined> {
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

const greeting = ({ pageUrl }: MailContext, { display_name, language }: Principal) => ({
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
  const filter = { now: new Date(context.clock.now()), since, within, tiers: BELIEVED };
  const { certain, likely } = await countSuggestions(context.db, organisationId, ownerId, filter);
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
  return { found: certain + likely, suggestions };
}
