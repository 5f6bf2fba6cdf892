/** The keys to secrets at rest: from the setting, or from a file that nobody else can read. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newSecretKey, openSecret, readSecretKey, sealSecret } from '../src/commands/sealed-secrets.ts';
import { readConfig } from '../src/config.ts';
import { addSecretKey, secretKeysOf } from '../src/secret-keys.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'doublon-keys-'));
  file = path.join(folder, 'secret-key');
});
afterEach(() => rmSync(folder, { recursive: true }));

const embedded = () => secretKeysOf(readConfig({ DOUBLON_DATA: folder }));

describe('the keys to secrets at rest', () => {
  it('are those of the setting where it is there, and then no file is made', () => {
    const keys = secretKeysOf(readConfig({ DOUBLON_DATA: folder, DOUBLON_SECRET_KEY: newSecretKey() }));
    expect(keys.present()).toBe(keys.all()[0]);
    expect(() => statSync(file)).toThrow('ENOENT');
  });

  it('are made once in the data folder of the embedded Postgres, for this user of the machine alone', () => {
    const key = embedded().present()!;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(embedded().present()).toEqual(key);
  });

  it('are not made beside a database elsewhere, which other machines may serve, too', () => {
    const environment = { DOUBLON_DATA: folder, DATABASE_URL: 'postgres://ann@db.example.org/doublon' };
    expect(secretKeysOf(readConfig(environment)).present()).toBeUndefined();
    expect(secretKeysOf(readConfig({ ...environment, DOUBLON_SECRET_KEY_FILE: file })).present()).toBeDefined();
  });

  it('open with the old one after a new one was added, in a process that has begun before, too', () => {
    const keys = embedded();
    const sealed = sealSecret(keys, 'GEZDGNBV', 'ann');
    expect(addSecretKey(file)).toBe(keys.present()!.id);
    expect(keys.all()).toHaveLength(2);
    expect(openSecret(keys, sealed, 'ann')).toBe('GEZDGNBV');
    expect(sealSecret(keys, 'GEZDGNBV', 'ann').key_id).not.toBe(sealed.key_id);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('are missed where the file is empty or cannot be made, instead of leaving secrets in clear', () => {
    writeFileSync(file, '\n');
    expect(() => embedded().present()).toThrow(`${file} holds no key`);
    const nowhere = path.join(folder, 'none', 'secret-key');
    const environment = { DOUBLON_DATA: folder, DOUBLON_SECRET_KEY_FILE: nowhere };
    expect(() => secretKeysOf(readConfig(environment)).present()).toThrow(`${nowhere} cannot be written`);
  });

  it('are refused with file and line where a line is none, which is not repeated', () => {
    writeFileSync(file, `${newSecretKey()}\nhunter2\n`);
    expect(() => embedded().all()).toThrow(`line 2 of ${file} is no key`);
    expect(readFileSync(file, 'utf8')).toContain('hunter2');
  });

  it('give a secret back to its owner under its key, and to nothing else', () => {
    const keys = embedded();
    const stranger = { id: keys.present()!.id, octets: readSecretKey(newSecretKey())!.octets };
    const law = (secret: string, owner: string, other: string) => {
      const sealed = sealSecret(keys, secret, owner);
      expect(openSecret(keys, sealed, owner)).toBe(secret);
      if (other !== owner) expect(() => openSecret(keys, sealed, other)).toThrow('does not open');
      const wrong = { all: () => [stranger], present: () => stranger };
      expect(() => openSecret(wrong, sealed, owner)).toThrow('does not open');
    };
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.string(), law), { numRuns: 30 });
  });
});
