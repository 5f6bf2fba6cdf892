/** How a decision names a card: by UID, so that it outlives edits and imports. */

export interface IdentifiedCard {
  readonly objectId: string;
  readonly uid: string | null;
}

/**
 * The two names of a pair, smaller first. Cards without UID, and two cards of different books with the same UID, are named
 * by their identifier (with the UID in front where there is one).
 */
export function pairNames(one: IdentifiedCard, other: IdentifiedCard): readonly [string, string] {
  const alike = one.uid === other.uid;
  const [a, b] = [nameOf(one, alike), nameOf(other, alike)];
  return a < b ? [a, b] : [b, a];
}

const nameOf = ({ uid, objectId }: IdentifiedCard, alike: boolean): string =>
  uid === null || alike ? `${uid ?? ''}${MARK}${objectId}` : uid;

/** A control character: no UID of a stored card holds one. */
const MARK = '\u0001';

export interface CardName {
  readonly uid: string | null;
  /** Set where the name holds for this card alone. */
  readonly objectId: string | null;
}

/** Reads a name back. */
export function readName(name: string): CardName {
  const at = name.indexOf(MARK);
  if (at < 0) return { uid: name, objectId: null };
  return { uid: name.slice(0, at) || null, objectId: name.slice(at + 1) };
}
