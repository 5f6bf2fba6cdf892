import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dismissalOf } from '../../src/dedup/decisions.ts';
import { scoreBook, suggest } from '../../src/dedup/engine.ts';
import { possibleClusters } from '../../src/dedup/possible.ts';
import type { ContactRecord, PairScore } from '../../src/dedup/types.ts';
import { BOOK, record } from './book.ts';

const named = (id: string, given: string, family: string, ...lines: string[]): ContactRecord =>
  record(id, `N:${family};${given};;;`, `FN:${given} ${family}`, ...lines);

const MOVED = [
  named('m1', 'Oliver', 'Brandtner', 'TEL;TYPE=CELL:0171 5550002', 'ADR:;;Lindenweg 4;Köln;;50667;'),
  named('m2', 'Oliver', 'Brandtner', 'TEL;TYPE=CELL:0160 7770002', 'ADR:;;Rosenweg 9;Berlin;;10115;'),
];
const possible = (cards: readonly ContactRecord[]) => suggest(cards, []).filter(({ tier }) => tier === 'possible');
const membersOf = (cards: readonly ContactRecord[]) => possible(cards).map(({ members }) => members);

describe('two cards of one rare name', () => {
  it('are possible though number, mailbox and address differ, last of all and never believed', () => {
    const found = suggest([...BOOK, ...MOVED], []);
    expect(found.at(-1)).toMatchObject({ members: ['m1', 'm2'], tier: 'possible', exact: false });
    expect(found.filter(({ tier }) => tier !== 'possible')).toHaveLength(2);
  });

  it('are not where birthday, suffix, gender or kind say that they are two', () => {
    for (const [mine, yours] of [
      ['BDAY:1950-03-04', 'BDAY:1978-11-20'],
      ['GENDER:M', 'GENDER:F'],
      ['X-ABSHOWAS:COMPANY', 'NOTE:a man'],
    ]) {
      const lines = [mine!, 'TEL;TYPE=CELL:0171 5550002'];
      const others = [yours!, 'TEL;TYPE=CELL:0160 7770002'];
      const pair = [named('m1', 'Toni', 'Brandtner', ...lines), named('m2', 'Toni', 'Brandtner', ...others)];
      expect(membersOf([...BOOK, ...pair]), mine).toEqual([]);
    }
    const junior = record('m2', 'N:Brandtner;Oliver;;;jun.', 'FN:Oliver Brandtner jun.', 'TEL:0160 7770002');
    expect(membersOf([...BOOK, MOVED[0]!, junior])).toEqual([]);
  });

  it('are not where so many bear both names that chance explains them', () => {
    const others = Array.from({ length: 400 }, (_, i) => {
      const [given, family] = [i % 4 === 0 ? 'Oliver' : `G${i}`, i % 16 < 4 && i % 4 !== 0 ? 'Brandtner' : `F${i}`];
      return named(`k${i}`, given, family, `TEL;TYPE=CELL:0160 ${1_000_000 + i}`);
    });
    expect(membersOf([...others, ...MOVED])).toEqual([]);
  });

  it('are not asked about again once they were called two people', () => {
    const apart = [{ a: 'm1', b: 'm2', verdict: 'different' as const, known: [] }];
    expect(suggest([...BOOK, ...MOVED], apart).filter(({ tier }) => tier === 'possible')).toEqual([]);
  });
});

const ids = 'abcdef'.split('');
const somePairs: fc.Arbitrary<PairScore[]> = fc
  .uniqueArray(
    fc.record({
      a: fc.constantFrom(...ids),
      b: fc.constantFrom(...ids),
      weight: fc.integer({ min: -4, max: 3 }),
      tier: fc.constantFrom('none' as const, 'possible' as const, 'likely' as const),
      never: fc.boolean(),
    }),
    { selector: ({ a, b }) => a + b },
  )
  .map((rows) => rows.filter(({ a, b }) => a < b).map((row) => ({ ...row, probability: 0.5, evidence: [] })));

describe('groups of possible pairs', () => {
  const nothing = dismissalOf([], new Map());

  it('hold no card of a cluster, none twice, and no two cards that are not a possible pair', () => {
    fc.assert(
      fc.property(somePairs, fc.subarray(ids), (pairs, members) => {
        const clusters = members.length > 1 ? [{ members, strength: 1 }] : [];
        const groups = possibleClusters(pairs, nothing, clusters);
        const held = groups.flatMap((group) => group.members);
        expect(new Set(held).size).toBe(held.length);
        if (clusters.length > 0) expect(held.filter((id) => members.includes(id))).toEqual([]);
        for (const group of groups)
          for (const a of group.members)
            for (const b of group.members)
              if (a < b)
                expect(pairs).toContainEqual(expect.objectContaining({ a, b, tier: 'possible', never: false }));
      }),
    );
  });

  it('are the same in whatever order the pairs come', () => {
    fc.assert(
      fc.property(somePairs, fc.infiniteStream(fc.nat()), (pairs, draw) => {
        const shuffled = pairs
          .map((pair) => ({ pair, at: draw.next().value as number }))
          .sort((x, y) => x.at - y.at)
          .map(({ pair }) => pair);
        const sorted = (all: readonly PairScore[]) =>
          possibleClusters(all, nothing, [])
            .map(({ members }) => members.join(' '))
            .sort();
        expect(sorted(shuffled)).toEqual(sorted(pairs));
      }),
    );
  });

  it('are found by a full run among pairs that weigh too little for a cluster', () => {
    const pair = scoreBook([...BOOK, ...MOVED]).find(({ a, b }) => a === 'm1' && b === 'm2');
    expect(pair).toMatchObject({ tier: 'possible', never: false });
    expect(pair!.weight).toBeLessThan(-2.5);
  });
});
