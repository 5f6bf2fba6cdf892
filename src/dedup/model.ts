/** The model: fitted weights laid out for speed, thresholds of the tiers, levels that forbid a merge. */
import { COMPARISONS, FIELD_BITS, LEVEL_NAMES, OFFSETS } from './comparisons.ts';
import { isRegister } from './profile.ts';
import type { Statistics, Tier } from './types.ts';
import { CONTACTS, REGISTER } from './weights.ts';

/** Weights of one kind of book: `intercept` is the log-odds of a pair before anything is known. */
export interface LevelWeights {
  readonly intercept: number;
  /** By place in the flat list of levels. */
  readonly weights: Float64Array;
  /** The most that the comparisons of fields can add, by the set of fields that both cards fill. */
  readonly gains: Float64Array;
  /** What a pair that was never compared counts in clustering: in a register slips keep many true pairs apart. */
  readonly unknown: number;
}

const FIELD_SETS = 128;

type FittedWeights = Readonly<Record<string, number>>;

function laidOut(fitted: FittedWeights, unknown: number): LevelWeights {
  const weights = Float64Array.from(LEVEL_NAMES, (name) => fitted[name] ?? 0);
  const gains = Float64Array.from({ length: FIELD_SETS }, (_, fields) => {
    let gain = 0;
    COMPARISONS.forEach(({ levels }, i) => {
      if (FIELD_BITS[i]! & fields) gain += Math.max(...weights.subarray(OFFSETS[i]!, OFFSETS[i]! + levels.length));
    });
    return gain;
  });
  return { intercept: fitted.intercept ?? 0, weights, gains, unknown };
}

const contacts = laidOut(CONTACTS, -0.6);
const register = laidOut(REGISTER, -0.5);

/** The weights for a book: those of contacts, unless it is a register of people. */
export function modelFor(statistics: Pick<Statistics, 'cards' | 'withPhone' | 'withBirthday'>): LevelWeights {
  return isRegister(statistics) ? register : contacts;
}

export const MODEL = {
  /** Weight from which a pair is worth showing, believing, merging unattended. */
  possible: -0.5,
  likely: 0,
  certain: 4.5,
  /** The same where one card gives half a name. */
  certainPartial: 7.5,
  /** Weight of two cards with the same content. */
  copy: 20,
  /** Pairs below this are forgotten, but for namesakes that may be one person. */
  kept: -2.5,
  /** Clustering: scores are capped here, so that one strong pair does not carry a whole chain … */
  cap: 8,
  /** … nor go below this: two cards that only fail to share anything do not outweigh a third that shares something with both … */
  floor: -1,
  /** … and two clusters join while their mean cross score is at least this. */
  join: 0,
} as const;

/** Levels that keep two cards out of one cluster, whatever else they share. */
const NEVER: ReadonlySet<string> = new Set(['suffix.conflict', 'kind.conflict']);
/** Levels that a machine never merges over without asking. */
const DOUBTFUL: ReadonlySet<string> = new Set([
  'given.conflict',
  'given.missing',
  'family.conflict',
  'suffix.conflict',
  'suffix.one',
  'kind.couple',
  'kind.conflict',
  'birthday.conflict',
  'birthday.year',
  'birthday.part',
  'gender.conflict',
  'phone.near',
]);
/** Half a name: merged unattended only on far more evidence. */
const PARTIAL: ReadonlySet<string> = new Set([
  'family.missing',
  'completed.yes',
  'family.part',
  'family.prefix',
  'given.initial',
  'given.prefix',
  'given.middle',
  'phone.differ',
  'phone.fixed.differ',
  'given.language',
]);

const neverLevels = Uint8Array.from(LEVEL_NAMES, (name) => Number(NEVER.has(name)));
const doubtfulLevels = Uint8Array.from(LEVEL_NAMES, (name) => Number(DOUBTFUL.has(name)));
const partialLevels = Uint8Array.from(LEVEL_NAMES, (name) => Number(PARTIAL.has(name)));

/** One full name, which no chance explains in a book of this size. */
const NAMESAKES: readonly ReadonlySet<string>[] = [
  new Set(['namesakes.0', 'namesakes.1']),
  new Set(['coincidence.none']),
];

const namesakeLevels = NAMESAKES.map((names) => Uint8Array.from(LEVEL_NAMES, (name) => Number(names.has(name))));

/**
 * True for two cards of one rare name of which nothing says that they are two people but other numbers, mailboxes or addresses.
 * Few of them are one person who has moved, but people look for those first: they are shown whatever the weights say.
 */
function areNamesakes(levels: Uint16Array): boolean {
  const isOneOf = (wanted: Uint8Array): boolean => levels.some((level) => wanted[level] === 1);
  return namesakeLevels.every(isOneOf) && !isOneOf(doubtfulLevels);
}

/** True when one of the levels forbids a common cluster. */
export function isNever(levels: Uint16Array): boolean {
  return levels.some((level) => neverLevels[level] === 1);
}

/** The tier of one pair by its weight; a doubtful level keeps it below `certain`, half a name asks for more. */
export function tierOf(weight: number, levels: Uint16Array, never: boolean): Tier | 'none' {
  if (weight < MODEL.possible) return areNamesakes(levels) ? 'possible' : 'none';
  if (never || weight < MODEL.likely) return 'possible';
  if (weight < MODEL.certain || levels.some((level) => doubtfulLevels[level] === 1)) return 'likely';
  const partial = levels.some((level) => partialLevels[level] === 1);
  return partial && weight < MODEL.certainPartial ? 'likely' : 'certain';
}
