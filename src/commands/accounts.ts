/** Organisations, their users and the users' credentials. */
import { AppError } from '../base/errors.ts';
import { uuidv7 } from '../base/ids.ts';
import { TIME_VERSION } from '../icalendar/time-bounds.ts';
import { inTransaction } from '../store/database.ts';
import {
  findOrganisation,
  findPrincipal,
  insertLogin,
  insertOrganisation,
  insertPrincipal,
  type Principal,
  updatePrincipal,
} from '../store/principals.ts';
import type { PrincipalKind, Role } from '../store/schema/accounts.ts';
import { deleteSessionsOf } from '../store/sessions.ts';
import { createCollection } from './collections.ts';
import type { Context } from './context.ts';
import { newUserDefaults } from './organisation.ts';
import { hashPassword } from './password.ts';

/** Makes an organisation; returns its id. */
export async function createOrganisation(context: Context, name: string): Promise<string> {
  const organisationId = uuidv7(context.clock.now());
  await insertOrganisation(context.db, {
    organisation_id: organisationId,
    name,
    created_at: new Date(context.clock.now()),
    time_version: TIME_VERSION,
  });
  return organisationId;
}

export interface NewPrincipal {
  readonly organisationId: string;
  readonly kind: PrincipalKind;
  /** Login name: 1 to 200 characters without control characters, `/`, `\` or `:` (which Basic authentication cannot carry). */
  readonly name: string;
  readonly displayName?: string;
  readonly emails?: readonly string[];
  readonly role?: Role;
  /** Absent: cannot sign in with a password. */
  readonly password?: string;
  /** The password must be changed at the first sign-in. */
  readonly temporary?: boolean;
  readonly language?: string;
  readonly timeZone?: string;
  /** Two-letter country code for phone numbers without a country. */
  readonly region?: string;
}

const SHORTEST_PASSWORD = 8;
const LONGEST_PASSWORD = 1000;
const NAME = /^[^\p{C}\p{Z}/:](?:[^\p{C}/:]{0,198}[^\p{C}\p{Z}/:])?$/u;

/** A login name as it is stored and looked up: of two ways to write a letter with an accent, one (Unicode NFC). */
export const loginName = (name: string): string => name.normalize('NFC');

/** Throws AppError 'invalid-name' unless somebody may sign in by the text. */
export function checkLoginName(name: string): void {
  if (!NAME.test(name) || name === '.' || name === '..') throw invalidName(name);
}

/** Throws AppError 'invalid-name' unless the text may be a principal's name, which is a segment of its URLs: those hold no backslash. */
export function checkPrincipalName(name: string): void {
  checkLoginName(name);
  if (name.includes('\\')) throw invalidName(name);
}

const invalidName = (name: string): AppError =>
  new AppError(
    'invalid',
    'invalid-name',
    `"${name}" cannot be a name: 1 to 200 characters, without "/", "\\", ":" or control characters, and no space at either end.`,
  );

/** Throws AppError 'invalid-password' when a password is too short or too long. */
function checkPassword(password: string): void {
  if (password.length < SHORTEST_PASSWORD || password.length > LONGEST_PASSWORD) {
    throw new AppError(
      'invalid',
      'invalid-password',
      `A password has ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`,
      { limit: SHORTEST_PASSWORD },
    );
  }
}

/**
 * Makes a principal; a user (and any other principal that has calendars of its own) gets an address book `contacts` and a
 * calendar `calendar`. Throws AppError 'name-taken', 'invalid-name', 'invalid-password'.
 */
export async function createPrincipal(context: Context, asked: NewPrincipal): Promise<string> {
  const wanted = { ...asked, name: loginName(asked.name) };
  checkPrincipalName(wanted.name);
  if (wanted.password !== undefined) checkPassword(wanted.password);
  const principalId = uuidv7(context.clock.now());
  const hash = wanted.password === undefined ? null : await hashPassword(wanted.password);
  const organisation = wanted.kind === 'user' ? await findOrganisation(context.db, wanted.organisationId) : undefined;
  const start = newUserDefaults(organisation);
  await inTransaction(context.db, async (tx) => {
    const key = { organisation_id: wanted.organisationId, principal_id: principalId };
    if (!(await insertLogin(tx, { ...key, name: wanted.name }))) {
      throw new AppError('conflict', 'name-taken', `The name "${wanted.name}" is already taken.`);
    }
    await insertPrincipal(tx, {
      ...key,
      kind: wanted.kind,
      name: wanted.name,
      display_name: wanted.displayName ?? wanted.name,
      emails: [...(wanted.emails ?? [])],
      role: wanted.role ?? 'member',
      password_hash: hash,
      password_temporary: wanted.temporary ?? false,
      language: wanted.language ?? start.language,
      time_zone: wanted.timeZone ?? start.timeZone,
      region: wanted.region ?? start.region,
      quota_octets: start.quota,
      created_at: new Date(context.clock.now()),
      disabled_at: null,
    });
    const region = wanted.region ?? start.region;
    await createHomes({ ...context, db: tx }, region ? { ...wanted, region } : wanted, principalId);
  });
  return principalId;
}

const FIRST_COLLECTIONS = [
  { kind: 'addressbook', name: 'contacts', displayName: 'Contacts', for: ['user'] },
  { kind: 'calendar', name: 'calendar', displayName: 'Calendar', for: ['user', 'resource', 'location'] },
] as const satisfies readonly { kind: string; name: string; displayName: string; for: readonly PrincipalKind[] }[];

async function createHomes(context: Context, wanted: NewPrincipal, principalId: string): Promise<void> {
  for (const first of FIRST_COLLECTIONS) {
    if (!(first.for as readonly PrincipalKind[]).includes(wanted.kind)) continue;
    await createCollection(context, {
      organisationId: wanted.organisationId,
      ownerId: principalId,
      kind: first.kind,
      name: first.name,
      properties: { display_name: first.displayName, region: wanted.region ?? null },
    });
  }
}

/** Sets an account's password and ends its sessions but the one named. App passwords stay. Throws AppError 'invalid-password'. */
export async function setPassword(
  context: Context,
  who: { readonly organisationId: string; readonly principalId: string },
  password: string,
  options: { readonly temporary?: boolean; readonly keepSession?: string } = {},
): Promise<void> {
  checkPassword(password);
  const hash = await hashPassword(password);
  await inTransaction(context.db, async (tx) => {
    await updatePrincipal(tx, who.organisationId, who.principalId, {
      password_hash: hash,
      password_temporary: options.temporary ?? false,
    });
    await deleteSessionsOf(tx, who.organisationId, who.principalId, options.keepSession);
  });
}

/** The account behind an actor. Throws AppError notFound when it has gone meanwhile. */
export async function requirePrincipal(
  context: Context,
  who: { readonly organisationId: string; readonly principalId: string },
): Promise<Principal> {
  const principal = await findPrincipal(context.db, who.organisationId, who.principalId);
  if (!principal) throw new AppError('notFound', 'not-found', 'The account no longer exists.');
  return principal;
}
