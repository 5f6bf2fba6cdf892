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

/** Looks for duplicates and waits until that is done. */
export async function search(api: ApiClient): Promise<void> {
  const run = await api.call('startRun');
  while ((await api.call('showRun', { parameters: { id: run.id } })).state === 'running')
    await new Promise((resolve) => setTimeout(resolve, 20));
}

/** A card of these lines in the person's address book. */
export const addCard = ({ api, book }: ApiPerson, uid: string, ...lines: string[]) =>
  api.call('createCard', { body: { collectionId: book, vcard: vcardOf(uid, ...lines) } });

export const vcardOf = (uid: string, ...lines: string[]): string =>
  ['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, ...lines, 'END:VCARD', ''].join('\r\n');

/** Merges the other cards into the first as they are now. */
export async function mergeNow(api: ApiClient, [referenceId, ...memberIds]: readonly [string, ...string[]]) {
  const wish = { referenceId, memberIds };
  const { etags } = await api.call('previewMerge', { body: wish });
  return api.call('mergeCards', { body: { ...wish, etags } });
}
