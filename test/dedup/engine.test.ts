import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCKING_RULES, keysByRule } from '../../src/dedup/blocking/rules.ts';
import { clusterPairs } from '../../src/dedup/clustering/cluster.ts';
import type { LinkedPair } from '../../src/dedup/clustering/linked-cards.ts';
import { strongIdentifiers } from '../../src/dedup/decisions.ts';
import {
  bookStatistics,
  candidatePairs,
  rescore,
  scoreBook,
  scorePair,
  scoreStoredBook,
  suggest,
  suggestFromPairs,
  weighBook,
} from '../../src/dedup/engine.ts';
import { explain } from '../../src/dedup/explain.ts';
import { MODEL } from '../../src/dedup/model.ts';
import { copyPair, storedPair } from '../../src/dedup/pairs.ts';
import { profileOf } from '../../src/dedup/profile.ts';
import { distinctContents } from '../../src/dedup/statistics.ts';
import type { ContactRecord, PairScore } from '../../src/dedup/types.ts';
import { BOOK, record } from './book.ts';

const byId = new Map(BOOK.map((item) => [item.id, item]));
const shuffled = fc.shuffledSubarray([...BOOK], { minLength: BOOK.length });
const someBook = fc.shuffledSubarray([...BOOK], { minLength: 2 });
const statistics = bookStatistics(BOOK);

describe('the score of a pair', () => {
  it('asks how many hold a key by those rules only that say so: a change of others moves no score', () => {
    const asked = new Set<number>();
    const asking = { ...statistics, holders: (key: number) => Number(asked.add(key).size > 0) };
    for (const a of BOOK) for (const b of BOOK) if (a.id < b.id) scorePair(a, b, asking);
    const rulesAsked = new Set<string>();
    for (const item of BOOK) {
      const { keys, rules } = keysByRule(item);
      keys.forEach((key, at) => {
        if (asked.has(key)) rulesAsked.add(BLOCKING_RULES[rules[at]!]!.name);
      });
    }
    const weighing = BLOCKING_RULES.filter((rule) => rule.weighs).map((rule) => rule.name);
    expect(weighing).toEqual(expect.arrayContaining([...rulesAsked]));
    expect([...rulesAsked]).toEqual(expect.arrayContaining(['phone', 'given', 'family', 'fullname']));
  });
});

describe('a full run', () => {
  const suggestions = suggest(BOOK, []);

  it('finds the duplicates and leaves family, father and son, colleagues, company and group alone', () => {
    expect(suggestions.map(({ members }) => members).sort()).toEqual([
      ['w1', 'w2', 'w3'],
      ['x1', 'x2'],
    ]);
  });

  it('calls exact copies exact and certain, and names a member as reference', () => {
    const copies = suggestions.find(({ members }) => members[0] === 'x1');
    expect(copies).toMatchObject({ exact: true, tier: 'certain' });
    for (const { members, referenceId, weakest } of suggestions) {
      expect(members).toContain(referenceId);
      expect(members).toEqual(expect.arrayContaining([weakest.a, weakest.b]));
    }
  });

  it('gives the same suggestions and fingerprints in whatever order the cards come', () => {
    fc.assert(
      fc.property(shuffled, (cards) => {
        expect(suggest(cards, [])).toEqual(suggestions);
      }),
      { numRuns: 25 },
    );
  });

  it('changes a fingerprint when a member changes', () => {
    const changed = BOOK.map((card) => (card.id === 'w3' ? { ...card, contentHash: 'other' } : card));
    const before = suggestions.find(({ members }) => members[0] === 'w1')?.fingerprint;
    expect(suggest(changed, []).find(({ members }) => members[0] === 'w1')?.fingerprint).not.toBe(before);
  });

  it('collapses five hundred copies into one suggestion with a pair for each copy', () => {
    const copies = Array.from({ length: 500 }, (_, i) => record(`copy${i}`, 'N:Amadi;Chidi;;;', 'FN:Chidi Amadi'));
    const pairs = scoreBook(copies);
    expect(pairs).toHaveLength(499);
    expect(suggest(copies, []).map(({ members }) => members.length)).toEqual([500]);
  });

  it('tells the same evidence later, when asked for one pair, as at once for all', () => {
    const book = [...BOOK, ...BOOK.slice(0, 3).map((card) => ({ ...card, id: `${card.id}-copy` }))];
    const { pairs, explain: withEvidence } = weighBook(book);
    expect(pairs.map(({ evidence }) => evidence.length)).toContain(0);
    expect(pairs.map(withEvidence)).toEqual(scoreBook(book));
  });

  it('takes two cards for copies whatever the order of their lines, be they few or many', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme-ascii' }), { maxLength: 90 }), (notes) => {
        const lines = notes.map((note) => `NOTE;TYPE=b;X-A=a:${note}`);
        const turned = notes.map((note) => `NOTE;X-A=a;TYPE=b:${note}`).reverse();
        expect(record('b', 'FN:Ada', ...turned).contentHash).toBe(record('a', ...lines, 'FN:Ada').contentHash);
      }),
      { numRuns: 30 },
    );
  });

  it('finds two hundred copies of one card, each a little different, as one suggestion', () => {
    const loop = Array.from({ length: 200 }, (_, i) =>
      record(`loop${i}`, 'N:Amadi;Chidi;;;', 'FN:Chidi Amadi', 'TEL;TYPE=CELL:+4915112345671', `NOTE:try ${i}`),
    );
    const others = BOOK.filter(({ kind }) => kind !== 'group');
    const found = suggest([...loop, ...others], []).find(({ members }) => members.includes('loop0'));
    expect(found?.members).toHaveLength(200);
    expect(found).toMatchObject({ exact: false, confirm: true });
  });
});

