/** Which account a person is whom an OpenID provider has signed in: by subject, by verified e-mail, or a new one where allowed. */
import { AppError } from '../base/errors.ts';
import { inTransaction } from '../store/database.ts';
import { bindSubject, findPrincipalBySubject, findUsersByEmail } from '../store/external-identities.ts';
import {
  findLogin,
  findOrganisationByName,
  findPrincipal,
  firstOrganisation,
  type Principal,
  updatePrincipal,
} from '../store/principals.ts';
import { createPrincipal } from './accounts.ts';
import { actorOf } from './authenticate.ts';
import type { Actor, Context } from './context.ts';

/** An OpenID provider that signs people in. */
export interface OpenIdSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined: a public client, which PKCE protects. */
  readonly clientSecret: string | undefined;
  /** What the button on the page says. */
  readonly name: string;
  readonly scope: string;
  /** Make an account for a person who has none. */
  readonly newUsers: boolean;
  /** The organisation whose people the provider knows; undefined: the first one. */
  readonly organisation: string | undefined;
}

/** What the provider vouches for. */
export interface OpenIdPerson {
  readonly issuer: string;
  readonly subject: string;
  /** Only a verified one. */
  readonly email: string | undefined;
  readonly preferredName: string | undefined;
  readonly displayName: string | undefined;
}

const MOST_NAMES_TRIED = 50;

/**
 * The account of a person; bound to the subject from now on, so that a changed e-mail address does not matter. Throws AppError
 * 'no-account' (nobody fits, and new users are not made), 'account-disabled', 'no-organisation'.
 */
export async function accountOf(
  context: Context,
  settings: Pick<OpenIdSettings, 'newUsers' | 'organisation'>,
  person: OpenIdPerson,
): Promise<Actor> {
  const organisationId = await organisationOf(context, settings.organisation);
  const bound = await findPrincipalBySubject(context.db, organisationId, person.issuer, person.subject);
  const principal = bound ?? (await firstTime(context, organisationId, settings.newUsers, person));
  if (principal.disabled_at) throw new AppError('forbidden', 'account-disabled', 'This account is disabled.');
  return actorOf(principal);
}

async function organisationOf(context: Context, name: string | undefined): Promise<string> {
  const found =
    name === undefined ? await firstOrganisation(context.db) : await findOrganisationByName(context.db, name);
  if (found) return found.organisation_id;
  throw new AppError('unavailable', 'no-organisation', 'The organisation of the OpenID provider does not exist.');
}

function firstTime(
  context: Context,
  organisationId: string,
  newUsers: boolean,
  person: OpenIdPerson,
): Promise<Principal> {
  return inTransaction(context.db, async (tx) => {
    const inside = { ...context, db: tx };
    const named = person.email ? await findUsersByEmail(tx, organisationId, person.email) : [];
    const known = named.length === 1 ? named[0] : undefined;
    if (!known && (!newUsers || named.length > 0)) {
      throw new AppError('forbidden', 'no-account', 'There is no account here for this person.');
    }
    const principalId = known?.principal_id ?? (await makeUser(inside, organisationId, person));
    if (known?.password_temporary) {
      // the provider vouches for the person: a one-time password that was never used must not stand in the way, nor stay valid
      const patch = { password_hash: null, password_temporary: false };
      await updatePrincipal(tx, organisationId, principalId, patch);
    }
    await bindSubject(tx, {
      organisation_id: organisationId,
      issuer: person.issuer,
      subject: person.subject,
      principal_id: principalId,
      created_at: new Date(context.clock.now()),
    });
    return (await findPrincipal(tx, organisationId, principalId))!;
  });
}

async function makeUser(context: Context, organisationId: string, person: OpenIdPerson): Promise<string> {
  const wished = (person.preferredName ?? person.email?.split('@')[0] ?? 'user')
    .normalize('NFC')
    .replaceAll(/[\p{C}\p{Z}/\\:]+/gu, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
    .slice(0, 100);
  return createPrincipal(context, {
    organisationId,
    kind: 'user',
    name: await freeName(context, wished || 'user'),
    ...(person.displayName ? { displayName: person.displayName.slice(0, 200) } : {}),
    ...(person.email ? { emails: [person.email] } : {}),
  });
}

async function freeName(context: Context, wished: string): Promise<string> {
  for (let number = 1; number <= MOST_NAMES_TRIED; number++) {
    const name = number === 1 ? wished : `${wished}-${number}`;
    if (!(await findLogin(context.db, name))) return name;
  }
  throw new AppError('conflict', 'name-taken', `The name "${wished}" is already taken.`);
}
