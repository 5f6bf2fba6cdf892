/** Cards and calendar objects of many programs: stored and given back octet for octet, or refused by name. Skipped without the corpus. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DavServer, ICALENDAR, PREFIXES, startDavServer, VCARD } from '../support/dav-server.ts';

const CORPUS = path.resolve(import.meta.dirname, '../../../shared/corpus');

interface CorpusFile {
  readonly file: string;
  readonly kind: string;
  readonly expected: { readonly parse: string; readonly put_constraints_broken: readonly string[] | null };
}

/** Marked as one legal PUT, yet refused for a reason that RFC 4791 gives. */
const REFUSED_RIGHTLY: ReadonlyMap<string, string> = new Map([
  ['created_calendar_with_unicode_fields.ics', 'its second event has no UID (§4.1)'],
  ['issue_178_custom_component_inside_other.ics', 'its only component is none that a calendar takes (§5.2.3)'],
]);

const manifest = path.join(CORPUS, 'MANIFEST.json');
const files: readonly CorpusFile[] = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).files : [];
const cards = files.filter(({ kind }) => kind === 'vcard');
const calendars = files.filter(({ kind }) => kind === 'ical');

describe.skipIf(files.length === 0)('the corpus', () => {
  let server: DavServer;
  beforeAll(async () => {
    server = await startDavServer();
  });
  afterAll(() => server.stop());

  /** PUTs each file into a collection of its own, reads it back and queries it; returns what went wrong. */
  async function faults(some: readonly CorpusFile[], kind: 'addressbook' | 'calendar'): Promise<string[]> {
    const wrong: string[] = [];
    for (const [index, { file, expected }] of some.entries()) {
      const octets = readFileSync(path.join(CORPUS, file));
      const home = kind === 'addressbook' ? '/dav/addressbooks/ann/' : '/dav/calendars/ann/';
      const base = `${home}${index}/`;
      const type = '<D:resourcetype><D:collection/><CR:addressbook/></D:resourcetype>';
      const body = `<D:mkcol ${PREFIXES}><D:set><D:prop>${type}</D:prop></D:set></D:mkcol>`;
      if (kind === 'addressbook') await server.ann('MKCOL', base, body);
      else await server.ann('MKCALENDAR', base);
      const put = await server.ann('PUT', `${base}x`, octets, kind === 'addressbook' ? VCARD : ICALENDAR);
      const isLegal = expected.parse === 'ok' && !expected.put_constraints_broken?.length;
      const isExplained = REFUSED_RIGHTLY.has(path.basename(file));
      if (put.status === 201 ? expected.parse === 'reject' : put.status !== 403 || (isLegal && !isExplained))
        wrong.push(`${file}: PUT ${put.status} ${put.text.slice(-200)}`);
      if (put.status === 201) wrong.push(...(await readBack(kind, base, file, octets)));
    }
    return wrong;
  }

  async function readBack(kind: string, base: string, file: string, octets: Buffer): Promise<string[]> {
    const got = await server.ann('GET', `${base}x`);
    const query =
      kind === 'addressbook'
        ? `<CR:addressbook-query ${PREFIXES}><D:prop><CR:address-data content-type="text/vcard" version="4.0"/></D:prop><CR:filter><CR:prop-filter name="NOTE"/><CR:prop-filter name="VERSION"/></CR:filter></CR:addressbook-query>`
        : `<C:calendar-query ${PREFIXES}><D:prop><C:calendar-data><C:expand start="20200101T000000Z" end="20200201T000000Z"/></C:calendar-data></D:prop><C:filter><C:comp-filter name="VCALENDAR"/></C:filter></C:calendar-query>`;
    const found = await server.ann('REPORT', base, query, { depth: '1' });
    const isFound = found.status === 207 && found.responses().has(`${base}x`);
    return [
      ...(got.octets.equals(octets) ? [] : [`${file}: came back otherwise`]),
      ...(isFound ? [] : [`${file}: REPORT ${found.status}`]),
    ];
  }

  it('of cards is stored octet for octet or refused by its condition, and can be queried and converted', async () => {
    expect(await faults(cards, 'addressbook')).toEqual([]);
  }, 300_000);

  it('of calendar objects is stored octet for octet or refused by its condition, and can be queried and expanded', async () => {
    expect(await faults(calendars, 'calendar')).toEqual([]);
  }, 300_000);
});
