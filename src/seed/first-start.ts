/** The very first start: an administrator, and a demo user whose sample book holds duplicates. */
import { AppError } from '../base/errors.ts';
import { secretToken } from '../base/ids.ts';
import { createOrganisation, createPrincipal } from '../commands/accounts.ts';
import { issueAppPassword } from '../commands/app-passwords.ts';
import type { Context } from '../commands/context.ts';
import { putObject } from '../commands/put-object.ts';
import { runNow } from '../commands/run-dedup.ts';
import { foldText } from '../contentline/write.ts';
import { findCollection } from '../store/collections.ts';
import { inTransaction } from '../store/database.ts';
import { countOrganisations } from '../store/principals.ts';
import { DEMO_CARDS } from './demo-cards.ts';
import { DEMO_EVENTS, type DemoEvent } from './demo-events.ts';
import { cardFile, type DemoFile, uidOf } from './demo-files.ts';

/** What was made, with the secrets that are shown once. */
export interface FirstStart {
  readonly organisationId: string;
  readonly administrator: { readonly name: string; readonly password: string };
  readonly demo: DemoAccount | undefined;
}

export interface DemoAccount {
  readonly principalId: string;
  readonly name: string;
  readonly password: string;
  readonly appPassword: string;
  /** Cards in the sample book, and how many people in it have more than one. */
  readonly cards: number;
  readonly clusters: number;
}

/** Country of the demo user: numbers without a country code are read as British. */
const REGION = 'GB';

/**
 * Makes the first accounts when the database has no organisation; undefined when it has one. All in one transaction: a
 * process killed on the way leaves nothing, and of two that start at once only one makes them. Then looks for the
 * duplicates of the sample book, so that they are there to be seen.
 */
export async function seedFirstStart(
  context: Context,
  options: { readonly demo: boolean },
): Promise<FirstStart | undefined> {
  if ((await countOrganisations(context.db)) > 0) return undefined;
  const made = await makeOnce(context, options.demo);
  if (made?.demo) {
    await runNow(context, { organisationId: made.organisationId, principalId: made.demo.principalId }, 'first-start');
  }
  return made;
}

async function makeOnce(context: Context, withDemo: boolean): Promise<FirstStart | undefined> {
  try {
    return await inTransaction(context.db, (tx) => makeAccounts({ ...context, db: tx }, withDemo));
  } catch (error) {
    if (error instanceof AppError && error.code === 'name-taken') return undefined;
    throw error;
  }
}

async function makeAccounts(context: Context, withDemo: boolean): Promise<FirstStart> {
  const organisationId = await createOrganisation(context, 'Doublon');
  const administrator = { name: 'admin', password: secretToken(12) };
  await createPrincipal(context, {
    ...administrator,
    organisationId,
    kind: 'user',
    displayName: 'Administrator',
    role: 'administrator',
    temporary: true,
  });
  return { organisationId, administrator, demo: withDemo ? await makeDemo(context, organisationId) : undefined };
}

async function makeDemo(context: Context, organisationId: string): Promise<DemoAccount> {
  const account = { name: 'demo', password: secretToken(12) };
  const principalId = await createPrincipal(context, {
    ...account,
    organisationId,
    kind: 'user',
    displayName: 'Demo',
    region: REGION,
  });
  const cards = DEMO_CARDS.flatMap((group) => group.cards);
  await putAll(context, organisationId, principalId, 'addressbook', 'contacts', cards.map(cardFile));
  await putAll(context, organisationId, principalId, 'calendar', 'calendar', DEMO_EVENTS.map(eventFile));
  const { secret } = await issueAppPassword(context, { organisationId, principalId }, 'First device');
  const clusters = DEMO_CARDS.filter((group) => group.duplicates).length;
  return { ...account, principalId, appPassword: secret, cards: cards.length, clusters };
}

async function putAll(
  context: Context,
  organisationId: string,
  ownerId: string,
  kind: 'addressbook' | 'calendar',
  collectionName: string,
  files: readonly DemoFile[],
): Promise<void> {
  const collection = await findCollection(context.db, organisationId, ownerId, kind, collectionName);
  if (!collection) throw new AppError('notFound', 'not-found', `a new user has no ${kind} called ${collectionName}`);
  for (const file of files) await putObject(context, { collection, ...file });
}

function eventFile({ id, lines }: DemoEvent): DemoFile {
  const all = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Doublon//Sample calendar//EN',
    'BEGIN:VEVENT',
    `UID:${uidOf(id)}`,
    'DTSTAMP:20260901T080000Z',
    ...lines,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return { name: `${id}.ics`, octets: Buffer.concat(all.map((line) => foldText(line))) };
}
