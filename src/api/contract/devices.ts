/** App passwords, and the links by which a device is set up. */
import { z } from 'zod';
import { Id, Moment } from './words.ts';

export const AppPassword = z
  .object({
    id: Id,
    name: z.string(),
    createdAt: Moment,
    lastUsedAt: Moment.nullable(),
    lastUsedFrom: z.string().nullable().describe('Address it was last used from.'),
  })
  .meta({ id: 'AppPassword' });
export type AppPassword = z.infer<typeof AppPassword>;

export const AppPasswordList = z.object({ items: z.array(AppPassword) }).meta({ id: 'AppPasswordList' });
export type AppPasswordList = z.infer<typeof AppPasswordList>;

export const NewAppPasswordRequest = z
  .object({ name: z.string().trim().min(1).max(100) })
  .meta({ id: 'NewAppPasswordRequest' });
export type NewAppPasswordRequest = z.infer<typeof NewAppPasswordRequest>;

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
  .meta({ id: 'NewAppPassword', description: 'The only answer that holds the secret.' });
export type NewAppPassword = z.infer<typeof NewAppPassword>;

export const SetUpLinkRequest = z.object({ secret: z.string().min(1).max(1000) }).meta({
  id: 'SetUpLinkRequest',
  description: "The secret proves that the device's password is at hand: it is not kept, and goes into the profile.",
});
export type SetUpLinkRequest = z.infer<typeof SetUpLinkRequest>;

export const SetUpLink = z
  .object({ url: z.string(), expiresAt: Moment })
  .meta({ id: 'SetUpLink', description: "A link to Apple's configuration profile: works once, without signing in." });
export type SetUpLink = z.infer<typeof SetUpLink>;
