/** Odd but legal bytes and requests that real programs send. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carddav } from '../../src/xml/names.ts';
import { foundText } from '../support/dav-client.ts';
import { ANN, aCard, BOOK, type DavServer, PREFIXES, startDavServer, VCARD } from '../support/dav-server.ts';

let server: DavServer;
beforeAll(async () => {
  server = await startDavServer();
});
afterAll(() => server.stop());

/** Sends octets as they are and gives back all that the server answers until it closes the connection. */
function raw(request: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(request));
    socket.on('data', (chunk) => {
      answer += chunk.toString('utf8');
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}

const AUTHORIZATION = `Authorization: Basic ${Buffer.from(`${ANN.name}:${ANN.password}`).toString('base64')}`;

describe('bodies', () => {
  const foldedInside = () => {
    const card = aCard('folded', 'Jörg Groß');
    const at = card.indexOf('ö');
    const [head, tail] = [card.slice(0, at), card.slice(at + 1)];
    return Buffer.concat([
      Buffer.from(`${head}\u00c3`, 'latin1'),
      Buffer.from('\r\n '),
      Buffer.from('\u00b6', 'latin1'),
      Buffer.from(tail),
    ]);
  };
  const bodies: readonly (readonly [string, () => Buffer])[] = [
    ['a byte order mark', () => Buffer.from(`\ufeff${aCard('bom', 'Jörg Groß')}`)],
    ['line feeds alone', () => Buffer.from(aCard('lf', 'Jörg Groß').replaceAll('\r\n', '\n'))],
    ['a line folded inside a UTF-8 character', foldedInside],
    ['a fold with a tab', () => Buffer.from(aCard('tab', 'Jörg Groß').replace('Groß', '\r\n\tGroß'))],
    [
      'names in small letters',
      () => Buffer.from(aCard('small', 'Jörg Groß').replace('FN:', 'fn:').replace('BEGIN', 'begin')),
    ],
    [
      'spaces behind END',
      () => Buffer.from(aCard('space', 'Jörg Groß').replace(/END:VCARD\r\n$/, 'END:VCARD  \r\n\r\n')),
    ],
  ];

  it.each(bodies)('with %s are read, found, and come back octet for octet (RFC 6350 §3.2)', async (what, make) => {
    const path = `${BOOK}${encodeURIComponent(what)}.vcf`;
    const octets = make();
    const put = await server.ann('PUT', path, octets, { 'content-type': 'Text/VCard;Charset="UTF-8"' });
    expect([put.status, put.text]).toEqual([201, '']);
    expect((await server.ann('GET', path)).octets.equals(octets)).toBe(true);
    const query = `<CR:addressbook-query ${PREFIXES}><D:prop><CR:address-data/></D:prop><CR:filter><CR:prop-filter name="FN"><CR:text-match match-type="equals">JÖRG GROß</CR:text-match></CR:prop-filter></CR:filter></CR:addressbook-query>`;
    const found = await server.ann('REPORT', BOOK, query, { depth: '1' });
    expect(found.responses().size).toBe(1);
    await server.ann('DELETE', path);
  });
});

describe('GET', () => {
  it('refuses with 406 what a card cannot be given as, and gives what is wanted most by quality (RFC 6352 §5.1.1.1, RFC 9110 §12.5.1)', async () => {
    const path = `${BOOK}forms.vcf`;
    await server.ann('PUT', path, aCard('forms'), VCARD);
    const typeFor = async (accept: string) => {
      const answer = await server.ann('GET', path, undefined, { accept });
      return answer.status === 200
        ? `${answer.headers['content-type']} ${/VERSION:\S+/.exec(answer.text)}`
        : answer.status;
    };
    expect(await typeFor('text/vcard;version=3.0;q=0.2, text/vcard;version=4.0;q=0.8')).toContain('VERSION:4.0');
    expect(await typeFor('text/vcard;version=4.0;q=0.5, text/vcard;version=3.0')).toContain('VERSION:3.0');
    expect(await typeFor('application/vcard+json;q=0.9, */*;q=0.1')).toContain('application/vcard+json');
    expect(await typeFor('image/png, */*;q=0.1')).toContain('VERSION:3.0');
    expect(await typeFor('application/vcard+json;q=0, text/vcard')).toContain('VERSION:3.0');
    for (const accept of ['image/png', 'text/vcard;version=9.0', 'text/vcard;q=0']) {
      const refused = await server.ann('GET', path, undefined, { accept });
      expect([refused.status, refused.conditions()[0]], accept).toEqual([
        406,
        carddav('supported-address-data-conversion'),
      ]);
    }
  });

  it('answers HTTP/1.0, with and without Host, and closes (RFC 9112 §9.3)', async () => {
    await server.ann('PUT', `${BOOK}old.vcf`, aCard('old'), VCARD);
    for (const host of ['', 'Host: example.org\r\n']) {
      const answer = await raw(`GET ${BOOK}old.vcf HTTP/1.0\r\n${host}${AUTHORIZATION}\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.[01] 200 /);
      expect(answer.endsWith(aCard('old'))).toBe(true);
      expect(answer).not.toMatch(/^transfer-encoding:/im);
    }
    const listed = await raw(`PROPFIND ${BOOK} HTTP/1.0\r\nDepth: 1\r\n${AUTHORIZATION}\r\n\r\n`);
    expect(listed).toMatch(/^HTTP\/1\.[01] 207 [\s\S]*<\/D:multistatus>$/);
  });
});

describe('the If header', () => {
  it('holds lists for several resources: one true list for the resource in question is enough, the others are not its own (RFC 4918 §10.4)', async () => {
    const [one, two] = [`${BOOK}if-1.vcf`, `${BOOK}if-2.vcf`] as const;
    const first = await server.ann('PUT', one, aCard('if-1'), VCARD);
    const second = await server.ann('PUT', two, aCard('if-2'), VCARD);
    const tags = { one: first.headers.etag!, two: second.headers.etag! };
    let version = 0;
    const put = async (condition: string) =>
      (await server.ann('PUT', one, aCard('if-1', `V${++version}`), { ...VCARD, if: condition })).status;
    expect(await put(`<${one}> ([${tags.two}]) <${two}> ([${tags.one}])`)).toBe(412);
    expect(await put(`<${two}> ([${tags.two}]) <${one}> (Not [${tags.one}])`)).toBe(204);
    expect(await put(`<${server.url.slice(0, -1)}${two}> ([${tags.two}])`)).toBe(204);
    expect(await put(`<${two}> (Not [${tags.two}])`)).toBe(412);
    const moved = await server.ann('MOVE', two, undefined, {
      destination: `${BOOK}if-3.vcf`,
      if: `<${two}> ([${tags.two}]) <${one}> (["elsewhere"])`,
    });
    expect(moved.status).toBe(201);
  });
});

describe('addressbook-multiget', () => {
  it('compares hrefs decoded: @ and %40, spaces, +, UTF-8 in capital and small escapes (RFC 3986 §2.1)', async () => {
    const name = 'a+b c@d é.vcf';
    await server.ann('PUT', BOOK + encodeURIComponent(name), aCard('odd-name'), VCARD);
    const spellings = [
      encodeURIComponent(name),
      encodeURIComponent(name).replace('%40', '@').replace('%2B', '+').toLowerCase(),
    ];
    for (const spelling of spellings) {
      const body = `<CR:addressbook-multiget ${PREFIXES}><D:prop><CR:address-data/></D:prop><D:href>${BOOK}${spelling}</D:href></CR:addressbook-multiget>`;
      const answer = await server.ann('REPORT', BOOK, body);
      const [response] = answer.responses().values();
      expect(foundText(response, carddav('address-data')), spelling).toContain('UID:odd-name');
    }
  });
});