describe('ranking', () => {
  const pair = (id: string, phone: string, ...lines: string[]): ContactRecord[] => [
    record(`${id}1`, 'N:Amadi;Chidi;;;', 'FN:Chidi Amadi', `TEL;TYPE=CELL:${phone}`, 'NOTE:first'),
    record(`${id}2`, 'N:Amadi;Chidi;;;', 'FN:Chidi Amadi', `TEL;TYPE=CELL:${phone}`, ...lines),
  ];
  const order = (cards: readonly ContactRecord[]) => suggest(cards, []).map(({ members }) => members[0]);

  it('puts the cluster first whose merge completes more fields', () => {
    const plain = pair('a', '+4915112345671', 'NOTE:one');
    const richer = [
      record('b1', 'N:Novak;Petra;;;', 'FN:Petra Novak', 'TEL;TYPE=CELL:+4915112345672', 'BDAY:1980-02-03'),
      record('b2', 'N:Novak;Petra;;;', 'FN:Petra Novak', 'TEL;TYPE=CELL:+4915112345672', 'TITLE:Engineer'),
    ];
    expect(order([...plain, ...richer])).toEqual(['b1', 'a1']);
  });

  it('puts the latest edit first among equals', () => {
    const older = pair('a', '+4915112345671', 'REV:20200101T000000Z', 'NOTE:one');
    const newer = pair('b', '+4915112345672', 'REV:20250101T000000Z', 'NOTE:two').map((card) => ({
      ...card,
      name: { ...card.name, given: ['petra'], family: ['novak'] },
    }));
    expect(order([...older, ...newer])).toEqual(['b1', 'a1']);
    expect(order([...newer, ...older])).toEqual(['b1', 'a1']);
  });

  it('asks for confirmation of more than ten cards of one person, but not of exact copies', () => {
    const card = (at: number, note: string) =>
      record(`c${at}`, 'N:Amadi;Chidi;;;', 'FN:Chidi Amadi', 'TEL;TYPE=CELL:+4915112345671', `NOTE:${note}`);
    const many = (count: number, differ: boolean) => {
      const cards = Array.from({ length: count }, (_, at) => card(at, differ ? String(at) : 'same'));
      const pairs = cards.flatMap((one) => cards.filter(({ id }) => id > one.id).map(({ id }) => copyPair(one.id, id)));
      return suggestFromPairs(cards, pairs, [])[0];
    };
    expect(many(11, true)).toMatchObject({ confirm: true, tier: 'likely' });
    expect(many(10, true)).toMatchObject({ confirm: false });
    expect(many(11, false)).toMatchObject({ confirm: false, tier: 'certain' });
  });
});

