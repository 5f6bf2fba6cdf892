/** A user of an organisation of its own, calling the API by name and password. */
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import { type ApiClient, ApiFailure, apiClient, basic } from './api-client.ts';
import type { TestServer } from './server.ts';

let people = 0;

export interface ApiPerson {
  readonly api: ApiClient;
  readonly name: string;
  readonly book: string;
  readonly calendar: string;
}

export async function newPerson(server: TestServer): Promise<ApiPerson> {
  const name = `somebody${++people}`;
  const organisationId = await createOrganisation(server.context, name);
  await createPrincipal(server.context, { organisationId, kind: 'user', name, password: 'correct horse' });
  const api = apiClient(server.url, basic(name, 'correct horse'));
  const [book, calendar] = (await api.call('listCollections')).items;
  return { api, name, book: book!.id, calendar: calendar!.id };
}

/** Status and code of the refusal that `work` meets; fails when it succeeds. */
export async function refusal(work: Promise<unknown>): Promise<[number, unknown]> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ApiFailure) return [error.status, error.problem.code];
    throw error;
  }
  throw new Error('the call succeeded');
}
