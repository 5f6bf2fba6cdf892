/** How likely national numbers are under a country's numbering plan: a plan that takes everything explains nothing. */
import { groupingLikelihood } from '../normalize/number-grouping.ts';
import type { NumberingPlan, NumberKind } from '../normalize/numbering-plan.ts';
import { densityOf, LEAST_DENSITY } from './number-density.ts';

/** Digits of numbers without a country, and where numbers are grouped as they are. */
export type WrittenNumbers = ReadonlyMap<string, ReadonlySet<string> | undefined>;

/** What adding in another order may lose. */
const SLACK = 1e-6;

/**
 * The log-likelihood of all numbers, or what it is at most once that is out of reach: most plans are given up after a few, before
 * it is worked out how much they take.
 */
export function likelihoodOfAll(
  numbers: WrittenNumbers,
  region: string,
  plan: NumberingPlan,
  before: number,
  reach: number,
): number {
  const mostByLength: number[] = [];
  const mostLikely = ({ length }: string): number => (mostByLength[length] ??= mostLikelyOf(length, plan));
  let most = before + SLACK;
  for (const digits of numbers.keys()) most += mostLikely(digits);
  const summed = (ofKind: OfKind): number => {
    let likelihood = before;
    let atMost = most;
    for (const [digits, written] of numbers) {
      if (atMost < reach) return atMost;
      const here = likelihoodOf(digits, plan, ofKind) + groupingLikelihood(written, region);
      likelihood += here;
      atMost += here - mostLikely(digits);
    }
    return likelihood;
  };
  const narrowest = summed(mostOfKind);
  return narrowest + SLACK < reach ? narrowest : summed(kindLikelihood);
}

/** As `kindLikelihood` if the plan took nothing but this number. */
const mostOfKind: OfKind = (national, { pattern, lengths }) =>
  lengths.includes(national.length) && pattern.test(national) ? mostOfLength(national.length, lengths) : 0;

const mostOfLength = (length: number, lengths: readonly number[]): number =>
  usual(length) / usualSum(lengths) / (LEAST_DENSITY * 10 ** length);

/** What `likelihoodOf` is at most for so many digits: as if the plan were the narrowest that takes numbers of its lengths. */
function mostLikelyOf(length: number, plan: NumberingPlan): number {
  const narrowest = ({ lengths }: NumberKind, national: number): number =>
    lengths.includes(national) ? mostOfLength(national, lengths) : 0;
  const written = (trunked: boolean): number => likelihoodAs(plan, trunked, length, narrowest);
  return Math.max(written(false), written(true));
}

/** Share of numbers that are foreign, short or mistyped: what a number no plan takes is put down to. */
const STRAY = 0.01;
/** Share of numbers in ranges that were opened since the plan was written down, or are invented. */
const UNASSIGNED = 0.03;
const MOBILE_SHARE = 0.6;
/** How often the trunk prefix is written: nearly always, but for countries (calling codes) that dial without it. */
const TRUNK_SHARE = 0.95;
const WRITTEN_TRUNK = new Map([
  ...['1', '55', '52', '54', '57', '86', '91', '62', '63'].map((callingCode) => [callingCode, 0.1] as const),
  ...['7', '90', '380', '84'].map((callingCode) => [callingCode, 0.6] as const),
]);

/** The likelihood of a national number among the numbers of a kind. */
type OfKind = (national: string, kind: NumberKind) => number;

/** Log-likelihood (natural) of the written digits under a plan, to be compared between plans. */
function likelihoodOf(digits: string, plan: NumberingPlan, ofKind: OfKind): number {
  const trunked = plan.trunk !== '' && !plan.trunkKept && digits.startsWith(plan.trunk);
  const national = trunked ? digits.slice(plan.trunk.length) : digits;
  return likelihoodAs(plan, trunked, digits.length, (kind) => ofKind(national, kind));
}

/** The same of so many digits, with or without the trunk prefix before them; `ofKind`: the likelihood among the numbers of a kind. */
function likelihoodAs(
  plan: NumberingPlan,
  trunked: boolean,
  length: number,
  ofKind: (kind: NumberKind, national: number) => number,
): number {
  const { trunk, trunkKept, mobile, fixed } = plan;
  const national = trunked ? length - trunk.length : length;
  const share = trunk === '' || trunkKept ? 1 : writtenShare(plan, trunked);
  const ofMobile = mobile && MOBILE_SHARE * ofKind(mobile, national);
  const ofFixed = fixed && ofKind(fixed, national) * (mobile ? 1 - MOBILE_SHARE : 1);
  const unassigned = plan.lengths.includes(national) ? 10 ** -national : 0;
  const known = (1 - STRAY - UNASSIGNED) * ((ofMobile ?? 0) + (ofFixed ?? 0)) + UNASSIGNED * unassigned;
  return Math.log(share * known + STRAY * 0.1 * 10 ** -length);
}

function writtenShare(plan: NumberingPlan, trunked: boolean): number {
  const share = WRITTEN_TRUNK.get(plan.callingCode) ?? TRUNK_SHARE;
  return trunked ? share : 1 - share;
}

/** Usual lengths first, then every valid number alike. */
function kindLikelihood(national: string, kind: NumberKind): number {
  if (!kind.lengths.includes(national.length) || !kind.pattern.test(national)) return 0;
  const { lengths, densities } = figuresOf(kind);
  let density = densities.get(national.length);
  if (density === undefined) {
    density = densityOf(kind, national.length);
    densities.set(national.length, density);
  }
  return usual(national.length) / lengths / (density * 10 ** national.length);
}

const usual = (length: number): number => (length >= 8 && length <= 11 ? 1 : 0.15);
const usualSum = (lengths: readonly number[]): number => lengths.reduce((sum, length) => sum + usual(length), 0);

/** What is worked out once for a kind: all its lengths by how usual they are, and the density of each length that was asked for. */
interface KindFigures {
  readonly lengths: number;
  readonly densities: Map<number, number>;
}

const knownFigures = new WeakMap<NumberKind, KindFigures>();

function figuresOf(kind: NumberKind): KindFigures {
  const known = knownFigures.get(kind);
  if (known) return known;
  const figures = { lengths: usualSum(kind.lengths), densities: new Map() };
  knownFigures.set(kind, figures);
  return figures;
}
