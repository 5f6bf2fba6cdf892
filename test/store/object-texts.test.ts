import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textsOf } from '../../src/store/object-texts.ts';
import { putOne } from '../../src/store/single-put.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { aCollection, anObject, THEN } from '../support/fixtures.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

describe('bodies read as text', () => {
  it('come whole, in batches of bounded size, and as octets where they are no UTF-8 or hold U+FFFD', async () => {
    const { db } = database;
    const scope = { ...(await aCollection(db)), lockEpoch: 0 };
    const large = 'L'.repeat(1024 * 1024);
    const bodies: Record<string, Buffer> = {
      'latin.vcf': Buffer.from('Jürgen', 'latin1'),
      'odd\ufffd.vcf': Buffer.from('a\ufffdb \u{1F600}'),
      'marked.vcf': Buffer.from('\ufeffBEGIN:VCARD\r\n\\xff'),
      ...Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`large-${i}.vcf`, Buffer.from(`${i}${large}`)])),
      ...Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`small-${i}.vcf`, Buffer.from(`small ${i} ü`)])),
    };
    const put = ([name, body]: [string, Buffer]) =>
      putOne(db, scope, anObject(name, { body, record: undefined }), undefined, THEN);
    expect(await Promise.all(Object.entries(bodies).map(put))).not.toContain(false);
    const found = new Map<string, string | Buffer>();
    const names = [...Object.keys(bodies), 'missing.vcf'];
    let batches = 0;
    for await (const batch of textsOf(db, scope.organisationId, scope.collectionId, names)) {
      batches++;
      for (const { name, etag, body } of batch) {
        expect(etag).toBe(`etag-${name}`);
        expect(found.has(name)).toBe(false);
        found.set(name, body);
      }
    }
    expect(batches).toBeGreaterThan(1);
    expect([...found.keys()].sort()).toEqual(Object.keys(bodies).sort());
    for (const [name, body] of Object.entries(bodies)) expect(Buffer.from(found.get(name)!)).toEqual(body);
    expect(found.get('latin.vcf')).toBeInstanceOf(Buffer);
  });
});
