/** Figures of merit of suggestions against the truth: pairs, clusters, ranking, the unattended tier. */
import type { PairScore, Suggestion } from '../../src/dedup/types.ts';
import type { Dataset } from './datasets.ts';

export interface Figures {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly exactF1: number;
  readonly b3: number;
  readonly averagePrecision: number;
  readonly recallAt99: number;
  readonly autoPrecision: number;
  readonly autoRecall: number;
  /** Wrong unattended merges by kind of negative. */
  readonly autoFalse: Readonly<Record<string, string>>;
  /** Wrong merges of the clusters by kind of negative. */
  readonly falseMerges: Readonly<Record<string, string>>;
  /** Largest number of cards by which a cluster exceeds a true one it holds. */
  readonly excess: number;
}

const choose2 = (n: number): number => (n * (n - 1)) / 2;
const harmonic = (p: number, r: number): number => (p + r === 0 ? 0 : (2 * p * r) / (p + r));

/** Adds one to a count in a map. */
function bump(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

export function measure(dataset: Dataset, suggestions: readonly Suggestion[], pairs: readonly PairScore[]): Figures {
  const { truth } = dataset;
  const clusterOf = new Map<string, string>();
  suggestions.forEach((suggestion, at) => {
    for (const id of suggestion.members) clusterOf.set(id, String(at));
  });
  const predicted = new Map<string, number>();
  const actual = new Map<string, number>();
  const cells = new Map<string, number>();
  for (const [id, cluster] of truth) {
    const mine = clusterOf.get(id) ?? `single ${id}`;
    bump(predicted, mine);
    bump(actual, cluster);
    bump(cells, `${mine}\n${cluster}`);
  }
  const sum = (sizes: Iterable<number>): number => [...sizes].reduce((total, size) => total + choose2(size), 0);
  const [all, found, right] = [sum(actual.values()), sum(predicted.values()), sum(cells.values())];
  const clusters = clusterFigures(predicted, actual, cells, truth.size);
  const precision = found ? right / found : 1;
  const recall = all ? right / all : 1;
  const negatives = dataset.negatives;
  const certain = new Set(
    pairs
      .filter((pair) => pair.tier === 'certain' && clusterOf.get(pair.a) === clusterOf.get(pair.b))
      .map((pair) => `${pair.a}\n${pair.b}`),
  );
  const inAuto = (a: string, b: string): boolean => certain.has(a < b ? `${a}\n${b}` : `${b}\n${a}`);
  return {
    precision,
    recall,
    f1: harmonic(precision, recall),
    ...clusters,
    ...rankingFigures(dataset, pairs, all, certain),
    autoFalse: tally(negatives, inAuto),
    falseMerges: tally(negatives, (a, b) => clusterOf.has(a) && clusterOf.get(a) === clusterOf.get(b)),
  };
}

function clusterFigures(
  predicted: ReadonlyMap<string, number>,
  actual: ReadonlyMap<string, number>,
  cells: ReadonlyMap<string, number>,
  cards: number,
): Pick<Figures, 'exactF1' | 'b3' | 'excess'> {
  let exact = 0;
  let [bp, br, excess] = [0, 0, 0];
  for (const [key, size] of cells) {
    const [mine, cluster] = key.split('\n') as [string, string];
    const [p, t] = [predicted.get(mine)!, actual.get(cluster)!];
    bp += size ** 2 / p;
    br += size ** 2 / t;
    if (size > 1 && size === p && size === t) exact++;
    if (p > 1 && size === Math.max(...[size])) excess = Math.max(excess, size > p / 2 ? p - t : 0);
  }
  const many = (sizes: ReadonlyMap<string, number>): number => [...sizes.values()].filter((size) => size > 1).length;
  const [predictedMany, actualMany] = [many(predicted), many(actual)];
  return {
    exactF1: harmonic(predictedMany ? exact / predictedMany : 1, actualMany ? exact / actualMany : 1),
    b3: harmonic(bp / cards, br / cards),
    excess,
  };
}

function rankingFigures(dataset: Dataset, pairs: readonly PairScore[], all: number, certain: ReadonlySet<string>) {
  const { truth } = dataset;
  const ranked = pairs.filter((pair) => truth.has(pair.a) && truth.has(pair.b)).sort((x, y) => y.weight - x.weight);
  let [hits, area, recallAt99, autoRight, auto] = [0, 0, 0, 0, 0];
  for (let i = 0; i < ranked.length; ) {
    let j = i;
    let block = 0;
    for (; j < ranked.length && ranked[j]!.weight === ranked[i]!.weight; j++)
      if (truth.get(ranked[j]!.a) === truth.get(ranked[j]!.b)) block++;
    hits += block;
    area += (block * hits) / j;
    if (hits / j >= 0.99) recallAt99 = hits / all;
    i = j;
  }
  for (const pair of ranked) {
    if (!certain.has(`${pair.a}\n${pair.b}`)) continue;
    auto++;
    if (truth.get(pair.a) === truth.get(pair.b)) autoRight++;
  }
  return {
    averagePrecision: all ? area / all : 1,
    recallAt99,
    autoPrecision: auto ? autoRight / auto : 1,
    autoRecall: all ? autoRight / all : 1,
  };
}

function tally(negatives: Dataset['negatives'], merged: (a: string, b: string) => boolean): Record<string, string> {
  const counts = new Map<string, [number, number]>();
  for (const { a, b, type } of negatives) {
    const count = counts.get(type) ?? [0, 0];
    counts.set(type, [count[0] + Number(merged(a, b)), count[1] + 1]);
  }
  return Object.fromEntries([...counts].map(([type, [wrong, total]]) => [type, `${wrong}/${total}`]));
}