describe('a pair', () => {
  const pairs = BOOK.flatMap((a) => BOOK.map((b) => [a, b] as const)).filter(
    ([a, b]) => a.id < b.id && a.kind !== 'group' && b.kind !== 'group',
  );

  it('scores the same both ways', () => {
    for (const [a, b] of pairs) expect(scorePair(a, b, statistics)).toEqual(scorePair(b, a, statistics));
  });

  it('is the sum of its evidence, and every line has an English text', () => {
    for (const [a, b] of pairs) {
      const { evidence, weight } = scorePair(a, b, statistics);
      expect(evidence.reduce((sum, line) => sum + line.weight, 0)).toBeCloseTo(weight, 9);
      for (const line of evidence) expect(explain(line)).not.toBe(line.code);
    }
  });

  it('of one name and nothing else speaks less the more cards would have that name by chance', () => {
    const pair = [
      record('n1', 'N:Petrowa;Olga;;;', 'FN:Olga Petrowa', 'TEL;TYPE=CELL:0171 5551001'),
      record('n2', 'N:Petrowa;Olga;;;', 'FN:Olga Petrowa', 'EMAIL:o.petrowa@example.org'),
    ];
    const among = (size: number) =>
      Array.from({ length: size }, (_, i) => {
        // every fourth is an Olga, every fourth a Petrowa, one in sixteen both
        const [given, family] = [i % 4 === 0 ? 'Olga' : `G${i}`, i % 16 < 4 ? 'Petrowa' : `F${i}`];
        return record(
          `k${i}`,
          `N:${family};${given};;;`,
          `FN:${given} ${family}`,
          `TEL;TYPE=CELL:0160 ${1_000_000 + i}`,
        );
      });
    const weightAmong = (size: number) => scorePair(pair[0]!, pair[1]!, bookStatistics([...pair, ...among(size)]));
    expect(scorePair(pair[0]!, pair[1]!, bookStatistics(pair)).evidence.map(({ code }) => code)).not.toContain(
      'coincidence.usual',
    );
    const many = weightAmong(400);
    expect(many.evidence.map(({ code }) => code)).toContain('coincidence.crowded');
    expect(many.tier).toBe('none');
    const suggested = suggest([...pair, ...BOOK], []).filter(({ members }) => members.includes('n1'));
    expect(suggested.map(({ members }) => members)).toEqual([['n1', 'n2']]);
  });

  it('of Jr and Sr, or of a person and a company, never shares a cluster', () => {
    expect(scorePair(byId.get('j1')!, byId.get('j2')!, statistics).never).toBe(true);
    expect(scorePair(byId.get('c2')!, byId.get('o1')!, statistics).never).toBe(true);
  });
});

describe('what is stored of a book', () => {
  const nameKeys = BOOK.flatMap((item) => {
    const { keys, rules } = keysByRule(item);
    return keys.filter((_, at) => BLOCKING_RULES[rules[at]!]!.foreseen);
  });
  const profiles = distinctContents(BOOK).map(profileOf);
  const stored = (holders: (key: number) => number) =>
    profiles.flatMap((one, at) =>
      profiles.slice(at + 1).flatMap((other) => storedPair(one, other, { ...statistics, cards: 4000, holders }) ?? []),
    );
  const ends = (pairs: readonly PairScore[]) => pairs.map(({ a, b }) => `${a} ${b}`);

  it('is the same pairs however many cards hold each name: they become latent, and worth keeping again', () => {
    const known = ends(stored(statistics.holders));
    let latent = 0;
    fc.assert(
      fc.property(fc.infiniteStream(fc.integer({ min: 1, max: 4000 })), (counts) => {
        const byName = new Map(nameKeys.map((key) => [key, counts.next().value]));
        const pairs = stored((key) => byName.get(key) ?? statistics.holders(key));
        latent += pairs.filter((pair) => pair.latent).length;
        expect(ends(pairs)).toEqual(known);
      }),
      { numRuns: 20 },
    );
    expect(latent).toBeGreaterThan(0);
  });

  it('is what a full run tells, and latent pairs below what is worth keeping', () => {
    const pairs = scoreStoredBook(BOOK);
    expect(pairs.filter((pair) => !pair.latent)).toEqual(scoreBook(BOOK));
    for (const { a, b, latent, tier } of pairs) {
      if (!latent) continue;
      expect(tier).toBe('none');
      expect(scorePair(byId.get(a)!, byId.get(b)!, statistics).weight).toBeLessThan(MODEL.kept);
    }
  });
});

