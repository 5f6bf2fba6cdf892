/** The shape of cards side by side: what the page shows and the merge follows. */

/** How the values of one row agree: the strongest word that holds for all cards that have one. */
export type RowState = 'identical' | 'equivalent' | 'similar' | 'different' | 'only-here';

/** How a cell agrees with the reference card's cell, or with the first filled cell where the reference has none. */
export type CellState = RowState | 'missing';

/** A picture on a card. */
export interface PhotoInfo {
  /** Media type as the card says, lower case, or undefined: `image/jpeg`. */
  readonly mediaType: string | undefined;
  /** Decoded octets; 0 for a picture that is only linked. */
  readonly size: number;
  /** SHA-256 of the decoded octets (of the address for a linked one), hexadecimal. */
  readonly digest: string;
  /** Address of a picture that is only linked: never fetched by the server. */
  readonly link: string | undefined;
}

export interface FieldCell {
  /** Index into the cards that were passed. */
  readonly card: number;
  readonly state: CellState;
  /** Value for people: escapes undone, structured parts joined in reading order; empty when missing. */
  readonly text: string;
  /** Further spellings of the same value on this card (one number written twice). */
  readonly alsoWritten: readonly string[];
  /** Type words in lower case without `pref` and default words: `home`, `work`, `cell`. */
  readonly types: readonly string[];
  readonly preferred: boolean;
  /** Custom label (X-ABLabel); Apple's own ones in plain words: `home page`. */
  readonly label: string | undefined;
  readonly photo: PhotoInfo | undefined;
}

export interface FieldRow {
  /** Stable within one set of cards: the property, with a counter where it has several rows (`TEL:2`). */
  readonly id: string;
  /** Property name in upper case: `TEL`. */
  readonly property: string;
  readonly state: RowState;
  /** What a merge does with the values, from the field rules. */
  readonly rule: MergeRule;
  /** One cell for each card, in the order of the cards. */
  readonly cells: readonly FieldCell[];
  /** For `single` and `photo` rows: indices of the cards whose value may be chosen, the default first; otherwise empty. */
  readonly choices: readonly number[];
}

/**
 * `single`: one value stays, the reference's unless another is chosen. `photo`: the same, the loser only in the merge record.
 * `union`: every value that is not there yet comes in. `note`: texts are joined. `list`: the items of all lines are united.
 * `own`: belongs to the card itself (UID, REV) and is not merged.
 */
export type MergeRule = 'single' | 'photo' | 'union' | 'note' | 'list' | 'own';
