/** Ranking of pairs with what their clusters add: two cards that only a third one links are a pair, too. */
import type { PairScore, Suggestion } from '../types.ts';

/**
 * The scored pairs, and for every two members of one suggestion a pair at least as strong as the weakest link between
 * them on the strongest path. Pairs that already score higher stay as they are.
 */
export function withTransitivePairs(pairs: readonly PairScore[], suggestions: readonly Suggestion[]): PairScore[] {
  const home = new Map<string, number>();
  suggestions.forEach((suggestion, at) => {
    for (const id of suggestion.members) home.set(id, at);
  });
  const outside = pairs.filter((pair) => home.get(pair.a) === undefined || home.get(pair.a) !== home.get(pair.b));
  return [...outside, ...suggestions.flatMap(pairsWithin)];
}

/** Kruskal over the strongest pairs first: when two groups meet, all their cross pairs hold at that strength. */
function pairsWithin(suggestion: Suggestion): PairScore[] {
  const groups = new Map(suggestion.members.map((id) => [id, { ids: [id], certain: true }]));
  const own = new Map(suggestion.pairs.map((pair) => [`${pair.a}\n${pair.b}`, pair]));
  const found: PairScore[] = [];
  for (const link of suggestion.pairs) {
    const [left, right] = [groups.get(link.a)!, groups.get(link.b)!];
    if (left === right) continue;
    const certain = left.certain && right.certain && link.tier === 'certain';
    for (const one of left.ids)
      for (const other of right.ids) {
        const [a, b] = one < other ? [one, other] : [other, one];
        const known = own.get(`${a}\n${b}`);
        if (known && (known.weight >= link.weight || known.tier === 'certain')) found.push(known);
        else
          found.push({
            ...(known ?? link),
            a,
            b,
            weight: link.weight - TRANSITIVE,
            tier: certain ? 'certain' : 'likely',
          });
      }
    const joined = { ids: [...left.ids, ...right.ids], certain };
    for (const id of joined.ids) groups.set(id, joined);
  }
  return found;
}

/** A path says a little less than a pair of its own. */
const TRANSITIVE = 1;
