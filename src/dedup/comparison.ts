/** The shape of a comparison: one question about two cards, answered by one of its levels. */
import type { NameMatch } from './comparisons/ordered-names.ts';
import type { SharedEmail, SharedPhone } from './comparisons/shared-contact.ts';
import type { Profile } from './profile.ts';
import type { EvidenceLine, Statistics } from './types.ts';

/** Two cards under comparison, with what several comparisons need. */
export interface Pairing {
  readonly a: Profile;
  readonly b: Profile;
  readonly statistics: Statistics;
  readonly name: NameMatch;
  /** The most personal number and mailbox on both cards. */
  readonly phone: SharedPhone | undefined;
  readonly email: SharedEmail | undefined;
  /** A personal phone or mailbox is on both cards. */
  readonly linked: boolean;
  /** Any phone or mailbox is on both cards. */
  readonly touching: boolean;
}

export interface Comparison {
  readonly name: string;
  /** Level names; the first is the neutral one (nothing to compare) and weighs nothing. */
  readonly levels: readonly string[];
  /** Index into `levels`. Must be symmetric in a and b. */
  level(pairing: Pairing): number;
  /** What the evidence line shows of the two cards at this level. */
  params?(pairing: Pairing): EvidenceLine['params'];
}

/** A comparison whose question is answered by naming the level. */
export function comparison<L extends string>(
  name: string,
  levels: readonly L[],
  answer: (pairing: Pairing) => L,
  params?: (pairing: Pairing) => EvidenceLine['params'],
): Comparison {
  const index = new Map<string, number>(levels.map((level, at) => [level, at]));
  const [neutral] = levels;
  const level = (pairing: Pairing): number => {
    const found = answer(pairing);
    return found === neutral ? 0 : (index.get(found) ?? 0);
  };
  return params ? { name, levels, level, params } : { name, levels, level };
}
