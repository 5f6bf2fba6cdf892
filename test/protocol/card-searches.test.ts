/** Searches on which servers are known to differ: absent properties and parameters, negation, several values, groups (RFC 6352 §10.5). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCard, BOOK, type DavServer, PREFIXES, startDavServer, VCARD } from '../support/dav-server.ts';

const CARDS: Readonly<Record<string, readonly string[]>> = {
  typed: ['EMAIL;TYPE=WORK:doe@big.example', 'EMAIL;TYPE=HOME:jane@small.test', 'X-ODD;X-KIND=WORK:odd'],
  bare: ['EMAIL:max@middle.example', 'X-ODD;X-KIND=HOME,WORK;X-SPACED="HELLO, WORLD":odd'],
  phones: ['TEL;TYPE=HOME:12345', 'TEL:555'],
  grouped: [
    'item1.EMAIL:foo@ex.test',
    'item1.X-ABLABEL:Label',
    'IMPP;X-SERVICE-TYPE=Jabber;TYPE=HOME:xmpp:foo@ex.test',
  ],
};

let server: DavServer;
beforeAll(async () => {
  server = await startDavServer();
  for (const [uid, lines] of Object.entries(CARDS)) {
    const card = aCard(uid, 'Jane Doe', `NICKNAME:Searched ${uid}`, ...lines);
    expect((await server.ann('PUT', `${BOOK}${uid}.vcf`, card, VCARD)).status).toBe(201);
  }
});
afterAll(() => server.stop());

const match = (text: string, type = 'contains', negated = false) =>
  `<CR:text-match match-type="${type}" negate-condition="${negated ? 'yes' : 'no'}">${text}</CR:text-match>`;
const not = (text: string, type = 'contains') => match(text, type, true);
const prop = (name: string, inner = '', test = 'anyof') =>
  `<CR:prop-filter name="${name}" test="${test}">${inner}</CR:prop-filter>`;
const param = (property: string, name: string, inner = '') =>
  prop(property, `<CR:param-filter name="${name}">${inner}</CR:param-filter>`);
const ABSENT = '<CR:is-not-defined/>';

function query(filters: string, { test = 'anyof', data = '<D:getetag/>', limit = '' } = {}) {
  const filter = `<CR:filter test="${test}">${filters}</CR:filter>`;
  const body = `<CR:addressbook-query ${PREFIXES}><D:prop>${data}</D:prop>${filter}${limit}</CR:addressbook-query>`;
  return server.ann('REPORT', BOOK, body, { depth: '1' });
}

async function found(filters: string, test?: string): Promise<string[]> {
  const answer = await query(filters, test ? { test } : {});
  expect(answer.status, answer.text).toBe(207);
  return [...answer.responses().keys()].map((href) => href.slice(BOOK.length, -4)).sort();
}

describe('a search of cards', () => {
  it.each<[string, string, readonly string[]]>([
    ['without an e-mail', prop('EMAIL', ABSENT), ['phones']],
    ['with an e-mail, in small letters', prop('email'), ['bare', 'grouped', 'typed']],
    ['by a whole address in other capitals', prop('EMAIL', match('JANE@small.TEST', 'equals')), ['typed']],
    ['by an end', prop('EMAIL', match('@SMALL.test', 'ends-with')), ['typed']],
    [
      'by what an address does not end with needs an address',
      prop('EMAIL', not('@middle.example', 'ends-with')),
      ['grouped', 'typed'],
    ],
    ['by what one address of two does not hold', prop('EMAIL', not('@small.test')), ['bare', 'grouped', 'typed']],
    ['without a parameter needs the property', param('EMAIL', 'TYPE', ABSENT), ['bare', 'grouped']],
    ['with a parameter', param('EMAIL', 'type'), ['typed']],
    ['without a parameter, when one of two values has it', param('TEL', 'TYPE', ABSENT), []],
    ['by a whole parameter in other capitals', param('EMAIL', 'type', match('hoME', 'equals')), ['typed']],
    ['by the start of a parameter', param('EMAIL', 'TYPE', match('wor', 'starts-with')), ['typed']],
    ['by the end of a parameter', param('EMAIL', 'TYPE', match('ork', 'ends-with')), ['typed']],
    ['by what a parameter does not hold', param('IMPP', 'X-SERVICE-TYPE', not('Skype')), ['grouped']],
    ['by what the only parameter does hold, negated', param('IMPP', 'X-SERVICE-TYPE', not('Jabber')), []],
    ['by what one of two parameters does not hold', param('EMAIL', 'TYPE', not('WORK')), ['typed']],
    ['by negation does not find a value without the parameter', param('TEL', 'TYPE', not('HOME')), []],
    ['by one of several values of a parameter', param('X-ODD', 'X-KIND', match('HOME', 'equals')), ['bare']],
    ['by a value that two cards share', param('X-ODD', 'X-KIND', match('WORK')), ['bare', 'typed']],
    ['by a comma within a quoted parameter', param('X-ODD', 'X-SPACED', match('lo, W')), ['bare']],
    ['without a grouped e-mail', prop('item1.EMAIL', ABSENT), ['bare', 'phones', 'typed']],
    ['with a grouped e-mail', prop('ITEM1.email', match('foo@ex.test', 'equals')), ['grouped']],
    [
      'by both texts at once, in one value',
      prop('EMAIL', match('jane') + match('.test', 'ends-with'), 'allof'),
      ['typed'],
    ],
    [
      'by one text or another',
      prop('EMAIL', match('doe', 'starts-with') + match('.example', 'ends-with')),
      ['bare', 'typed'],
    ],
    ['by two filters, either of them', prop('TEL') + prop('IMPP'), ['grouped', 'phones']],
  ])('%s', async (_, filters, uids) => {
    expect(await found(filters)).toEqual(uids);
  });

  it('by two filters, both of them', async () => {
    expect(await found(prop('EMAIL') + prop('IMPP'), 'allof')).toEqual(['grouped']);
  });

  it.each([1, 2, 3])('gives no more than %i cards when asked so (§10.6)', async (most) => {
    const limit = `<CR:limit><CR:nresults>${most}</CR:nresults></CR:limit>`;
    const answer = await query(prop('NICKNAME', match('searched', 'starts-with')), { limit });
    expect([...answer.responses().values()].filter(({ status }) => status === undefined)).toHaveLength(most);
  });

  it('gives only the properties asked for (§10.4.2)', async () => {
    const data = '<CR:address-data><CR:prop name="EMAIL"/><CR:prop name="TEL"/></CR:address-data>';
    const answer = await query(prop('NICKNAME', match('searched', 'starts-with')), { data });
    expect(answer.text).not.toContain('NICKNAME');
    expect(answer.text.match(/EMAIL/g)).toHaveLength(4);
    expect(answer.text.match(/TEL/g)).toHaveLength(2);
  });
});
