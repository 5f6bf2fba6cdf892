/** What an account wants of its nights, and their reports. */
import { z } from 'zod';
import { Id, Moment } from './words.ts';

/** What an account may want of its nights. */
const Wishes = z.object({
  /** What a night merges by itself: nothing, exact copies, or also suggestions of the certain tier. */
  unattended: z.enum(['none', 'exact', 'certain']),
  /** New suggestions that one night shows at most. */
  mostNew: z.int().min(1).max(500),
  /** A mail after a night that brought something. */
  mail: z.boolean(),
  /** Where to; null: the account's first address. */
  mailTo: z.email().max(254).nullable(),
});

/** What the account wants of its nights. */
export const NightSettings = Wishes.extend({
  /** False: the server knows no mail server, so that no mail goes out whatever is wanted. */
  mailOffered: z.boolean(),
}).meta({ id: 'NightSettings' });
export type NightSettings = z.infer<typeof NightSettings>;

export const NightSettingsRequest = Wishes.partial().meta({ id: 'NightSettingsRequest' });
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
    /** How many of those merges still stand. */
    standing: z.int(),
    /** Steps that did not succeed. */
    failed: z.array(z.string()),
    mail: z.enum(['none', 'due', 'sending', 'sent', 'failed']),
  })
  .meta({ id: 'Night' });
export type Night = z.infer<typeof Night>;

export const NightList = z
  .object({ items: z.array(Night), nextCursor: z.string().nullable() })
  .meta({ id: 'NightList' });
export type NightList = z.infer<typeof NightList>;
