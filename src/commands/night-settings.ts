/** What a user wants of the nights: unattended merges, how many suggestions, a mail. Kept in the principal's settings. */
import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { type Principal, patchSettings } from '../store/principals.ts';
import { requirePrincipal } from './accounts.ts';
import type { Actor, Context } from './context.ts';

/** Which suggestions a night merges by itself: none, exact copies, or also those of the certain tier. */
export const UNATTENDED = ['none', 'exact', 'certain'] as const;
export type Unattended = (typeof UNATTENDED)[number];

const MOST_NEW_PRESET = 20;
const MOST_NEW_LIMIT = 500;

export interface NightSettings {
  readonly unattended: Unattended;
  /** New suggestions that one night shows at most. */
  readonly mostNew: number;
  /** Write a mail after a night that brought something. */
  readonly mail: boolean;
  /** Where to; null: the account's first address. */
  readonly mailTo: string | null;
}

const KEY = 'nights';

// each part on its own: one that is not understood must not switch the others off
const Stored = z.object({
  unattended: z.enum(UNATTENDED).catch('none'),
  mostNew: z.int().min(1).max(MOST_NEW_LIMIT).catch(MOST_NEW_PRESET),
  mail: z.boolean().catch(false),
  mailTo: z.email().nullable().catch(null),
});

/** The settings of a principal; whatever is missing or not understood is as cautious as can be. */
export function nightSettings({ settings }: Pick<Principal, 'settings'>): NightSettings {
  const stored = settings[KEY];
  return Stored.parse(typeof stored === 'object' && stored !== null ? stored : {});
}

/** Where the mail goes, or undefined without any address. */
export function mailAddress(principal: Pick<Principal, 'settings' | 'emails'>): string | undefined {
  return nightSettings(principal).mailTo ?? principal.emails.find((address) => z.email().safeParse(address).success);
}

export type NightSettingsPatch = { readonly [Part in keyof NightSettings]?: NightSettings[Part] | undefined };

/** Changes the parts that are named. Throws AppError 'no-mail-address' when mail is wanted and there is no address. */
export async function changeNightSettings(
  context: Context,
  who: Pick<Actor, 'organisationId' | 'principalId'>,
  patch: NightSettingsPatch,
): Promise<void> {
  const principal = await requirePrincipal(context, who);
  const next = { ...nightSettings(principal), ...defined(patch) };
  if (next.mail && !mailAddress({ ...principal, settings: { [KEY]: next } })) {
    throw new AppError('invalid', 'no-mail-address', 'The account has no mail address: name one to write to.');
  }
  await patchSettings(context.db, who.organisationId, who.principalId, KEY, defined(patch));
}

const defined = (patch: NightSettingsPatch): Partial<NightSettings> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
