/** The most that each comparison can give to a pair of which only the outlines are known. */
import { COMPARISONS, LEVEL_NAMES } from '../comparisons.ts';
import type { LevelWeights } from '../model.ts';

/** Named by level or comparison; never below what the model can give there. */
export interface Bounds {
  readonly intercept: number;
  readonly gains: Float64Array;
  /** By `Match` as a number. */
  readonly given: Float64Array;
  readonly family: Float64Array;
  readonly agree: number;
  readonly givenOnly: number;
  readonly familyOnly: number;
  readonly neither: number;
  readonly middle: number;
  readonly suffix: number;
  readonly clashFamily: number;
  readonly clashBirthday: number;
  readonly mute: number;
  readonly apart: number;
  /** By level of `coincidence`. */
  readonly chance: readonly number[];
  readonly couple: number;
  readonly kindConflict: number;
  readonly mail: number;
  /** Different numbers, where both cards have a mobile and where not. */
  readonly phoneDiffer: number;
  readonly fixedDiffer: number;
  readonly phoneNear: number;
  /** Of a field that both cards fill: the most of all its levels, and of those that unequal values can have. */
  readonly organization: readonly [all: number, unequal: number];
  readonly title: readonly [all: number, unequal: number];
  readonly birthday: readonly [all: number, unequal: number];
}

/** `Match` by number: the relations in their order, then what is none. */
const MATCHES = 'conflict initial prefix near language sound short same part middle'.split(' ');

/** Reads the bounds out of a model. */
export function boundsOf({ intercept, weights, gains }: LevelWeights): Bounds {
  const of = (level: string): number => weights[LEVEL_NAMES.indexOf(level)] ?? 0;
  const most = (name: string, levels: readonly string[]): number =>
    Math.max(...levels.map((level) => of(`${name}.${level}`)));
  const levelsOf = (name: string): readonly string[] =>
    COMPARISONS.find((comparison) => comparison.name === name)?.levels ?? [];
  const all = (name: string): number => most(name, levelsOf(name));
  const match = (name: string): Float64Array =>
    Float64Array.from(MATCHES, (word) =>
      word === 'same' ? most(name, ['same.common', 'same.usual', 'same.rare']) : of(`${name}.${word}`),
    );
  return {
    intercept,
    gains,
    given: match('given'),
    family: match('family'),
    agree: of('names.agree'),
    givenOnly: of('names.given'),
    familyOnly: of('names.family'),
    neither: of('names.neither'),
    middle: all('middle'),
    suffix: all('suffix'),
    clashFamily: of('clash.family'),
    clashBirthday: Math.max(of('clash.birthday'), of('clash.family'), 0),
    mute: of('alone.mute'),
    apart: of('alone.apart'),
    chance: levelsOf('coincidence').map((level) => of(`coincidence.${level}`)),
    couple: most('kind', ['couple', 'partners']),
    kindConflict: of('kind.conflict'),
    mail: Math.max(0, most('email', ['near', 'local', 'colleague', 'domain', 'differ'])),
    phoneDiffer: of('phone.differ'),
    fixedDiffer: of('phone.fixed.differ'),
    phoneNear: of('phone.near'),
    organization: [all('organization') + all('employment'), most('organization', ['part', 'differ'])],
    title: [all('title'), of('title.differ')],
    birthday: [
      all('birthday') + all('birth') + of('phone.moved') - of('phone.differ'),
      most('birthday', ['day', 'near', 'part', 'year', 'conflict']),
    ],
  };
}
