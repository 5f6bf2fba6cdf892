/** The RFC ledger: what is served, section by section, written from the tables themselves. */
import { COLLATIONS } from '../base/collation.ts';
import { PRIVILEGES } from '../commands/privileges.ts';
import { partsOf } from '../xml/names.ts';
import { METHODS } from './methods/registry.ts';
import { PROPERTIES } from './properties/registry.ts';
import { REPORTS } from './reports/registry.ts';
import { EVERYWHERE } from './resource.ts';

interface LedgerRow {
  readonly rfc: string;
  readonly what: string;
  readonly on: readonly string[];
}

function rows(): LedgerRow[] {
  return [
    ...METHODS.map(({ rfc, name, on, makes, onMissing }) => ({
      rfc,
      what: `method ${name}`,
      on: makes ? [] : [...new Set([...on, ...(onMissing ?? [])])],
    })),
    ...PROPERTIES.map(({ rfc, name, on, patch, patchPrincipal }) => ({
      rfc,
      what: `property ${partsOf(name).local}${patch || patchPrincipal ? ', can be set' : ''}`,
      on,
    })),
    ...REPORTS.map(({ rfc, name, on }) => ({ rfc, what: `report ${partsOf(name).local}`, on })),
    ...[...PRIVILEGES.values()].map(({ rfc, name }) => ({ rfc, what: `privilege ${name}`, on: [] })),
    ...COLLATIONS.map(({ rfc, name }) => ({ rfc, what: `collation ${name}`, on: [] })),
  ];
}

/** Numbers in a reference compare as numbers: §9.10 comes after §9.9. */
const order = new Intl.Collator('en', { numeric: true }).compare;

/** The ledger as Markdown. */
export function ledger(): string {
  const lines = rows()
    .sort((a, b) => order(a.rfc, b.rfc) || order(a.what, b.what))
    .map(
      ({ rfc, what, on }) =>
        `| ${/^\d/.test(rfc) ? `RFC ${rfc}` : rfc} | ${what} | ${on.length === EVERYWHERE.length ? 'everything' : on.join(', ')} |`,
    );
  return [
    '# What is served, section by section',
    '',
    'Written from the tables in this folder by `test/dav/ledger.test.ts` (`vitest -u` writes it anew).',
    '',
    '| section | what | on |',
    '|---|---|---|',
    ...new Set(lines),
    '',
  ].join('\n');
}