describe('one changed card', () => {
  it('has the pairs that a full run gives it (incremental equals full)', () => {
    fc.assert(
      fc.property(someBook, (cards) => {
        const distinct = distinctContents(cards);
        const figures = bookStatistics(cards);
        const full = scoreBook(distinct);
        const candidates = candidatePairs(distinct);
        for (const changed of distinct) {
          const partners = candidates.flatMap(([a, b]) => (a === changed.id ? [b] : b === changed.id ? [a] : []));
          const own = rescore(
            changed,
            partners.map((id) => byId.get(id)!),
            figures,
          );
          expect(own).toEqual(full.filter(({ a, b }) => a === changed.id || b === changed.id));
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('decisions', () => {
  const known = (a: string, b: string) => strongIdentifiers(byId.get(a)!, byId.get(b)!);

  it('keep dismissed pairs apart', () => {
    const apart = ['w2', 'w3'].map((b) => ({ a: 'w1', b, verdict: 'different' as const, known: known('w1', b) }));
    for (const { members } of suggest(BOOK, apart)) expect(members).not.toContain('w1');
  });

  it('are asked again when a new strong identifier is shared, and say so', () => {
    const reopened = suggest(BOOK, [{ a: 'w1', b: 'w2', verdict: 'different', known: [] }]);
    expect(reopened.find(({ members }) => members.includes('w1'))?.reopened).toBe(true);
  });

  it('about cards that are gone change nothing', () => {
    const gone = [{ a: 'gone', b: 'w1', verdict: 'different' as const, known: [] }];
    expect(suggest(BOOK, gone)).toEqual(suggest(BOOK, []));
  });
});

describe('clustering', () => {
  const ids = 'abcdefgh'.split('');
  const link = (a: string, b: string, weight: number): LinkedPair => ({ a, b, weight, never: false });
  const linked: fc.Arbitrary<LinkedPair[]> = fc
    .uniqueArray(
      fc.tuple(fc.nat(7), fc.nat(7)).filter(([a, b]) => a < b),
      { selector: ([a, b]) => a * 8 + b },
    )
    .chain((edges) =>
      fc.tuple(
        ...edges.map(([a, b]) =>
          fc.record({
            a: fc.constant(ids[a]!),
            b: fc.constant(ids[b]!),
            weight: fc.integer({ min: -6, max: 8 }),
            never: fc.boolean(),
          }),
        ),
      ),
    );

  it('equals the naive average linkage on small graphs', () => {
    fc.assert(
      fc.property(linked, (pairs) => {
        expect(clusterPairs(pairs, { unknown: -1, reserve: 0 }).map(({ members }) => members)).toEqual(
          naiveClusters(ids, pairs, -1),
        );
      }),
    );
  });

  it('takes a card in that one member is linked to strongly and the others merely share nothing with', () => {
    const three = [link('a', 'b', 6), link('a', 'c', 6), link('b', 'c', 6)];
    const pairs = [...three, link('a', 'd', 4), link('b', 'd', -2.4), link('c', 'd', -2.4)];
    expect(clusterPairs(pairs, { unknown: -0.6, reserve: 0 }).map(({ members }) => members)).toEqual([
      ['a', 'b', 'c', 'd'],
    ]);
  });

  it('keeps two strong groups apart whose cross pairs all say the same little thing, where a reserve is asked for', () => {
    const across = ['a', 'b'].flatMap((a) => ['c', 'd'].map((b) => link(a, b, 1)));
    const pairs = [link('a', 'b', 7), link('c', 'd', 7), ...across];
    const clustersBy = (reserve: number) =>
      clusterPairs(pairs, { unknown: -0.5, reserve }).map(({ members }) => members);
    expect(clustersBy(0.2)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(clustersBy(0)).toEqual([['a', 'b', 'c', 'd']]);
  });

  it('never puts a forbidden pair into one cluster', () => {
    fc.assert(
      fc.property(linked, (pairs) => {
        const clusters = clusterPairs(pairs, { unknown: 0, reserve: 0 });
        for (const { a, b, never } of pairs)
          if (never) for (const { members } of clusters) expect(members.includes(a) && members.includes(b)).toBe(false);
      }),
    );
  });
});

/** Average linkage as it is defined: compare all clusters with all, join the best, begin again. */
function naiveClusters(ids: readonly string[], pairs: readonly LinkedPair[], unknown: number): string[][] {
  let clusters = ids.map((id) => [id]);
  const between = (x: readonly string[], y: readonly string[]): number | undefined => {
    let sum = 0;
    let known = 0;
    for (const a of x)
      for (const b of y) {
        const pair = pairs.find((item) => (item.a === a && item.b === b) || (item.a === b && item.b === a));
        if (pair?.never) return undefined;
        if (pair) known++;
        sum += pair ? Math.max(MODEL.floor, pair.weight) : unknown;
      }
    return known > 0 ? sum / (x.length * y.length) : undefined;
  };
  for (;;) {
    let best: { mean: number; x: string[]; y: string[] } | undefined;
    for (const x of clusters)
      for (const y of clusters) {
        const mean = x[0]! < y[0]! ? between(x, y) : undefined;
        if (mean !== undefined && mean >= 0 && (!best || mean > best.mean)) best = { mean, x, y };
      }
    if (!best) return clusters.filter((cluster) => cluster.length > 1);
    const { x, y } = best;
    clusters = [...clusters.filter((cluster) => cluster !== x && cluster !== y), [...x, ...y].sort()].sort((p, q) =>
      p[0]! < q[0]! ? -1 : 1,
    );
  }
}

describe('groups', () => {
  it('take part in nothing', () => {
    const group = byId.get('g1') as ContactRecord;
    expect(group.kind).toBe('group');
    expect(rescore(group, BOOK, statistics)).toEqual([]);
  });
});
