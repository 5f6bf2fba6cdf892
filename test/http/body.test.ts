/** Request bodies and credentials over a real connection. */
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basicCredentials } from '../../src/http/authenticate.ts';
import { carddav, dav } from '../../src/xml/names.ts';
import { ANN, aCard, BOOK, type DavServer, propfindBody, startDavServer, VCARD } from '../support/dav-server.ts';

let server: DavServer;
beforeAll(async () => {
  server = await startDavServer({ limits: { maxCardSize: 4096 } });
});
afterAll(() => server.stop());

const AUTHORIZATION = `Basic ${Buffer.from(`${ANN.name}:${ANN.password}`).toString('base64')}`;

/** Sends octets as they are and returns everything that comes back until the server closes. */
function raw(...lines: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(lines.join('\r\n')));
    let answer = '';
    socket.on('data', (octets) => {
      answer += octets.toString('latin1');
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('bodies', () => {
  it('are taken compressed, and refused in encodings that are not known (RFC 9110 §8.4)', async () => {
    const zipped = gzipSync(aCard('zipped'));
    const put = await server.ann('PUT', `${BOOK}zipped.vcf`, zipped, { ...VCARD, 'content-encoding': 'gzip' });
    expect(put.status).toBe(201);
    expect((await server.ann('GET', `${BOOK}zipped.vcf`)).text).toBe(aCard('zipped'));
    const odd = await server.ann('PUT', `${BOOK}odd.vcf`, aCard('odd'), { ...VCARD, 'content-encoding': 'rot13' });
    expect(odd.status).toBe(415);
    const broken = await server.ann('PUT', `${BOOK}odd.vcf`, 'not gzip', { ...VCARD, 'content-encoding': 'gzip' });
    expect(broken.status).toBe(400);
  });

  it('beyond the limit are answered with 413, as sent or unpacked (RFC 9110 §15.5.14)', async () => {
    const big = aCard('big', 'Big', `NOTE:${'x'.repeat(5000)}`);
    const announced = await server.ann('PUT', `${BOOK}big.vcf`, big, VCARD);
    const bomb = await server.ann('PUT', `${BOOK}big.vcf`, gzipSync(Buffer.alloc(1_000_000)), {
      ...VCARD,
      'content-encoding': 'gzip',
    });
    for (const answer of [announced, bomb]) {
      expect([answer.status, answer.conditions()[0]]).toEqual([413, carddav('max-resource-size')]);
    }
    expect((await server.ann('PROPFIND', BOOK, undefined, { depth: '0' })).status).toBe(207);
  });

  it('are asked for with 100 Continue before they are sent (RFC 9110 §10.1.1)', async () => {
    const card = aCard('continued');
    const answer = await raw(
      `PUT ${BOOK}continued.vcf HTTP/1.1`,
      'Host: x',
      `Authorization: ${AUTHORIZATION}`,
      'Content-Type: text/vcard',
      'Expect: 100-continue',
      'Connection: close',
      `Content-Length: ${card.length}`,
      '',
      card,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201/);
  });

  it('come and go over HTTP/1.0, without chunks (RFC 1945)', async () => {
    const body = propfindBody('D:displayname');
    const answer = await raw(
      `PROPFIND ${BOOK} HTTP/1.0`,
      `Authorization: ${AUTHORIZATION}`,
      'Depth: 1',
      'Content-Type: text/xml',
      `Content-Length: ${body.length}`,
      '',
      body,
    );
    expect(answer).toMatch(/^HTTP\/1\.\d 207/);
    expect(answer).not.toMatch(/transfer-encoding: chunked/i);
    expect(answer).toContain('</D:multistatus>');
  });
});

describe('errors', () => {
  it('hold the condition and a sentence in DAV:error, with Allow and DAV as ever (RFC 4918 §16)', async () => {
    const answer = await server.ann('PUT', `${BOOK}x.vcf`, 'nonsense', VCARD);
    expect(answer.xml().name).toBe(dav('error'));
    expect(answer.headers['content-type']).toBe('application/xml; charset=utf-8');
    expect(answer.text).toMatch(/<T:error-description>[^<]+<\/T:error-description>/);
  });
});

describe('basicCredentials', () => {
  const header = (text: string | Buffer) => `Basic ${Buffer.from(text).toString('base64')}`;

  it('reads UTF-8, Latin-1 of old clients, and colons in the secret (RFC 7617 §2)', () => {
    expect(basicCredentials(header('jörg:pä:ss'))).toEqual({ name: 'jörg', secret: 'pä:ss' });
    expect(basicCredentials(header(Buffer.from('jörg:x', 'latin1')))).toEqual({ name: 'jörg', secret: 'x' });
    expect(basicCredentials(header('a@b.example:x').replace('Basic', 'bAsIc'))).toEqual({
      name: 'a@b.example',
      secret: 'x',
    });
  });

  it('reads a name with an @ that iOS has written as in a URL', () => {
    for (const [written, name] of [
      ['a%40b.example', 'a@b.example'],
      ['j%C3%B6rg%20b%40b.example', 'jörg b@b.example'],
      ['100%', '100%'],
      ['a%C3b', 'a%C3b'],
      ['a%40%', 'a%40%'],
    ] as const)
      expect(basicCredentials(header(`${written}:%40x`))).toEqual({ name, secret: '%40x' });
  });

  it('gives nothing for what cannot be read', () => {
    for (const bad of [
      header('a%40%00b:x'),
      '',
      'Bearer x',
      'Basic',
      'Basic %%%',
      header('nocolon'),
      header(':x'),
      header('a\0:x'),
    ]) {
      expect(basicCredentials(bad), bad).toBeUndefined();
    }
  });
});
