/** What an account wants of its nights, and their reports. */
import { z } from 'zod';
import { Id, Moment } from './words.ts';

/** What an account may want of its nights. */
const Wishes = z.object({
  unattended: z
    .enum(['none', 'exact', 'certain'])
    .describe('What a night merges by itself: nothing, exact copies, or also suggestions of the certain tier.'),
  mostNew: z.int().min(1).max(500).describe('New suggestions that one night shows at most.'),
  mail: z.boolean().describe('A mail after a night that brought something.'),
  mailTo: z.email().max(254).nullable().describe("Where to; null: the account's first address."),
});

export const NightSettings = Wishes.extend({
  mailOffered: z
    .boolean()
    .describe('False: the server knows no mail server, so that no mail goes out whatever is wanted.'),
}).meta({ id: 'NightSettings', description: 'What the account wants of its nights.' });
export type NightSettings = z.infer<typeof NightSettings>;

export const NightSettingsRequest = Wishes.partial().meta({ id: 'NightSettingsRequest' });
export type NightSettingsRequest = z.infer<typeof NightSettingsRequest>;

export const Night = z
  .object({
    nightAt: Moment,
    state: z.enum(['running', 'done', 'failed']),
    numbers: z
      .record(z.string(), z.number())
      .describe(
        '`cards` and `pairs` compared, `new` suggestions, `merges` made, `refused`: left to the user since something changed.',
      ),
    mergeRunId: Id.nullable().describe('The run that holds the unattended merges: undoing it undoes them all.'),
    standing: z.int().describe('How many of those merges still stand.'),
    failed: z.array(z.string()).describe('Steps that did not succeed.'),
    mail: z.enum(['none', 'due', 'sending', 'sent', 'failed']),
  })
  .meta({ id: 'Night', description: 'The report of one night.' });
export type Night = z.infer<typeof Night>;

export const NightList = z
  .object({ items: z.array(Night), nextCursor: z.string().nullable() })
  .meta({ id: 'NightList' });
export type NightList = z.infer<typeof NightList>;
