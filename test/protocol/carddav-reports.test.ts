/** addressbook-query and addressbook-multiget over HTTP (RFC 6352 §8.6, §8.7). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carddav, dav } from '../../src/xml/names.ts';
import { foundText } from '../support/dav-client.ts';
import { aCard, BOOK, CALENDAR, type DavServer, PREFIXES, startDavServer, VCARD } from '../support/dav-server.ts';

const CARDS: Readonly<Record<string, string>> = {
  ann: aCard(
    'ann',
    'Ann Müller',
    'EMAIL;TYPE=HOME:ann@example.com',
    'item1.TEL;TYPE=CELL:+1 555 1',
    'item1.X-ABLabel:boat',
    'NOTE:sails a lot',
  ),
  bob: aCard(
    'bob',
    'Bob Stone',
    'EMAIL;TYPE=WORK:bob@work.example',
    'EMAIL:bob@home.example',
    'NICKNAME:Bobby,Rob',
    'ORG:Stone & Sons;Quarry',
  ),
  eve: aCard('eve', 'Eve ÉCLAIR', 'BDAY:1980-01-01'),
  group: [
    'BEGIN:VCARD',
    'VERSION:3.0',
    'UID:group',
    'FN:Friends',
    'N:Friends',
    'X-ADDRESSBOOKSERVER-KIND:group',
    'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:ann',
    'END:VCARD',
    '',
  ].join('\r\n'),
};

let server: DavServer;
beforeAll(async () => {
  server = await startDavServer();
  for (const [name, card] of Object.entries(CARDS)) await server.ann('PUT', `${BOOK}${name}.vcf`, card, VCARD);
});
afterAll(() => server.stop());

function query(filter: string, extra = '', props = '<D:getetag/>') {
  const body = `<CR:addressbook-query ${PREFIXES}><D:prop>${props}</D:prop>${filter}${extra}</CR:addressbook-query>`;
  return server.ann('REPORT', BOOK, body, { depth: '1' });
}

async function found(filter: string): Promise<string[]> {
  const answer = await query(`<CR:filter>${filter}</CR:filter>`);
  expect(answer.status).toBe(207);
  return [...answer.responses().keys()].map((href) => href.slice(BOOK.length, -4)).sort();
}

const match = (text: string, attributes = '') => `<CR:text-match ${attributes}>${text}</CR:text-match>`;
const prop = (name: string, inner = '', attributes = '') =>
  `<CR:prop-filter name="${name}" ${attributes}>${inner}</CR:prop-filter>`;

describe('addressbook-query', () => {
  it.each([
    ['an empty prop-filter means "is defined" (§10.5.1)', prop('EMAIL'), ['ann', 'bob']],
    ['is-not-defined (§10.5.3)', prop('EMAIL', '<CR:is-not-defined/>'), ['eve', 'group']],
    [
      'is-not-defined on a property that is not indexed (§10.5.3)',
      prop('BDAY', '<CR:is-not-defined/>'),
      ['ann', 'bob', 'group'],
    ],
    ['names without regard to case (§10.5.1)', prop('nickname'), ['bob']],
    ['an unprefixed name finds a grouped property (§10.5.1)', prop('TEL', match('555')), ['ann']],
    ['a prefixed name finds its group only (§10.5.1)', prop('item1.TEL'), ['ann']],
    ['a prefixed name of another group finds nothing (§10.5.1)', prop('item2.TEL'), []],
    ['contains is the default, caseless in Unicode (§10.5.4)', prop('FN', match('müL')), ['ann']],
    ['i;unicode-casemap folds É (RFC 5051)', prop('FN', match('éclair', 'match-type="ends-with"')), ['eve']],
    ['i;ascii-casemap does not fold É (RFC 4790 §9.2)', prop('FN', match('éclair', 'collation="i;ascii-casemap"')), []],
    ['i;octet regards case (RFC 4790 §9.3)', prop('FN', match('ann', 'collation="i;octet"')), []],
    ['equals (§10.5.4)', prop('FN', match('bob stone', 'match-type="equals"')), ['bob']],
    ['starts-with (§10.5.4)', prop('FN', match('bob', 'match-type="starts-with"')), ['bob']],
    ['negate-condition (§10.5.4)', prop('FN', match('bob', 'negate-condition="yes"')), ['ann', 'eve', 'group']],
    ['any of several values (§10.5.1)', prop('EMAIL', match('home.example')), ['bob']],
    ['one text of a list (§10.5.4)', prop('NICKNAME', match('rob', 'match-type="equals"')), ['bob']],
    ['a list as it is written (§10.5.4)', prop('NICKNAME', match('bobby,rob', 'match-type="equals"')), ['bob']],
    [
      'negated: no text of the list (§10.5.4)',
      prop('NICKNAME', match('rob', 'match-type="starts-with" negate-condition="yes"')),
      [],
    ],
    ['structured values (§10.5.1)', prop('ORG', match('Quarry')), ['bob']],
    ['a property that is not indexed is read from the card (§10.5.1)', prop('NOTE', match('SAILS')), ['ann']],
    [
      'param-filter with text-match (§10.5.2)',
      prop('EMAIL', `<CR:param-filter name="type">${match('work')}</CR:param-filter>`),
      ['bob'],
    ],
    [
      'param-filter is-not-defined (§10.5.2)',
      prop('EMAIL', '<CR:param-filter name="TYPE"><CR:is-not-defined/></CR:param-filter>', 'test="allof"'),
      [],
    ],
    ['prop-filter tests are anyof by default (§10.5.1)', prop('FN', match('bob') + match('eve')), ['bob', 'eve']],
    ['prop-filter allof (§10.5.1)', prop('FN', match('bob') + match('stone'), 'test="allof"'), ['bob']],
    ['filters are anyof by default (§10.5)', prop('NICKNAME') + prop('BDAY'), ['bob', 'eve']],
    [
      'groups by kind (calendarserver)',
      prop('X-ADDRESSBOOKSERVER-KIND', match('group', 'match-type="equals"')),
      ['group'],
    ],
  ])('%s', async (_, filter, expected) => {
    expect(await found(filter)).toEqual(expected);
  });

  it('combines filters with allof (RFC 6352 §10.5)', async () => {
    const filter = `<CR:filter test="allof">${prop('EMAIL')}${prop('NICKNAME')}</CR:filter>`;
    expect([...(await query(filter)).responses().keys()]).toEqual([`${BOOK}bob.vcf`]);
  });

  it('cuts at nresults with 507 for the book (RFC 6352 §8.6.1)', async () => {
    const answer = await query('<CR:filter/>', '<CR:limit><CR:nresults>2</CR:nresults></CR:limit>');
    expect(answer.responses().size).toBe(3);
    expect(answer.responses().get(BOOK)!.status).toBe(507);
  });

  it('gives parts of cards, other versions and jCard (RFC 6352 §10.4)', async () => {
    const filter = `<CR:filter>${prop('UID', match('bob', 'match-type="equals"'))}</CR:filter>`;
    const part = await query(
      filter,
      '',
      '<CR:address-data><CR:prop name="FN"/><CR:prop name="EMAIL" novalue="yes"/></CR:address-data>',
    );
    const data = foundText(part.responses().get(`${BOOK}bob.vcf`), carddav('address-data'))!;
    expect(data).toContain('FN:Bob Stone\r\n');
    expect(data).not.toContain('NICKNAME');
    expect(data).toContain('EMAIL;TYPE=WORK:\r\n');
    const four = await query(filter, '', '<CR:address-data content-type="text/vcard" version="4.0"/>');
    expect(four.text).toContain('VERSION:4.0');
    const json = await query(filter, '', '<CR:address-data content-type="application/vcard+json"/>');
    expect(JSON.parse(foundText(json.responses().get(`${BOOK}bob.vcf`), carddav('address-data'))!)[0]).toBe('vcard');
  });

  it('gives 3.0 to programs that name no version, as Apple’s, also of what others stored as 4.0, with photo and group (RFC 6352 §10.4)', async () => {
    const photo = 'PHOTO:data:image/jpeg;base64,/9j/4AAQ';
    const cards = {
      five: aCard('five', 'Five Four', photo, 'BDAY:--0412'),
      club: aCard('club', 'Club', 'KIND:group', 'MEMBER:urn:uuid:five'),
    };
    for (const [name, card] of Object.entries(cards))
      await server.ann('PUT', `${BOOK}${name}.vcf`, card.replace('VERSION:3.0', 'VERSION:4.0'), VCARD);
    const hrefs = Object.keys(cards).map((name) => `<D:href>${BOOK}${name}.vcf</D:href>`);
    const data = async (form: string) => {
      const body = `<CR:addressbook-multiget ${PREFIXES}><D:prop><D:getetag/><CR:address-data ${form}/></D:prop>${hrefs.join('')}</CR:addressbook-multiget>`;
      const found = (await server.ann('REPORT', BOOK, body)).responses();
      return Object.keys(cards).map((name) => foundText(found.get(`${BOOK}${name}.vcf`), carddav('address-data'))!);
    };
    const [five, club] = await data('');
    for (const line of ['VERSION:3.0', 'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ', 'X-APPLE-OMIT-YEAR=1604:1604-04-12'])
      expect(five).toContain(line);
    for (const line of ['X-ADDRESSBOOKSERVER-KIND:group', 'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:five'])
      expect(club).toContain(line);
    expect(await data('version="4.0"')).toEqual(
      Object.values(cards).map((card) => card.replace('VERSION:3.0', 'VERSION:4.0')),
    );
    expect((await server.ann('GET', `${BOOK}five.vcf`)).text).toContain(photo);
    const part = await query(
      `<CR:filter>${prop('BDAY')}</CR:filter>`,
      '',
      '<CR:address-data><CR:prop name="VERSION"/></CR:address-data>',
    );
    expect(part.text).toContain('VERSION:3.0');
    for (const name of Object.keys(cards)) await server.ann('DELETE', `${BOOK}${name}.vcf`);
  });

  it('tells beside the data what it is, jCard or vCard, since DAVx5 reads it so (RFC 6352 §10.4, RFC 7095 §5)', async () => {
    const typeOf = async (form: string) => {
      const props = `<D:getcontenttype/><CR:address-data ${form}/>`;
      const answer = await query(`<CR:filter>${prop('NICKNAME')}</CR:filter>`, '', props);
      return foundText(answer.responses().get(`${BOOK}bob.vcf`), dav('getcontenttype'));
    };
    expect(await typeOf('content-type="application/vcard+json"')).toBe('application/vcard+json');
    expect(await typeOf('content-type="text/vcard" version="4.0"')).toMatch(/^text\/vcard/);
    expect(await typeOf('')).toMatch(/^text\/vcard/);
  });

  it('refuses collations, forms and tests that it does not have by their conditions (RFC 6352 §8.6)', async () => {
    const collation = await query(`<CR:filter>${prop('FN', match('x', 'collation="i;klingon"'))}</CR:filter>`);
    expect([collation.status, collation.conditions()[0]]).toEqual([403, carddav('supported-collation')]);
    const version = await query('<CR:filter/>', '', '<CR:address-data version="9.0"/>');
    expect([version.status, version.conditions()[0]]).toEqual([403, carddav('supported-address-data')]);
    const test = await query('<CR:filter test="someof"/>');
    expect([test.status, test.conditions()[0]]).toEqual([403, carddav('supported-filter')]);
  });

  it.each([
    ['in the filter', '<CR:not-filter name="FN"/>'],
    ['in a prop-filter', prop('FN', '<CR:time-range start="20260101T000000Z"/>')],
    ['in a param-filter', prop('EMAIL', '<CR:param-filter name="TYPE"><CR:like>x</CR:like></CR:param-filter>')],
  ])(
    'refuses a condition that it does not know %s, rather than to find more than was asked for (RFC 6352 §8.6)',
    async (_, inner) => {
      const answer = await query(`<CR:filter>${inner}</CR:filter>`);
      expect([answer.status, answer.conditions()[0]]).toEqual([403, carddav('supported-filter')]);
    },
  );

  it('leaves conditions of foreign namespaces out (RFC 4918 §17)', async () => {
    const answer = await query(`<CR:filter>${prop('EMAIL', '<X:rank xmlns:X="urn:x"/>')}</CR:filter>`);
    expect(answer.status).toBe(207);
  });
});

describe('addressbook-query, asked again and again', () => {
  it('follows every change: new cards, changed, moved, deleted and made anew (RFC 6352 §8.6)', async () => {
    const filter = prop('NOTE', match('follow me'));
    const put = (name: string, note: string) =>
      server.ann('PUT', `${BOOK}${name}.vcf`, aCard(`follow-${name.slice(0, 2)}`, 'Follow', `NOTE:${note}`), VCARD);
    expect(await found(filter)).toEqual([]);
    await put('f1', 'follow me');
    await put('f2', 'Follow me, too');
    expect(await found(filter)).toEqual(['f1', 'f2']);
    await put('f2', 'no more');
    expect(await found(filter)).toEqual(['f1']);
    await server.ann('MOVE', `${BOOK}f1.vcf`, undefined, { destination: `${BOOK}f3.vcf` });
    expect(await found(filter)).toEqual(['f3']);
    await server.ann('DELETE', `${BOOK}f3.vcf`);
    expect(await found(filter)).toEqual([]);
    await put('f1', 'follow me again');
    expect(await found(filter)).toEqual(['f1']);
    for (const name of ['f1', 'f2']) await server.ann('DELETE', `${BOOK}${name}.vcf`);
    expect(await found(filter)).toEqual([]);
  });

  it('finds words behind the part of a long note that is indexed, and cards with control characters (RFC 6352 §10.5.4)', async () => {
    await server.ann('PUT', `${BOOK}long.vcf`, aCard('long', 'Long', `NOTE:${'x'.repeat(5000)} behind`), VCARD);
    const odd = aCard('odd', 'Odd', 'NOTE;ENCODING=QUOTED-PRINTABLE:a=00b\u0001 odd');
    expect((await server.ann('PUT', `${BOOK}odd.vcf`, odd, VCARD)).status).toBe(201);
    expect(await found(prop('NOTE', match('behind')))).toEqual(['long']);
    expect(await found(prop('NOTE', match('odd')))).toEqual(['odd']);
    for (const name of ['long', 'odd']) await server.ann('DELETE', `${BOOK}${name}.vcf`);
  });
});

describe('a filter of many conditions', () => {
  it('is refused by name, since every card would be asked for each of them', async () => {
    const answer = await query(`<CR:filter>${prop('FN', match('x')).repeat(500)}</CR:filter>`);
    expect([answer.status, answer.conditions()[0]]).toEqual([403, carddav('supported-filter')]);
  });
});

describe('addressbook-multiget', () => {
  const multiget = (...hrefs: string[]) =>
    server.ann(
      'REPORT',
      BOOK,
      `<CR:addressbook-multiget ${PREFIXES}><D:prop><D:getetag/><CR:address-data/></D:prop>${hrefs.map((href) => `<D:href>${href}</D:href>`).join('')}</CR:addressbook-multiget>`,
      { depth: '1' },
    );

  it('gives the stored cards, and 404 for what is missing, elsewhere or unreadable (RFC 6352 §8.7)', async () => {
    const hrefs = [
      `${BOOK}ann.vcf`,
      `${BOOK}missing.vcf`,
      `${CALENDAR}ann.vcf`,
      '/dav/addressbooks/bob/contacts/x.vcf',
      'not a path',
      `${BOOK}%ff.vcf`,
    ];
    const answer = await multiget(...hrefs);
    expect(answer.status).toBe(207);
    const responses = answer.responses();
    expect(foundText(responses.get(`${BOOK}ann.vcf`), carddav('address-data'))).toBe(CARDS.ann);
    for (const href of hrefs.slice(1)) expect(responses.get(href)?.status, href).toBe(404);
  });

  it('takes absolute URIs and percent-encoded hrefs (RFC 4918 §8.3)', async () => {
    const answer = await multiget(`${server.url.slice(0, -1)}${BOOK}ann.vcf`, `${BOOK}%62ob.vcf`);
    expect(answer.responses().size).toBe(2);
    expect([...answer.responses().values()].every((each) => each.properties.get(dav('getetag'))?.status === 200)).toBe(
      true,
    );
  });

  it('keeps CRLF through XML, and compresses when asked (XML 1.0 §2.11, RFC 9110 §8.4)', async () => {
    expect((await multiget(`${BOOK}ann.vcf`)).text).toContain('&#13;');
    const many = Array.from({ length: 50 }, (_, i) => `${BOOK}missing-${i}.vcf`);
    const body = `<CR:addressbook-multiget ${PREFIXES}><D:prop><D:getetag/></D:prop>${many.map((href) => `<D:href>${href}</D:href>`).join('')}</CR:addressbook-multiget>`;
    const zipped = await server.ann('REPORT', BOOK, body, { 'accept-encoding': 'gzip, deflate' });
    expect(zipped.headers['content-encoding']).toBe('gzip');
  });

  it('answers 10,000 hrefs, and refuses a number beyond its limit by name', async () => {
    expect((await multiget(...Array.from({ length: 10_000 }, (_, i) => `${BOOK}${i}.vcf`))).status).toBe(207);
    const refused = await multiget(...Array.from({ length: 50_001 }, (_, i) => `${BOOK}${i}`));
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('50000');
  });
});
