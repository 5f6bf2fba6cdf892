/** People for tests of the API: made by commands, signed in as a browser does. */
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import { issueAppPassword } from '../../src/commands/app-passwords.ts';
import type { Role } from '../../src/store/schema/accounts.ts';
import { type ApiClient, ApiFailure, apiClient } from './api-client.ts';
import type { TestServer } from './server.ts';

export const PASSWORD = 'correct horse';

export interface Person {
  readonly name: string;
  readonly organisationId: string;
  readonly principalId: string;
}

let made = 0;

/** A user in an organisation of its own, or in the one given. */
export async function aPerson(
  server: TestServer,
  parts: {
    readonly organisationId?: string;
    readonly role?: Role;
    readonly name?: string;
    readonly emails?: string[];
  } = {},
): Promise<Person> {
  const name = parts.name ?? `person${++made}`;
  const organisationId = parts.organisationId ?? (await createOrganisation(server.context, `of ${name}`));
  const principalId = await createPrincipal(server.context, {
    organisationId,
    kind: 'user',
    name,
    password: PASSWORD,
    role: parts.role ?? 'member',
    emails: parts.emails ?? [],
  });
  return { name, organisationId, principalId };
}

export const anAdministrator = (server: TestServer): Promise<Person> => aPerson(server, { role: 'administrator' });

/** An app password of a person, for devices. */
export async function aDevice(server: TestServer, person: Person): Promise<string> {
  return (await issueAppPassword(server.context, person, 'Phone')).secret;
}

/** Signs in on the page; the client then sends cookie and CSRF token. */
export async function signIn(
  server: TestServer,
  name: string,
  parts: { readonly password?: string; readonly code?: string } = {},
): Promise<ApiClient> {
  const body = { name, password: parts.password ?? PASSWORD, ...(parts.code ? { code: parts.code } : {}) };
  const answer = await apiClient(server.url).send('signIn', { body });
  const Cookie = answer.headers.get('Set-Cookie')!.split(';')[0]!;
  return apiClient(server.url, { Cookie, 'X-CSRF-Token': answer.value.csrfToken! });
}

/** The failure of a call; throws when it succeeded. */
export async function failureOf(work: Promise<unknown>): Promise<ApiFailure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ApiFailure) return error;
    throw error;
  }
  throw new Error('the call succeeded');
}

/** Status and code of a refusal, as `403 administrator-required`. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  const { status, problem } = await failureOf(work);
  return `${status} ${String(problem.code)}`;
}
