/** What the JSON API takes and gives: the schemas that validate requests, type the page and make the OpenAPI document. */
import { z } from 'zod';

// ---- words used by many answers --------------------------------------------------------------------------------

const Id = z.uuid();
const Moment = z.iso.datetime();
export const TierName = z.enum(['certain', 'likely', 'possible']).meta({ id: 'TierName' });
export type TierName = z.infer<typeof TierName>;

/** An error (RFC 9457). `code` is a stable word; further members depend on it (`fields`, `changed`, `conflicts`, `limit`). */
export const Problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    instance: z.string().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

/** An answer without content of its own. */
export const Done = z.object({ done: z.literal(true) }).meta({ id: 'Done' });
export type Done = z.infer<typeof Done>;

/** One reason for or against: a code with its parameters (the page has the words) and its weight (natural log-odds). */
export const Evidence = z
  .object({
    code: z.string(),
    weight: z.number(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
  })
  .meta({ id: 'Evidence' });
export type Evidence = z.infer<typeof Evidence>;

// ---- session and accounts --------------------------------------------------------------------------------------

export const SignInRequest = z
  .object({
    name: z.string().min(1).max(200),
    password: z.string().min(1).max(1000),
    /** A code of the authenticator app or a recovery code, after 401 `second-factor-required`. */
    code: z.string().max(30).optional(),
  })
  .meta({ id: 'SignInRequest' });
export type SignInRequest = z.infer<typeof SignInRequest>;

export const Account = z
  .object({
    id: Id,
    name: z.string(),
    displayName: z.string(),
    emails: z.array(z.string()),
    role: z.enum(['member', 'administrator']),
    language: z.string().nullable(),
    timeZone: z.string().nullable(),
    region: z.string().nullable(),
    /** True: the password was a one-time one; everything but changing it is refused with `password-change-required`. */
    passwordTemporary: z.boolean(),
    /** True: there is a calendar of the birthdays and anniversaries in the account's address books. */
    birthdayCalendar: z.boolean(),
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof Account>;

export const CollectionView = z
  .object({
    id: Id,
    kind: z.enum(['addressbook', 'calendar']),
    /** Last segment of its URL. */
    name: z.string(),
    displayName: z.string(),
    description: z.string().nullable(),
    /** `#RRGGBB` or `#RRGGBBAA`, as clients wrote it. */
    color: z.string().nullable(),
    /** iCalendar components that a calendar takes; null for address books. */
    components: z.array(z.string()).nullable(),
    /** Where the server itself takes the content from, which clients may then only read; null: people write it. */
    fedBy: z.enum(['subscription', 'birthdays']).nullable(),
    /** Cards or calendar objects in it. */
    count: z.int(),
    /** Path of the collection for DAV clients. */
    path: z.string(),
    modifiedAt: Moment,
  })
  .meta({ id: 'Collection' });
export type CollectionView = z.infer<typeof CollectionView>;

export const Session = z
  .object({
    account: Account,
    collections: z.array(CollectionView),
    /** To be sent back as `X-CSRF-Token` with every request that changes something; null with Basic authentication. */
    csrfToken: z.string().nullable(),
    expiresAt: Moment.nullable(),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;

export const ChangePasswordRequest = z
  .object({
    current: z.string().min(1).max(1000),
    next: z.string().min(1).max(1000),
    /** True also revokes every app password and ends the other sessions. */
    signOutDevices: z.boolean().default(false),
  })
  .meta({ id: 'ChangePasswordRequest' });
export type ChangePasswordRequest = z.input<typeof ChangePasswordRequest>;

export const AccountSettingsRequest = z
  .object({
    displayName: z.string().min(1).max(200),
    language: z.string().max(35).nullable(),
    timeZone: z.string().max(64).nullable(),
    region: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .nullable(),
    /** True makes the calendar of birthdays and keeps it in step, false takes it away. */
    birthdayCalendar: z.boolean(),
  })
  .partial()
  .meta({ id: 'AccountSettingsRequest' });
export type AccountSettingsRequest = z.infer<typeof AccountSettingsRequest>;

export const AppPassword = z
  .object({ id: Id, name: z.string(), createdAt: Moment, lastUsedAt: Moment.nullable() })
  .meta({ id: 'AppPassword' });
export type AppPassword = z.infer<typeof AppPassword>;

export const AppPasswordList = z.object({ items: z.array(AppPassword) }).meta({ id: 'AppPasswordList' });
export type AppPasswordList = z.infer<typeof AppPasswordList>;

export const NewAppPasswordRequest = z
  .object({ name: z.string().trim().min(1).max(100) })
  .meta({ id: 'NewAppPasswordRequest' });
export type NewAppPasswordRequest = z.infer<typeof NewAppPasswordRequest>;

/** The only answer that holds the secret. */
export const NewAppPassword = z
  .object({
    appPassword: AppPassword,
    secret: z.string(),
    userName: z.string(),
    urls: z.object({
      server: z.string(),
      principal: z.string(),
      addressbooks: z.string(),
      calendars: z.string(),
    }),
  })
  .meta({ id: 'NewAppPassword' });
export type NewAppPassword = z.infer<typeof NewAppPassword>;

/** The secret proves that the device's password is at hand: it is not kept, and goes into the profile. */
export const SetUpLinkRequest = z.object({ secret: z.string().min(1).max(1000) }).meta({ id: 'SetUpLinkRequest' });
export type SetUpLinkRequest = z.infer<typeof SetUpLinkRequest>;

/** A link to Apple's configuration profile: works once, without signing in. */
export const SetUpLink = z.object({ url: z.string(), expiresAt: Moment }).meta({ id: 'SetUpLink' });
export type SetUpLink = z.infer<typeof SetUpLink>;

// ---- collections -----------------------------------------------------------------------------------------------

export const CollectionList = z.object({ items: z.array(CollectionView) }).meta({ id: 'CollectionList' });
export type CollectionList = z.infer<typeof CollectionList>;

const Color = z.string().regex(/^#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?$/);

export const NewCollectionRequest = z
  .object({
    kind: z.enum(['addressbook', 'calendar']),
    displayName: z.string().trim().min(1).max(200),
    /** Last segment of its URL; made from an identifier when absent. */
    name: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._~-]*$/)
      .max(100)
      .optional(),
    description: z.string().max(2000).nullable().optional(),
    color: Color.nullable().optional(),
  })
  .meta({ id: 'NewCollectionRequest' });
export type NewCollectionRequest = z.infer<typeof NewCollectionRequest>;

export const CollectionChangeRequest = z
  .object({
    displayName: z.string().trim().min(1).max(200),
    description: z.string().max(2000).nullable(),
    color: Color.nullable(),
  })
  .partial()
  .meta({ id: 'CollectionChangeRequest' });
export type CollectionChangeRequest = z.infer<typeof CollectionChangeRequest>;

/** A secret link under which anybody who has it reads a collection. */
export const Publication = z
  .object({ id: Id, collectionId: Id, name: z.string(), createdAt: Moment })
  .meta({ id: 'Publication' });
export type Publication = z.infer<typeof Publication>;

export const PublicationList = z.object({ items: z.array(Publication) }).meta({ id: 'PublicationList' });
export type PublicationList = z.infer<typeof PublicationList>;

export const NewPublicationRequest = z
  .object({ /** Whom it is for. */ name: z.string().trim().max(100).default('') })
  .meta({ id: 'NewPublicationRequest' });
export type NewPublicationRequest = z.input<typeof NewPublicationRequest>;

/** The only answer that holds the link. */
export const NewPublication = z.object({ publication: Publication, url: z.string() }).meta({ id: 'NewPublication' });
export type NewPublication = z.infer<typeof NewPublication>;

const RefreshMinutes = z.int().min(5).max(43_200);

/** A calendar fetched from a URL again and again. */
export const Subscription = z
  .object({
    /** The collection's id. */
    id: Id,
    url: z.string(),
    refreshMinutes: z.int(),
    /** When it was last fetched without an error; the content is of then. */
    refreshedAt: Moment.nullable(),
    nextAt: Moment,
    /** Why the last attempt failed; null when it did not. */
    error: z.string().nullable(),
    /** Objects of the file that cannot be stored here. */
    skipped: z.int(),
    collection: CollectionView,
  })
  .meta({ id: 'Subscription' });
export type Subscription = z.infer<typeof Subscription>;

export const SubscriptionList = z.object({ items: z.array(Subscription) }).meta({ id: 'SubscriptionList' });
export type SubscriptionList = z.infer<typeof SubscriptionList>;

export const NewSubscriptionRequest = z
  .object({
    /** http, https or webcal. */
    url: z.string().trim().min(1).max(4000),
    /** The name the calendar gives itself when absent. */
    displayName: z.string().trim().min(1).max(200).optional(),
    color: Color.nullable().optional(),
    refreshMinutes: RefreshMinutes.default(60),
  })
  .meta({ id: 'NewSubscriptionRequest' });
export type NewSubscriptionRequest = z.input<typeof NewSubscriptionRequest>;

export const SubscriptionChangeRequest = z
  .object({ url: z.string().trim().min(1).max(4000), refreshMinutes: RefreshMinutes })
  .partial()
  .meta({ id: 'SubscriptionChangeRequest' });
export type SubscriptionChangeRequest = z.infer<typeof SubscriptionChangeRequest>;

// ---- cards -----------------------------------------------------------------------------------------------------

export const CardSummary = z
  .object({
    id: Id,
    collectionId: Id,
    /** Last segment of its URL. */
    name: z.string(),
    uid: z.string().nullable(),
    kind: z.enum(['individual', 'group', 'organization', 'other']),
    displayName: z.string(),
    organisation: z.string().nullable(),
    emails: z.array(z.string()),
    phones: z.array(z.string()),
    hasPhoto: z.boolean(),
    etag: z.string(),
    modifiedAt: Moment,
  })
  .meta({ id: 'CardSummary' });
export type CardSummary = z.infer<typeof CardSummary>;

/** One line of a card as people read it. `components` are the parts of N, ADR and ORG. */
export const CardField = z
  .object({
    /** Upper case: `TEL`, `X-SPOUSE`. */
    property: z.string(),
    /** `item1` of `item1.TEL`, or the empty string. */
    group: z.string(),
    /** The Apple label of its group, or null. */
    label: z.string().nullable(),
    /** TYPE words in lower case. */
    types: z.array(z.string()),
    text: z.string(),
    components: z.array(z.string()).nullable(),
  })
  .meta({ id: 'CardField' });
export type CardField = z.infer<typeof CardField>;

export const CardDetail = CardSummary.extend({
  fields: z.array(CardField),
  /** The stored octets as text. */
  vcard: z.string(),
}).meta({ id: 'CardDetail' });
export type CardDetail = z.infer<typeof CardDetail>;

export const CardQuery = z.object({
  collectionId: Id.optional(),
  /** Words that name, e-mail, phone or organisation must hold. */
  search: z.string().max(200).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type CardQuery = z.input<typeof CardQuery>;

export const CardPage = z
  .object({ items: z.array(CardSummary), nextCursor: z.string().nullable(), total: z.int() })
  .meta({ id: 'CardPage' });
export type CardPage = z.infer<typeof CardPage>;

export const NewCardRequest = z
  .object({
    collectionId: Id,
    /** Last segment of its URL; made from the UID or an identifier when absent. */
    name: z.string().min(1).max(200).optional(),
    vcard: z.string().min(1),
  })
  .meta({ id: 'NewCardRequest' });
export type NewCardRequest = z.infer<typeof NewCardRequest>;

export const CardChangeRequest = z
  .object({ vcard: z.string().min(1), /** The version that was edited. */ etag: z.string() })
  .meta({ id: 'CardChangeRequest' });
export type CardChangeRequest = z.infer<typeof CardChangeRequest>;

const FormText = z.string().max(100_000);

/** What a value is for; the empty string says nothing. A value with a `label` keeps it and has no other kind. */
const FormKind = z.enum(['home', 'work', 'cell', 'fax', 'other', '']);
const FormValue = z.object({
  /** Index of its line in the card that was read; null for a new value. A line that is left out goes. */
  line: z.int().min(0).nullable(),
  value: FormText,
  kind: FormKind,
  label: z.string().nullable(),
});
const FormValues = z.array(FormValue).max(5000);

/** The common fields of a card; whatever else the card holds is not in it and stays. */
export const CardForm = z
  .object({
    displayName: FormText,
    /** Family, given, additional names, prefixes, suffixes. */
    name: z.array(FormText).length(5),
    organisation: FormText,
    department: FormText,
    title: FormText,
    phones: FormValues,
    emails: FormValues,
    addresses: z
      .array(
        FormValue.omit({ value: true }).extend({
          /** Post office box, extended, street, city, region, postcode, country. */
          parts: z.array(FormText).length(7),
        }),
      )
      .max(5000),
    urls: FormValues,
    /** `1985-04-12`, `--04-12` without a year; what a card says otherwise is given back as it is. */
    birthday: FormText,
    note: z.string().max(1_000_000),
  })
  .meta({ id: 'CardForm' });
export type CardForm = z.infer<typeof CardForm>;

export const CardFormView = z.object({ form: CardForm, etag: z.string() }).meta({ id: 'CardFormView' });
export type CardFormView = z.infer<typeof CardFormView>;

/** `etag` is the version that the form was read from: 409 `card-changed` when it is no longer stored. */
export const EditCardRequest = z.object({ form: CardForm, etag: z.string() }).meta({ id: 'EditCardRequest' });
export type EditCardRequest = z.infer<typeof EditCardRequest>;

export const NewCardFormRequest = z.object({ collectionId: Id, form: CardForm }).meta({ id: 'NewCardFormRequest' });
export type NewCardFormRequest = z.infer<typeof NewCardFormRequest>;

export const MoveCardRequest = z.object({ collectionId: Id, etag: z.string() }).meta({ id: 'MoveCardRequest' });
export type MoveCardRequest = z.infer<typeof MoveCardRequest>;

export const SimilarRequest = z.object({ vcard: z.string().min(1) }).meta({ id: 'SimilarRequest' });
export type SimilarRequest = z.infer<typeof SimilarRequest>;

export const SimilarCards = z
  .object({
    items: z.array(
      z.object({
        card: CardSummary,
        score: z.number(),
        probability: z.number(),
        tier: TierName.nullable(),
        evidence: z.array(Evidence),
      }),
    ),
  })
  .meta({ id: 'SimilarCards' });
export type SimilarCards = z.infer<typeof SimilarCards>;

// ---- duplicates ------------------------------------------------------------------------------------------------

export const Run = z
  .object({
    id: Id,
    /** What started it: `manual`, `nightly`, `cli`, `changes`, `first-start`; `merge-exact` is a batch of merges. */
    trigger: z.string(),
    state: z.enum(['running', 'done', 'failed']),
    startedAt: Moment,
    finishedAt: Moment.nullable(),
    /** Counted so far: `cards`, `pairs`, `suggestions`, `merges`, `percent` (0-100), `milliseconds`. */
    numbers: z.record(z.string(), z.number()),
    error: z.string().nullable(),
  })
  .meta({ id: 'Run' });
export type Run = z.infer<typeof Run>;

export const RunList = z.object({ items: z.array(Run) }).meta({ id: 'RunList' });
export type RunList = z.infer<typeof RunList>;

/** The cards that hold a cluster together least, and how likely they are one person. */
export const WeakestLink = z.object({ a: Id, b: Id, probability: z.number() }).meta({ id: 'WeakestLink' });
export type WeakestLink = z.infer<typeof WeakestLink>;

export const SuggestionSummary = z
  .object({
    id: Id,
    /** Place in the list it was asked for with, from 1. */
    rank: z.int(),
    tier: TierName,
    probability: z.number(),
    members: z.array(CardSummary),
    collectionIds: z.array(Id),
    /** The reference card that is proposed. */
    referenceId: Id,
    /** The strongest evidence, for a one-line reason. */
    reasons: z.array(Evidence),
    weakest: WeakestLink.nullable(),
    /** True when all members hold the same but for UID, REV and PRODID. */
    exact: z.boolean(),
    /** True: it was hidden once, and shown again because the cards share a new strong identifier. */
    reopened: z.boolean(),
    createdAt: Moment,
  })
  .meta({ id: 'SuggestionSummary' });
export type SuggestionSummary = z.infer<typeof SuggestionSummary>;

export const SuggestionQuery = z.object({
  /** Only clusters with a card in this book. */
  collectionId: Id.optional(),
  tier: TierName.optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type SuggestionQuery = z.input<typeof SuggestionQuery>;

export const SuggestionPage = z
  .object({
    items: z.array(SuggestionSummary),
    nextCursor: z.string().nullable(),
    /** Clusters per tier under the same book filter. */
    counts: z.object({ certain: z.int(), likely: z.int(), possible: z.int() }),
    /** Clusters that the filters leave. */
    total: z.int(),
    /** The newest run of the engine, or null when none was ever made. */
    lastRun: Run.nullable(),
  })
  .meta({ id: 'SuggestionPage' });
export type SuggestionPage = z.infer<typeof SuggestionPage>;

/**
 * How the values in one row relate: `identical` (same text), `equivalent` (same after normalising), `similar` (near),
 * `different` (they disagree), `only-here` (one card alone has it).
 */
export const RowState = z
  .enum(['identical', 'equivalent', 'similar', 'different', 'only-here'])
  .meta({ id: 'RowState' });
export type RowState = z.infer<typeof RowState>;

/** A value's state against the reference card's value (or the first card that has one); `missing`: this card has none. */
export const CellState = z
  .enum(['identical', 'equivalent', 'similar', 'different', 'only-here', 'missing'])
  .meta({ id: 'CellState' });
export type CellState = z.infer<typeof CellState>;

export const FieldCell = z
  .object({
    cardId: Id,
    state: CellState,
    /** Empty when missing. */
    text: z.string(),
    /** Further spellings of the same value on this card. */
    alsoWritten: z.array(z.string()),
    types: z.array(z.string()),
    preferred: z.boolean(),
    label: z.string().nullable(),
    /** A picture: its octets are at `/cards/{id}/photo`, unless it is only a link, which is never followed here. */
    photo: z.object({ size: z.int(), digest: z.string(), link: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'FieldCell' });
export type FieldCell = z.infer<typeof FieldCell>;

/** One row of the side by side view. `cells` has one entry per card, in the order of the cards. */
export const FieldRow = z
  .object({
    /** Stable within one set of cards: `TEL:2`. */
    id: z.string(),
    property: z.string(),
    state: RowState,
    /** What a merge does: `single` and `photo` keep one value, `union`, `note` and `list` keep all, `own` stays the card's. */
    rule: z.enum(['single', 'photo', 'union', 'note', 'list', 'own']),
    /** Cards whose value may be chosen under `choices[property]`, the default first; empty when there is no choice. */
    choices: z.array(Id),
    cells: z.array(FieldCell),
  })
  .meta({ id: 'FieldRow' });
export type FieldRow = z.infer<typeof FieldRow>;

export const PairEvidence = z
  .object({ a: Id, b: Id, score: z.number(), probability: z.number(), evidence: z.array(Evidence) })
  .meta({ id: 'PairEvidence' });
export type PairEvidence = z.infer<typeof PairEvidence>;

export const SuggestionDetail = SuggestionSummary.extend({
  /** The members, the proposed reference first. */
  cards: z.array(CardDetail),
  rows: z.array(FieldRow),
  pairs: z.array(PairEvidence),
}).meta({ id: 'SuggestionDetail' });
export type SuggestionDetail = z.infer<typeof SuggestionDetail>;

/** What to merge: the reference card, the ticked others, and for choosable rows which card's value is kept. */
export const PreviewRequest = z
  .object({
    referenceId: Id,
    /** The other cards to merge into the reference (not the reference itself). */
    memberIds: z.array(Id).min(1).max(500),
    /** Property name (`BDAY`) to the id of the card whose value is taken. Without one the reference's value stays. */
    choices: z.record(z.string().max(200), Id).default({}),
  })
  .meta({ id: 'PreviewRequest' });
export type PreviewRequest = z.input<typeof PreviewRequest>;

export const Preview = z
  .object({
    referenceId: Id,
    /** The reference card as the merge will store it. */
    vcard: z.string(),
    /** Its fields; `fromCardIds` names the cards that hold the value; `added`: it is not on the reference card today. */
    fields: z.array(CardField.extend({ fromCardIds: z.array(Id), added: z.boolean() })),
    /**
     * Values that lost: `kept-aside` stands on the merged card under the property `as`; `not-on-card` is only in the merge
     * record, from where undo brings it back.
     */
    kept: z.array(
      z.object({
        cardId: Id,
        property: z.string(),
        text: z.string(),
        fate: z.enum(['kept-aside', 'not-on-card']),
        as: z.string().nullable(),
      }),
    ),
    /** Group cards that will be pointed to the reference. */
    groups: z.array(z.object({ id: Id, displayName: z.string() })),
    /** Field rows of the cards that take part, the reference first. */
    rows: z.array(FieldRow),
    /** Card id to ETag: what the merge must be given. */
    etags: z.record(Id, z.string()),
  })
  .meta({ id: 'Preview' });
export type Preview = z.infer<typeof Preview>;

/** The preview's request and its `etags`; refused with 409 `card-changed` when a card moved on. */
export const MergeRequest = PreviewRequest.extend({ etags: z.record(Id, z.string()) }).meta({ id: 'MergeRequest' });
export type MergeRequest = z.input<typeof MergeRequest>;

export const MergeRecord = z
  .object({
    id: Id,
    mergedAt: Moment,
    undoneAt: Moment.nullable(),
    /** The run or batch it was part of. */
    runId: Id.nullable(),
    referenceId: Id,
    /** The cards as they were before, reference first, then what was merged into it, then groups. */
    objects: z.array(
      z.object({
        id: Id,
        collectionId: Id,
        role: z.enum(['reference', 'source', 'group']),
        name: z.string(),
        displayName: z.string(),
      }),
    ),
  })
  .meta({ id: 'MergeRecord' });
export type MergeRecord = z.infer<typeof MergeRecord>;

export const MergeResult = z
  .object({ merge: MergeRecord, /** ETag of the reference card after the merge. */ etag: z.string() })
  .meta({ id: 'MergeResult' });
export type MergeResult = z.infer<typeof MergeResult>;

export const MergePage = z
  .object({ items: z.array(MergeRecord), nextCursor: z.string().nullable() })
  .meta({ id: 'MergePage' });
export type MergePage = z.infer<typeof MergePage>;

export const PageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PageQuery = z.input<typeof PageQuery>;

/** How undo settles lines that were edited after the merge: keep today's, or take back what was there before it. */
export const UndoRequest = z
  .object({ onConflict: z.enum(['ask', 'keep-edits', 'restore']).default('ask') })
  .meta({ id: 'UndoRequest' });
export type UndoRequest = z.input<typeof UndoRequest>;

/**
 * An edit made after the merge that undo cannot settle by itself; texts are null where there was none. `edited-merged-value`:
 * a value that the merge had brought in was changed: the old one goes back to its card, the new one stays on the reference.
 * `restored-elsewhere`: a value was removed after the merge, and comes back with the card that it belongs to.
 */
export const UndoConflict = z
  .object({
    kind: z.enum(['edited-merged-value', 'restored-elsewhere']),
    cardId: Id,
    property: z.string(),
    before: z.string().nullable(),
    merged: z.string().nullable(),
    now: z.string().nullable(),
  })
  .meta({ id: 'UndoConflict' });
export type UndoConflict = z.infer<typeof UndoConflict>;

/** 409 `undo-conflict` holds the same `conflicts` when `onConflict` is `ask`. */
export const UndoResult = z
  .object({
    merge: MergeRecord,
    /** Cards that exist again. */
    restored: z.array(Id),
    /** How many conflicts were settled by `onConflict`. */
    conflicts: z.array(UndoConflict),
  })
  .meta({ id: 'UndoResult' });
export type UndoResult = z.infer<typeof UndoResult>;

/** Undo of all merges of one run: those that could not be undone are named with the problem's code and sentence. */
export const RunUndoResult = z
  .object({
    undone: z.array(Id),
    refused: z.array(z.object({ mergeId: Id, code: z.string(), detail: z.string() })),
  })
  .meta({ id: 'RunUndoResult' });
export type RunUndoResult = z.infer<typeof RunUndoResult>;

/** The cards that are not one person: every pair among them is decided. With `apart`, only pairs between `cardIds` and `apart`. */
export const DecisionRequest = z
  .object({
    cardIds: z.array(Id).min(1).max(500),
    apart: z.array(Id).max(500).optional(),
    /** Only for "later": ask again at this moment; default in 30 days. */
    until: Moment.optional(),
  })
  .meta({ id: 'DecisionRequest' });
export type DecisionRequest = z.infer<typeof DecisionRequest>;

export const Decision = z
  .object({
    /** One decision of the user, whatever number of pairs it holds for. */
    id: Id,
    verdict: z.enum(['different', 'later']),
    decidedAt: Moment,
    until: Moment.nullable(),
    /** The cards it names; `card` is null when it is gone. */
    cards: z.array(z.object({ uid: z.string(), card: CardSummary.nullable() })),
  })
  .meta({ id: 'Decision' });
export type Decision = z.infer<typeof Decision>;

export const DecisionList = z.object({ items: z.array(Decision) }).meta({ id: 'DecisionList' });
export type DecisionList = z.infer<typeof DecisionList>;

/** Clusters of exact copies: what "merge all exact copies" would merge. */
export const ExactCopies = z
  .object({ items: z.array(SuggestionSummary), clusters: z.int(), copies: z.int() })
  .meta({ id: 'ExactCopies' });
export type ExactCopies = z.infer<typeof ExactCopies>;

export const MergeExactRequest = z
  .object({
    /** Only these suggestions; all exact copies when absent. */
    suggestionIds: z.array(Id).max(10_000).optional(),
    collectionId: Id.optional(),
  })
  .meta({ id: 'MergeExactRequest' });
export type MergeExactRequest = z.infer<typeof MergeExactRequest>;

/** `run` groups the merges: undoing the run undoes them all. */
export const MergeExactResult = z
  .object({
    run: Run,
    merged: z.int(),
    removed: z.int(),
    refused: z.array(z.object({ suggestionId: Id, code: z.string(), detail: z.string() })),
  })
  .meta({ id: 'MergeExactResult' });
export type MergeExactResult = z.infer<typeof MergeExactResult>;

// ---- history ----------------------------------------------------------------------------------------------------

/** An earlier state of a card or calendar object. */
export const ObjectVersion = z
  .object({
    /** Names the version within its collection. */
    seq: z.int(),
    collectionId: Id,
    objectId: Id,
    name: z.string(),
    displayName: z.string(),
    size: z.int(),
    writtenAt: Moment,
    /** When it was replaced, deleted or moved away. */
    endedAt: Moment,
    reason: z.enum(['replaced', 'deleted', 'moved']),
  })
  .meta({ id: 'ObjectVersion' });
export type ObjectVersion = z.infer<typeof ObjectVersion>;

export const ObjectVersionList = z.object({ items: z.array(ObjectVersion) }).meta({ id: 'ObjectVersionList' });
export type ObjectVersionList = z.infer<typeof ObjectVersionList>;

export const ObjectVersionDetail = ObjectVersion.extend({
  /** The octets as text. */
  text: z.string(),
  /** For cards. */
  fields: z.array(CardField),
}).meta({ id: 'ObjectVersionDetail' });
export type ObjectVersionDetail = z.infer<typeof ObjectVersionDetail>;

export const RestoredObject = z.object({ name: z.string(), etag: z.string() }).meta({ id: 'RestoredObject' });
export type RestoredObject = z.infer<typeof RestoredObject>;

export const RestoreRequest = z
  .object({
    /** A past moment; the collection becomes what it held then. */
    moment: Moment,
    /** True: only say what would change. */
    dryRun: z.boolean().default(true),
  })
  .meta({ id: 'RestoreRequest' });
export type RestoreRequest = z.input<typeof RestoreRequest>;

const NameList = z.object({ count: z.int(), /** The first 1,000. */ names: z.array(z.string()) });

/** What taking a collection back changes, or with `dryRun` would change; names are last segments of URLs. */
export const RestorePlan = z
  .object({
    dryRun: z.boolean(),
    /** Hold again what they held. */
    brought: NameList,
    /** Were not there; they go to the bin. */
    removed: NameList,
    /** Were there, but what they held is no longer kept: they stay as they are. */
    lost: NameList,
    unchanged: z.int(),
  })
  .meta({ id: 'RestorePlan' });
export type RestorePlan = z.infer<typeof RestorePlan>;

/** A body that a device sent too late: somebody else had changed the object. It is kept until it is taken back or dropped. */
export const ConflictCopy = z
  .object({ id: Id, collectionId: Id, name: z.string(), uid: z.string().nullable(), size: z.int(), refusedAt: Moment })
  .meta({ id: 'ConflictCopy' });
export type ConflictCopy = z.infer<typeof ConflictCopy>;

export const ConflictCopyList = z.object({ items: z.array(ConflictCopy) }).meta({ id: 'ConflictCopyList' });
export type ConflictCopyList = z.infer<typeof ConflictCopyList>;

export const ConflictCopyDetail = ConflictCopy.extend({ text: z.string(), fields: z.array(CardField) }).meta({
  id: 'ConflictCopyDetail',
});
export type ConflictCopyDetail = z.infer<typeof ConflictCopyDetail>;

// ---- events ---------------------------------------------------------------------------------------------------

export const EventQuery = z.object({
  /** The window [from, to), at most 100 days. */
  from: Moment,
  to: Moment,
  /** Zone of all-day and floating times (IANA name); UTC when absent. */
  timeZone: z.string().max(64).optional(),
  collectionId: Id.optional(),
});
export type EventQuery = z.input<typeof EventQuery>;

/** One instance of an event. */
export const CalendarEvent = z
  .object({
    /** The calendar object it comes from. */
    objectId: Id,
    collectionId: Id,
    summary: z.string(),
    location: z.string(),
    description: z.string(),
    /** A moment in UTC, or a day (`2026-06-15`) when `allDay`. */
    start: z.string(),
    /** Where it is over: the day behind the last one when `allDay`. */
    end: z.string(),
    allDay: z.boolean(),
    recurs: z.boolean(),
    status: z.enum(['confirmed', 'tentative', 'cancelled']).nullable(),
  })
  .meta({ id: 'CalendarEvent' });
export type CalendarEvent = z.infer<typeof CalendarEvent>;

export const EventList = z
  .object({
    /** By start, all-day ones first. */
    items: z.array(CalendarEvent),
    /** True: there are more than can be shown. */
    truncated: z.boolean(),
  })
  .meta({ id: 'EventList' });
export type EventList = z.infer<typeof EventList>;

// ---- nights ----------------------------------------------------------------------------------------------------

/** What the account wants of its nights. */
export const NightSettings = z
  .object({
    /** What a night merges by itself: nothing, exact copies, or also suggestions of the certain tier. */
    unattended: z.enum(['none', 'exact', 'certain']),
    /** New suggestions that one night shows at most. */
    mostNew: z.int().min(1).max(500),
    /** A mail after a night that brought something. */
    mail: z.boolean(),
    /** Where to; null: the account's first address. */
    mailTo: z.email().max(254).nullable(),
  })
  .meta({ id: 'NightSettings' });
export type NightSettings = z.infer<typeof NightSettings>;

export const NightSettingsRequest = NightSettings.partial().meta({ id: 'NightSettingsRequest' });
export type NightSettingsRequest = z.infer<typeof NightSettingsRequest>;

/** The report of one night. */
export const Night = z
  .object({
    nightAt: Moment,
    state: z.enum(['running', 'done', 'failed']),
    /** `cards` and `pairs` compared, `new` suggestions, `merges` made, `refused`: left to the user since something changed. */
    numbers: z.record(z.string(), z.number()),
    /** The run that holds the unattended merges: undoing it undoes them all. */
    mergeRunId: Id.nullable(),
    /** Steps that did not succeed. */
    failed: z.array(z.string()),
    mail: z.enum(['none', 'due', 'sending', 'sent', 'failed']),
  })
  .meta({ id: 'Night' });
export type Night = z.infer<typeof Night>;

export const NightList = z.object({ items: z.array(Night) }).meta({ id: 'NightList' });
export type NightList = z.infer<typeof NightList>;

// ---- import ----------------------------------------------------------------------------------------------------

export const ImportQuery = z.object({ policy: z.enum(['skip', 'replace', 'keep-both']).default('skip') });
export type ImportQuery = z.input<typeof ImportQuery>;

/** What became of a file. With `Accept: application/x-ndjson` one such line per batch is sent while it goes on, the last with `finished`. */
export const ImportReport = z
  .object({
    finished: z.boolean(),
    octets: z.int(),
    read: z.int(),
    created: z.int(),
    replaced: z.int(),
    skipped: z.int(),
    /** Objects that could not be stored (the first 1,000; `refusedCount` counts all). */
    refused: z.array(
      z.object({
        /** 1-based position in the file. */
        index: z.int(),
        /** 1-based line of the file on which it starts. */
        line: z.int(),
        uid: z.string().nullable(),
        code: z.string(),
        detail: z.string(),
      }),
    ),
    refusedCount: z.int(),
  })
  .meta({ id: 'ImportReport' });
export type ImportReport = z.infer<typeof ImportReport>;
