/** Two records to a score: the sum of the weights of the levels they fall into, one evidence line per level. */
import type { Pairing } from './comparison.ts';
import { matchNames } from './comparisons/name-match.ts';
import { coincidence } from './comparisons/place.ts';
import { isLandline, sharedEmail, sharedPhone } from './comparisons/shared-contact.ts';
import { COMPARISONS, FIELD_BITS, FIRST_WITH_FIELD, LEVEL_NAMES, OFFSETS } from './comparisons.ts';
import { EMPTY } from './empty.ts';
import { isNever, type LevelWeights, MODEL, modelFor, tierOf } from './model.ts';
import { type Profile, profileOf } from './profile.ts';
import type { ContactRecord, EvidenceLine, PairScore, Statistics } from './types.ts';

/** Holders of an identifier up to this scale (3 or 4 cards) still make it personal. */
const PERSONAL_SCALE = 2;

export function pairing(a: Profile, b: Profile, statistics: Statistics): Pairing {
  const phone = sharedPhone(a, b, statistics);
  const email = sharedEmail(a, b, statistics);
  const linked =
    (phone !== undefined && !isLandline(phone) && phone.scale <= PERSONAL_SCALE) ||
    (email !== undefined && !email.email.role && email.scale <= PERSONAL_SCALE);
  const touching = phone !== undefined || email !== undefined;
  return { a, b, statistics, name: matchNames(a, b, touching), phone, email, linked, touching };
}

/** Places of the flat weight list that a pair falls into, one for each comparison; written into `out`. */
export function levelsOf(pair: Pairing, out: Uint16Array): Uint16Array {
  for (let i = 0; i < COMPARISONS.length; i++) out[i] = OFFSETS[i]! + COMPARISONS[i]!.level(pair);
  return out;
}

const scratch = new Uint16Array(COMPARISONS.length);

/** Log-odds to probability. */
export const probabilityOf = (weight: number): number => 1 / (1 + Math.exp(-weight));

const plainLines = new Map<string, EvidenceLine>();

/** Lines without parameters are the same for all pairs of a kind of book: one object serves them all. */
function plainLine(code: string, weight: number): EvidenceLine {
  const id = `${code} ${weight}`;
  let line = plainLines.get(id);
  if (!line) {
    line = { code, params: {}, weight };
    plainLines.set(id, line);
  }
  return line;
}

/** The score of two profiles with all its evidence. Symmetric: `a` of the result is the smaller id. */
export function scoreProfiles(one: Profile, other: Profile, statistics: Statistics): PairScore {
  const pair = inOrder(one, other, statistics);
  const levels = levelsOf(pair, scratch);
  return judged(pair, levels, weightOf(levels, modelFor(statistics)), evidenceOf(pair, levels));
}

const weightOf = (levels: Uint16Array, { intercept, weights }: LevelWeights): number =>
  levels.reduce((sum, level) => sum + weights[level]!, intercept);

/** Two cards of one full name: they may be shown though they weigh little. */
const shareName = (one: Profile, other: Profile): boolean => one.fullName === other.fullName && one.fullName !== '';

/**
 * As `scoreProfiles`, or undefined below `MODEL.kept`, namesakes that may be one person aside; `told`: with its evidence. Most
 * candidates are strangers, and their names, numbers and mailboxes already tell: what a field that both fill could add to that
 * is known beforehand. `latentToo`: a pair that would be worth keeping were its names rarer comes back as latent.
 */
export function scoreIfKept(
  one: Profile,
  other: Profile,
  statistics: Statistics,
  told: boolean,
  latentToo: boolean,
): PairScore | undefined {
  const namesakes = shareName(one, other);
  const pair = inOrder(one, other, statistics);
  const model = modelFor(statistics);
  const { intercept, gains, ahead } = model;
  const weights = latentToo ? model.rarest : model.weights;
  const shared = one.fields & other.fields;
  const needed = namesakes ? Number.NEGATIVE_INFINITY : MODEL.reach - gains[shared]!;
  let weight = intercept;
  for (let i = 0; i < FIRST_WITH_FIELD; i++) {
    scratch[i] = OFFSETS[i]! + COMPARISONS[i]!.level(pair);
    weight += weights[scratch[i]!]!;
    if (weight + ahead[i + 1]! < needed) return undefined;
  }
  for (let i = FIRST_WITH_FIELD; i < COMPARISONS.length; i++) {
    scratch[i] = OFFSETS[i]! + (shared & FIELD_BITS[i]! ? COMPARISONS[i]!.level(pair) : 0);
    weight += weights[scratch[i]!]!;
  }
  const here = latentToo ? weightOf(scratch, model) : weight;
  if (isWorthKeeping(here, scratch, namesakes))
    return judged(pair, scratch, here, told ? evidenceOf(pair, scratch) : EMPTY);
  return latentToo && isWorthKeeping(weight, asRarest(scratch), namesakes)
    ? { ...judged(pair, scratch, weight, EMPTY), tier: 'none', latent: true }
    : undefined;
}

const isWorthKeeping = (weight: number, levels: Uint16Array, namesakes: boolean): boolean =>
  weight >= MODEL.kept || (namesakes && tierOf(weight, levels, isNever(levels)) !== 'none');

/** The levels of a pair whose name no chance explains. */
function asRarest(levels: Uint16Array): Uint16Array {
  const rarest = levels.slice();
  rarest[COINCIDENCE] = OFFSETS[COINCIDENCE]!;
  return rarest;
}

const COINCIDENCE = COMPARISONS.indexOf(coincidence);

function inOrder(one: Profile, other: Profile, statistics: Statistics): Pairing {
  return one.record.id < other.record.id ? pairing(one, other, statistics) : pairing(other, one, statistics);
}

/** One line of evidence for each of a pair's levels that weighs something, the strongest first. */
function evidenceOf(pair: Pairing, levels: Uint16Array): EvidenceLine[] {
  const { intercept, weights } = modelFor(pair.statistics);
  const evidence: EvidenceLine[] = [plainLine('prior', intercept)];
  for (let i = 0; i < COMPARISONS.length; i++) {
    const level = levels[i]!;
    const weight = weights[level]!;
    if (weight === 0) continue;
    const params = COMPARISONS[i]!.params?.(pair);
    const code = LEVEL_NAMES[level]!;
    evidence.push(params ? { code, params, weight } : plainLine(code, weight));
  }
  return evidence.sort((x, y) => Math.abs(y.weight) - Math.abs(x.weight));
}

function judged({ a, b }: Pairing, levels: Uint16Array, weight: number, evidence: readonly EvidenceLine[]): PairScore {
  const never = isNever(levels);
  const tier = tierOf(weight, levels, never);
  return { a: a.record.id, b: b.record.id, weight, probability: probabilityOf(weight), evidence, tier, never };
}

/** Compares two records; see `PairScore`. Depends on nothing but the two records and the holders of their keys. */
export function scorePair(a: ContactRecord, b: ContactRecord, statistics: Statistics): PairScore {
  return scoreProfiles(profileOf(a), profileOf(b), statistics);
}
