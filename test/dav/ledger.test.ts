/** The ledger is fresh, and no row of the tables is without a test that names it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PRIVILEGES } from '../../src/commands/privileges.ts';
import { ledger } from '../../src/dav/ledger.ts';
import { METHODS } from '../../src/dav/methods/registry.ts';
import { PROPERTIES } from '../../src/dav/properties/registry.ts';
import { REPORTS } from '../../src/dav/reports/registry.ts';
import { partsOf } from '../../src/xml/names.ts';

const PROTOCOL = path.resolve(import.meta.dirname, '../protocol');
const tests = readdirSync(PROTOCOL)
  .map((name) => readFileSync(path.join(PROTOCOL, name), 'utf8'))
  .join('\n');

describe('the ledger', () => {
  it('tells what the tables hold', async () => {
    await expect(ledger()).toMatchFileSnapshot('../../src/dav/RFC.md');
  });
});

describe('the tests over HTTP', () => {
  it.each([
    ['methods', METHODS.map(({ name }) => name)],
    ['properties', PROPERTIES.map(({ name }) => partsOf(name).local)],
    ['reports', REPORTS.map(({ name }) => partsOf(name).local)],
    ['privileges', [...PRIVILEGES.keys()]],
  ])('name all %s', (_, names) => {
    const missing = [...new Set(names)].filter((name) => !new RegExp(`[:'" /<]${name}[/'" ,>)\`]`).test(tests));
    expect(missing).toEqual([]);
  });

  it('would see one that is missing', () => {
    expect(/[:'" /<]no-such-property[/'" ,>)`]/.test(tests)).toBe(false);
  });
});
