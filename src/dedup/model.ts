/** The model: fitted weights laid out for speed, thresholds of the tiers, levels that forbid a merge. */
import type { Joining } from './clustering/join-queue.ts';
import { COMPARISONS, FIELD_BITS, FIRST_WITH_FIELD, LEVEL_NAMES, OFFSETS } from './comparisons.ts';
import { isRegister } from './profile.ts';
import { FEW, isSmallBook } from './small-book.ts';
import type { Statistics, Tier } from './types.ts';
import { CONTACTS, REGISTER } from './weights.ts';

/** Weights of one kind of book: `intercept` is the log-odds of a pair before anything is known. */
export interface LevelWeights {
  readonly intercept: number;
  /** By place in the flat list of levels. */
  readonly weights: Float64Array;
  /** The same, with every name as rare as speaks most for the pair. */
  readonly rarest: Float64Array;
  /** The most that the comparisons of fields can add, by the set of fields that both cards fill. */
  readonly gains: Float64Array;
  /** The most that the comparisons that need no field can add from this place of the table on. */
  readonly ahead: Float64Array;
  /** In a register slips keep many true pairs apart, and cards of one name and one postcode are many. */
  readonly joining: Joining;
}

const FIELD_SETS = 128;

type FittedWeights = Readonly<Record<string, number>>;

/** Places of levels that differ in nothing but how many cards hold a name (rules `given` and `family`). */
const BY_RARITY = [/^given\.same\./, /^family\.same\./, /^coincidence\./].map((levels) =>
  LEVEL_NAMES.flatMap((name, at) => (levels.test(name) ? at : [])),
);

function laidOut(fitted: FittedWeights, joining: Joining): LevelWeights {
  const weights = Float64Array.from(LEVEL_NAMES, (name) => fitted[name] ?? 0);
  const rarest = weights.slice();
  for (const levels of BY_RARITY) {
    const best = Math.max(...levels.map((level) => weights[level]!));
    for (const level of levels) rarest[level] = best;
  }
  const most = COMPARISONS.map(({ levels }, i) =>
    Math.max(...weights.subarray(OFFSETS[i]!, OFFSETS[i]! + levels.length)),
  );
  const gains = new Float64Array(FIELD_SETS);
  for (let fields = 0; fields < FIELD_SETS; fields++)
    for (let i = FIRST_WITH_FIELD; i < most.length; i++) if (FIELD_BITS[i]! & fields) gains[fields]! += most[i]!;
  const ahead = new Float64Array(FIRST_WITH_FIELD + 1);
  for (let i = FIRST_WITH_FIELD - 1; i >= 0; i--) ahead[i] = ahead[i + 1]! + most[i]!;
  return { intercept: fitted.intercept ?? 0, weights, rarest, gains, ahead, joining };
}

const contacts = laidOut(CONTACTS, { unknown: -0.6, reserve: 0 });
const few = laidOut({ ...CONTACTS, ...FEW }, contacts.joining);
const register = laidOut(REGISTER, { unknown: -0.5, reserve: 0.2 });

/** The weights for a book: those of contacts, of a small book of contacts, or of a register of people. */
export function modelFor(statistics: Pick<Statistics, 'cards' | 'withPhone' | 'withBirthday'>): LevelWeights {
  if (isRegister(statistics)) return register;
  return isSmallBook(statistics) ? few : contacts;
}

const KEPT = -2.5;

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
  kept: KEPT,
  /** The same less what adding in another order may lose: what cannot reach this is not worth comparing further. */
  reach: KEPT - 1e-9,
  /** Clustering: scores are capped here, so that one strong pair does not carry a whole chain … */
  cap: 8,
  /** … nor go below this: two cards that only fail to share anything do not outweigh a third that shares something with both … */
  floor: -1,
  /** … and two clusters join while their mean cross score is at least this. */
  join: 0,
} as const;

/** Levels that keep two cards out of one cluster, whatever else they share. */
const NEVER: ReadonlySet<string> = new Set(['suffix.conflict', 'kind.conflict', 'clash.told', 'middle.fathers']);
/** Levels that a machine never merges over without asking. */
const DOUBTFUL: ReadonlySet<string> = new Set([
  'given.conflict',
  'given.missing',
  'given.middle',
  'family.conflict',
  'suffix.conflict',
  'suffix.one',
  'kind.couple',
  'kind.named',
  'kind.conflict',
  'birthday.conflict',
  'birthday.year',
  'birthday.part',
  'gender.conflict',
  'middle.fathers',
  'middle.other',
  'phone.near',
]);
/** Half a name: merged unattended only on far more evidence. */
const PARTIAL: ReadonlySet<string> = new Set([
  'family.missing',
  'completed.yes',
  'completed.open',
  'family.part',
  'family.prefix',
  'given.initial',
  'given.prefix',
  // siblings' names often differ by a letter
  'given.near',
  'phone.differ',
  'phone.moved',
  'phone.fixed.differ',
  'given.language',
  'given.alike',
]);

/** One full name, which no chance explains in a book of this size: a level of each. */
const NAMESAKES: ReadonlySet<string> = new Set(['namesakes.0', 'namesakes.1']);
const NO_CHANCE: ReadonlySet<string> = new Set(['coincidence.none']);

const MARKS = [NEVER, DOUBTFUL, PARTIAL, NAMESAKES, NO_CHANCE];
const [IS_NEVER, IS_DOUBTFUL, IS_PARTIAL, ARE_NAMESAKES] = [1, 2, 4, 8 | 16] as const;

/** By place of the level, a bit for each of `MARKS` that names it. */
const marksOf = Uint8Array.from(LEVEL_NAMES, (name) =>
  MARKS.reduce((bits, names, at) => bits | (names.has(name) ? 1 << at : 0), 0),
);

/** The marks of all levels of a pair. */
function marked(levels: Uint16Array): number {
  let bits = 0;
  for (let i = 0; i < levels.length; i++) bits |= marksOf[levels[i]!]!;
  return bits;
}

/** True when one of the levels forbids a common cluster. */
export const isNever = (levels: Uint16Array): boolean => (marked(levels) & IS_NEVER) !== 0;

/**
 * The tier of one pair by its weight; a doubtful level keeps it below `certain`, half a name asks for more. Two cards of one rare
 * name of which nothing says that they are two people but other numbers, mailboxes or addresses may be possible whatever they
 * weigh: few of them are one person who has moved, but people look for those first.
 */
export function tierOf(weight: number, levels: Uint16Array, never: boolean): Tier | 'none' {
  const marks = marked(levels);
  const isDoubtful = (marks & IS_DOUBTFUL) !== 0;
  if (weight < MODEL.possible) return (marks & ARE_NAMESAKES) === ARE_NAMESAKES && !isDoubtful ? 'possible' : 'none';
  if (never || weight < MODEL.likely) return 'possible';
  if (weight < MODEL.certain || isDoubtful) return 'likely';
  return (marks & IS_PARTIAL) !== 0 && weight < MODEL.certainPartial ? 'likely' : 'certain';
}
