/** After an update events are placed in time anew, organisation by organisation. */
import type { Context } from '../commands/context.ts';
import { organisationsOfOtherTime, rereadTimes } from '../commands/reread-times.ts';

/**
 * Makes the round that does it. One organisation that fails costs no other, and is tried again in the next round; once all are done,
 * none is looked for.
 */
export function timeKeeper(context: Context, isStopping: () => boolean): () => Promise<void> {
  let done = false;
  return async () => {
    if (done) return;
    const waiting = await organisationsOfOtherTime(context);
    done = true;
    for (const organisationId of waiting) {
      if (isStopping()) return;
      try {
        const moved = await rereadTimes(context, organisationId);
        if (moved > 0) context.log.info({ organisationId, moved }, 'calendar objects placed in time anew');
      } catch (error) {
        done = false;
        context.log.error({ organisationId, error: String(error) }, 'calendar objects could not be placed in time');
      }
    }
  };
}
