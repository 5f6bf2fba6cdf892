/** A server with two users and clients for them: what the protocol tests start from. */
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import { type DavClient, davClient } from './dav-client.ts';
import { type ServerOptions, startServer, type TestServer } from './server.ts';

export const ANN = { name: 'ann', password: 'correct horse' };
export const BOB = { name: 'bob', password: 'battery staple' };

export const BOOK = '/dav/addressbooks/ann/contacts/';
export const CALENDAR = '/dav/calendars/ann/calendar/';

export interface DavServer extends TestServer {
  readonly organisationId: string;
  readonly ann: DavClient;
  readonly bob: DavClient;
  readonly anonymous: DavClient;
}

/** Starts a server on a database of its own with ann and bob in one organisation. */
export async function startDavServer(options: ServerOptions = {}): Promise<DavServer> {
  const server = await startServer(options);
  const organisationId = await createOrganisation(server.context, 'Test');
  for (const { name, password } of [ANN, BOB]) {
    const emails = [`${name}@example.com`];
    await createPrincipal(server.context, {
      organisationId,
      kind: 'user',
      name,
      password,
      emails,
      displayName: name,
      language: 'en',
    });
  }
  return {
    ...server,
    organisationId,
    ann: davClient(server.url, ANN),
    bob: davClient(server.url, BOB),
    anonymous: davClient(server.url),
  };
}

/** A card with CRLF line ends; `lines` go behind FN. */
export function aCard(uid: string, name = 'Ann Example', ...lines: readonly string[]): string {
  return [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `UID:${uid}`,
    `FN:${name}`,
    `N:${name.split(' ').reverse().join(';')};;;`,
    ...lines,
    'END:VCARD',
    '',
  ].join('\r\n');
}

/** A calendar object with one event; `lines` go into it. */
export function anEvent(uid: string, ...lines: readonly string[]): string {
  const times = lines.some((line) => line.startsWith('DTSTART'))
    ? []
    : ['DTSTART:20260701T100000Z', 'DTEND:20260701T110000Z'];
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Test//EN',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20260101T000000Z',
    'SUMMARY:Meeting',
    ...times,
    ...lines,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

/** A PROPFIND body for properties given with the prefixes D, C, CR, CS, ICAL. */
export function propfindBody(...properties: readonly string[]): string {
  return `<D:propfind ${PREFIXES}><D:prop>${properties.map((name) => `<${name}/>`).join('')}</D:prop></D:propfind>`;
}

export const PREFIXES =
  'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:CR="urn:ietf:params:xml:ns:carddav" xmlns:CS="http://calendarserver.org/ns/" xmlns:ICAL="http://apple.com/ns/ical/"';

export const VCARD = { 'content-type': 'text/vcard; charset=utf-8' };
export const ICALENDAR = { 'content-type': 'text/calendar; charset=utf-8' };
