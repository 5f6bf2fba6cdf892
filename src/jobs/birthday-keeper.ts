/** Birthday calendars follow the books: soon after cards were written, scored or merged. */
import { keepBirthdays } from '../commands/birthday-calendar.ts';
import type { Context } from '../commands/context.ts';
import { listOutdatedBirthdayCalendars } from '../store/birthday-calendars.ts';

const AT_ONCE = 50;

/** Brings outdated calendars in step; one that fails costs no other. */
export async function keepAllBirthdays(context: Context): Promise<void> {
  for (const { organisation_id, owner_id } of await listOutdatedBirthdayCalendars(context.db, AT_ONCE)) {
    try {
      await keepBirthdays(context, { organisationId: organisation_id, principalId: owner_id });
    } catch (error) {
      context.log.error({ organisation_id, owner_id, error: String(error) }, 'birthdays could not be kept in step');
    }
  }
}
