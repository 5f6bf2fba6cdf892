/** Forgetting what is old, organisation by organisation. */
import type { Context } from '../commands/context.ts';
import { DAY_MS, type Retention } from '../commands/retention.ts';
import { pruneFailures } from '../store/failed-sign-ins.ts';
import { listOrganisationIds } from '../store/principals.ts';
import { HOUSEKEEPING_STEPS, type HousekeepingStep } from './housekeeping-steps.ts';

const ROWS_AT_ONCE = 1000;
/** More than this is left to the next night. */
const MOST_BATCHES = 1000;
const FAILURE_DAYS = 1;
/** How long an address is remembered as one from which a name signs in. */
const KNOWN_ADDRESS_DAYS = 90;

export interface HousekeepingOptions {
  readonly retention: Retention;
  /** Rows removed by one statement; default 1000. */
  readonly rowsAtOnce?: number;
}

/** Rows forgotten by the name of the step; `failed` names `organisation: step` for those that did not get through. */
export interface HousekeepingReport {
  readonly forgotten: Readonly<Record<string, number>>;
  readonly failed: readonly string[];
}

/** Goes through all organisations and steps; one that fails is logged and costs no other. */
export async function keepHouse(context: Context, options: HousekeepingOptions): Promise<HousekeepingReport> {
  const forgotten: Record<string, number> = {};
  const failed: string[] = [];
  for (const organisationId of await listOrganisationIds(context.db)) {
    for (const step of HOUSEKEEPING_STEPS) {
      try {
        const rows = await inBatches(context, organisationId, step, options);
        forgotten[step.name] = (forgotten[step.name] ?? 0) + rows;
      } catch (error) {
        failed.push(`${organisationId}: ${step.name}`);
        context.log.error({ organisationId, step: step.name, error: String(error) }, 'housekeeping step failed');
      }
    }
  }
  await forgetFailedSignIns(context);
  context.log.info({ forgotten, failed: failed.length }, 'housekeeping done');
  return { forgotten, failed };
}

/** Wrong passwords belong to no organisation. */
async function forgetFailedSignIns({ db, clock, log }: Context): Promise<void> {
  const ago = (days: number) => new Date(clock.now() - days * DAY_MS);
  await pruneFailures(db, ago(FAILURE_DAYS), ago(KNOWN_ADDRESS_DAYS)).catch((error: unknown) => {
    log.error({ error: String(error) }, 'wrong passwords could not be forgotten');
  });
}

/** Until a batch finds nothing more: each is a transaction of its own, so that nobody waits long for its locks. */
async function inBatches(
  context: Context,
  organisationId: string,
  step: HousekeepingStep,
  { retention, rowsAtOnce = ROWS_AT_ONCE }: HousekeepingOptions,
): Promise<number> {
  const { db, clock } = context;
  const now = new Date(clock.now());
  const before = new Date(now.getTime() - step.days(retention) * DAY_MS);
  let rows = 0;
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const removed = await step.forget({ context, db, organisationId, now, before, limit: rowsAtOnce, retention });
    rows += removed;
    if (removed === 0) break;
  }
  return rows;
}
