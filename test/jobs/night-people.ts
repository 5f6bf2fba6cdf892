/** People with cards for the tests of nights, and the nights of theirs. */
import { silentLog } from '../../src/base/log.ts';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import type { Actor, Context } from '../../src/commands/context.ts';
import type { EngineRun } from '../../src/commands/engine-run.ts';
import { DEFAULT_LIMITS } from '../../src/commands/limits.ts';
import { changeNightSettings, type NightSettingsPatch } from '../../src/commands/night-settings.ts';
import { putObject } from '../../src/commands/put-object.ts';
import { performRun } from '../../src/commands/run-dedup.ts';
import { runNight } from '../../src/jobs/nightly.ts';
import { type Collection, findCollection } from '../../src/store/collections.ts';
import type { Db } from '../../src/store/database.ts';
import { claimNight, type NightKey } from '../../src/store/nights.ts';
import { listEntries } from '../../src/store/objects.ts';
import { listSuggestions } from '../../src/store/suggestion-lists.ts';
import type { SuggestionRow } from '../../src/store/suggestions.ts';
import type { TestClock } from '../support/server.ts';

export interface Sleeping {
  readonly actor: Actor;
  readonly book: Collection;
}

export const contextOf = (db: Db, clock: TestClock): Context => ({ db, clock, log: silentLog, limits: DEFAULT_LIMITS });

export const inProcess =
  (context: Context): EngineRun =>
  (request) =>
    performRun(context, request);

let people = 0;

export async function sleeping(
  context: Context,
  wish: NightSettingsPatch & { language?: string } = {},
): Promise<Sleeping> {
  const { language, ...settings } = wish;
  const name = `sleeper${++people}`;
  const organisationId = await createOrganisation(context, name);
  const emails = [`${name}@example.org`];
  const of = { organisationId, kind: 'user' as const, name, displayName: `Sleeper ${people}`, emails };
  const principalId = await createPrincipal(context, { ...of, ...(language ? { language } : {}) });
  const actor: Actor = { organisationId, principalId, name, role: 'member' };
  await changeNightSettings(context, actor, settings);
  const book = (await findCollection(context.db, organisationId, principalId, 'addressbook', 'contacts'))!;
  return { actor, book };
}

/** Stores a card; the UID is its name. */
export function put(
  context: Context,
  collection: Collection,
  uid: string,
  name: string,
  ...lines: string[]
): Promise<{ objectId: string }> {
  const [given = '', family = ''] = name.split(' ');
  const card = ['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, `FN:${name}`, `N:${family};${given};;;`, ...lines];
  const octets = Buffer.from([...card, 'END:VCARD', ''].join('\r\n'));
  return putObject(context, { collection, name: `${uid}.vcf`, octets });
}

/** Two cards that hold the same but for their UID. */
export async function putCopies(context: Context, { book }: Sleeping, uid: string, name: string): Promise<void> {
  for (const copy of ['a', 'b']) await put(context, book, `${uid}-${copy}`, name, `EMAIL:${uid}@example.org`);
}

/** Two cards that surely are one person, and do not hold the same. */
export async function putCertain(context: Context, { book }: Sleeping, uid: string, name: string): Promise<void> {
  const same = [`EMAIL:${uid}@example.org`, `TEL;TYPE=CELL:+49 171 ${5550000 + uid.length}`, 'BDAY:1980-02-03'];
  await put(context, book, `${uid}-a`, name, ...same);
  await put(context, book, `${uid}-b`, name, ...same, 'NOTE:from the old phone');
}

export const keyOf = ({ actor }: Sleeping, nightAt: Date): NightKey => ({
  organisationId: actor.organisationId,
  ownerId: actor.principalId,
  nightAt,
});

/** Claims and runs a night that begins now; returns its key and the steps that failed. */
export async function night(
  context: Context,
  person: Sleeping,
  runEngine: EngineRun = inProcess(context),
): Promise<{ key: NightKey; failed: string[] }> {
  const now = new Date(context.clock.now());
  const key = keyOf(person, now);
  await claimNight(context.db, key, now);
  return { key, failed: await runNight(context, key, runEngine) };
}

/** What the user is shown. */
export const shown = ({ db, clock }: Context, { actor }: Sleeping): Promise<SuggestionRow[]> =>
  listSuggestions(db, actor.organisationId, actor.principalId, { now: new Date(clock.now()) }, 1000);

export async function namesIn({ db }: Context, { book }: Sleeping): Promise<string[]> {
  return (await listEntries(db, book.organisation_id, book.collection_id)).map((entry) => entry.name).sort();
}
