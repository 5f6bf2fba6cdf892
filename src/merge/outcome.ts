/** What goes into a merge beside the cards, and what comes out beside the octets. */

/**
 * Values chosen by the user for properties of rule `single` or `photo`: property name in upper case to the index of the card
 * whose value is taken, in the order `[reference, ...sources]`. A property that is not named keeps the reference's value.
 */
export type MergeChoices = Readonly<Record<string, { readonly from: number }>>;

export interface MergeOptions {
  /** Country (ISO 3166: `DE`) in which national phone numbers of these cards are read. */
  readonly region?: string;
}

/**
 * What became of one content line.
 * `carried`: its value is on the result under the same name. `present`: an equal or equivalent value was there already.
 * `kept-aside`: it lost against another value and stands on the result under the name `as`.
 * `not-on-card`: it is only in the merge record (a second photo, UID, REV, PRODID, the frame).
 */
export type LineFate = 'carried' | 'present' | 'kept-aside' | 'not-on-card';

export interface LineAccount {
  /** 0 for the reference, then the sources in order. */
  readonly card: number;
  /** Index of the line in that card's `lines`. */
  readonly line: number;
  readonly property: string;
  readonly fate: LineFate;
  /** Property name under which the value stands on the result, where that is another one. */
  readonly as?: string;
}

export interface MergeResult {
  /** The merged card: the reference's octets, changed only where something came in. */
  readonly octets: Buffer;
  /** One entry for each content line of each source, in order, and for each reference line that a choice replaced. */
  readonly account: readonly LineAccount[];
}
