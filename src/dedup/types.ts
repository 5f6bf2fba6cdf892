/** The engine's shapes: what is kept of a card, what a pair scores and why, and what is suggested in the end. */

/** Bumped whenever a stored record, key or score of an older engine must be computed anew. */
export const ENGINE_VERSION = 11;

/** What kind of thing a card is about. Groups (lists of cards) never take part in any comparison. */
export type RecordKind = 'individual' | 'organization' | 'couple' | 'group';

/** A name after normalisation: lower-case Latin words without diacritics, titles and junk taken out. */
export interface NameRecord {
  /** Given names, first one first; an initial stays one letter. */
  readonly given: readonly string[];
  /** Parts of the family name; particles (`van der`) are glued to the part they belong to. */
  readonly family: readonly string[];
  /** Further given names from the middle field. */
  readonly middle: readonly string[];
  /** Nicknames and other given names the card itself mentions. */
  readonly nicknames: readonly string[];
  /** `jr`, `sr`, `ii`, `iii`, … or the empty string. */
  readonly suffix: string;
  /** The name in Han, where written so: family and given together, one form for each character; otherwise empty. */
  readonly han: string;
  /** True when the card does not say which word is given and which is family (one field, or only FN). */
  readonly unordered: boolean;
  /** The given name of a Vietnamese as it is written, whose marks make another name: Hùng is not Hưng. Where it has any. */
  readonly marked?: string;
  /** Given names of relatives that the card tells the person by (`Mama von Emil`, `Jess (Ben's wife)`): others' names. */
  readonly kin?: readonly string[];
  /** True when the card writes half a name, and its own mailbox gave the other half. */
  readonly completed?: true;
}

export type PhoneUse = 'mobile' | 'fixed' | 'unknown';

export interface PhoneRecord {
  /** E.164 with `+` where the country is known, otherwise the bare digits. */
  readonly number: string;
  /** What the numbering plan says; TYPE of the card only where the plan says nothing. */
  readonly use: PhoneUse;
  /** The card calls it a work number. */
  readonly work: boolean;
  /** A switchboard, short code or placeholder: says nothing about a person. */
  readonly shared: boolean;
}

export interface EmailRecord {
  /** Lower case, as it would be written to. */
  readonly address: string;
  /** The mailbox behind it: plus tag, gmail dots and provider aliases undone. */
  readonly mailbox: string;
  readonly local: string;
  readonly domain: string;
  /** info@, office@, familie.x@, noreply@ …: not one person's. */
  readonly role: boolean;
  /** A public mail provider, so the domain says nothing. */
  readonly free: boolean;
}

export interface AddressRecord {
  /** Stem of the street without its type word and number. */
  readonly street: string;
  readonly number: string;
  readonly postcode: string;
  readonly city: string;
  /** Everything else that was written (district, building), normalised. */
  readonly extra: string;
  readonly work: boolean;
}

export interface BirthdayRecord {
  /** 0 when the year is not given. */
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Everything the engine ever needs of one card: plain JSON, computed once when the card is written. */
export interface ContactRecord {
  readonly id: string;
  readonly kind: RecordKind;
  readonly contentHash: string;
  readonly name: NameRecord;
  readonly phones: readonly PhoneRecord[];
  readonly emails: readonly EmailRecord[];
  readonly addresses: readonly AddressRecord[];
  readonly birthday: BirthdayRecord | null;
  /** Company names without legal form. */
  readonly organizations: readonly string[];
  /** Job title or role, normalised, or empty. */
  readonly title: string;
  /** `m`, `f` or empty. */
  readonly gender: string;
  /** Profile and home page addresses, normalised. */
  readonly urls: readonly string[];
  /** Digest of the photo's octets or of its address; empty when the card has none. */
  readonly photo: string;
  /** Number of filled fields: the reference card is the fullest. */
  readonly completeness: number;
  /** REV as sortable text, or empty. */
  readonly revised: string;
}

/** One reason for or against two cards being one; the page says it in the reader's language from code and params. */
export interface EvidenceLine {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** Log-odds (natural logarithm); the weights of a pair sum to its weight. */
  readonly weight: number;
}

/** Two cards compared; `a < b`. */
export interface PairScore {
  readonly a: string;
  readonly b: string;
  /** Sum of the evidence weights, log-odds. */
  readonly weight: number;
  /** 0 to 1. */
  readonly probability: number;
  /** Strongest line first; empty where it is told only when asked for (see `weighBook`). */
  readonly evidence: readonly EvidenceLine[];
  readonly tier: Tier | 'none';
  /** Hard reason why the two must not share a cluster (suffix, kind, birthday conflict). */
  readonly never: boolean;
  /**
   * Not worth keeping as names stand, but it would be were they rarer; then `weight` is the most that it can weigh. Nobody is told of
   * such pairs: where names become rarer or commoner, only they and the kept ones have to be looked at.
   */
  readonly latent?: boolean;
}

export type Tier = 'certain' | 'likely' | 'possible';

/** What the whole book says about rarity. Every figure is an exact count, so that one changed card moves only its own. */
export interface Statistics {
  /** Number of distinct contents that are not groups. */
  readonly cards: number;
  /** How many of them carry a phone number. */
  readonly withPhone: number;
  /** How many carry a birthday with its year. */
  readonly withBirthday: number;
  /**
   * Number of distinct contents that hold a key, 0 when unknown. Keys are those of `keysByRule`; they stay below
   * 2^53, so `Number(key)` of a stored bigint is exact.
   */
  holders(key: number): number;
}

/** What a user has said about two cards. */
export interface Decision {
  readonly a: string;
  readonly b: string;
  readonly verdict: 'different';
  /** Strong identifiers the two shared when it was said: only a new one reopens the question. */
  readonly known: readonly string[];
}

/** A ranked cluster of cards of one person. */
export interface Suggestion {
  /** Sorted. */
  readonly members: readonly string[];
  readonly referenceId: string;
  readonly tier: Tier;
  readonly probability: number;
  /** The weakest pair the cluster stands on. */
  readonly weakest: PairScore;
  /** All scored pairs within the cluster, strongest first. */
  readonly pairs: readonly PairScore[];
  /** Changes when and only when members or their contents change. */
  readonly fingerprint: string;
  /** True when all members carry the same content. */
  readonly exact: boolean;
  /** How many members carry what another carries, too: as many go away when exact copies are merged. */
  readonly copies: number;
  /** More cards than one person usually has: never merged without somebody having looked at each of them. */
  readonly confirm: boolean;
  /** A dismissed pair is among them again because of a newly shared identifier. */
  readonly reopened: boolean;
}

/** True for what the engine holds to be one person; what is only possible is shown where somebody asks for it. */
export const isBelieved = ({ tier }: Pick<Suggestion, 'tier'>): boolean => tier !== 'possible';

const USUAL_CARDS = 10;

/** Larger clusters need confirmation, exact copies aside: a sync loop makes hundreds of those. */
export const needsConfirmation = (members: number, exact: boolean): boolean => members > USUAL_CARDS && !exact;
