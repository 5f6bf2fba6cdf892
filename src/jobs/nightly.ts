/** One user's night: the steps in order, each on its own, resumed by another process when this one dies. */
import { AppError } from '../base/errors.ts';
import { uuidv7 } from '../base/ids.ts';
import { actorOf } from '../commands/authenticate.ts';
import type { Context } from '../commands/context.ts';
import { tellEndedRun } from '../commands/ended-run.ts';
import type { EngineRun, EngineRunRequest } from '../commands/engine-run.ts';
import { mergeUnattended } from '../commands/merge-unattended.ts';
import { nightSettings } from '../commands/night-settings.ts';
import { rescoreStale } from '../commands/rescore-cards.ts';
import { beginRun, NIGHTLY } from '../commands/run-dedup.ts';
import { inTransaction } from '../store/database.ts';
import { findNight, type NightKey, newSince, updateNight } from '../store/nights.ts';
import { countCompared } from '../store/pairs.ts';
import { findPrincipal, type Principal } from '../store/principals.ts';
import { findRun, finishRun, insertRun, NIGHTLY_BATCH, reopenRun } from '../store/runs.ts';
import { countSuggestions } from '../store/suggestion-lists.ts';
import { releaseSuggestions } from '../store/suggestions.ts';

interface Night {
  readonly context: Context;
  readonly key: NightKey;
  readonly principal: Principal;
  readonly runEngine: EngineRun;
}

/** What a step counted, by name; kept with the night. */
type Numbers = Readonly<Record<string, number>>;

interface NightStep {
  readonly name: string;
  readonly run: (night: Night) => Promise<Numbers>;
}

/** What happens in a night. Each step can be done again. */
const STEPS: readonly NightStep[] = [
  { name: 'look for duplicates', run: lookForDuplicates },
  { name: 'merge what the user lets merge', run: mergeUnseen },
  { name: 'show the best new suggestions', run: showNew },
];

/** A process that works on a night says so this often. */
const HEARTBEAT_MS = 60_000;
/** A night that was not heard of for so long is taken over; longer than a silent run of the engine is believed to live. */
export const SILENT_NIGHT_MS = 15 * 60_000;
export const MOST_ATTEMPTS = 5;

/**
 * Runs all steps of a claimed night; one that fails is logged and costs no other, and the night is tried again later.
 * Returns the names of those that failed. A user who is gone or disabled has no night, and one that is over is left alone.
 */
export async function runNight(context: Context, key: NightKey, runEngine: EngineRun): Promise<string[]> {
  const { organisationId, ownerId } = key;
  const night = await findNight(context.db, key);
  // one that waited in the queue for long was taken over, and is there twice
  if (night && night.state !== 'running') return [];
  const principal = await findPrincipal(context.db, organisationId, ownerId);
  if (!principal || principal.disabled_at) {
    await updateNight(context.db, key, { state: 'done' });
    return [];
  }
  const beat = setInterval(() => void heartbeat(context, key), HEARTBEAT_MS);
  try {
    return await performSteps({ context, key, principal, runEngine });
  } finally {
    clearInterval(beat);
  }
}

async function performSteps(night: Night): Promise<string[]> {
  const { context, key } = night;
  const failed: string[] = [];
  const numbers: Record<string, number> = {};
  for (const step of STEPS) {
    try {
      Object.assign(numbers, await step.run(night));
    } catch (error) {
      failed.push(step.name);
      context.log.error({ ...key, step: step.name, error: String(error) }, 'nightly step failed');
    }
  }
  await endNight(night, failed, numbers);
  return failed;
}

/** Without a failure, or after the last attempt, the night is over and its mail is due when there is something to tell. */
async function endNight({ context, key, principal }: Night, failed: string[], numbers: Numbers): Promise<void> {
  const night = await findNight(context.db, key);
  const over = failed.length === 0 || (night?.attempts ?? 0) >= MOST_ATTEMPTS;
  const known = { ...night?.numbers, ...numbers };
  const worthTelling = (known.new ?? 0) > 0 || (known.merges ?? 0) > 0;
  const now = new Date(context.clock.now());
  const mail = over && worthTelling && nightSettings(principal).mail;
  const state = over ? (failed.length === 0 ? 'done' : 'failed') : 'running';
  const due = mail && night?.mail === 'none' ? { mail: 'due' as const, mail_after: now } : {};
  await updateNight(context.db, key, { state, failed, heartbeat_at: now, ...due }, numbers);
  context.observer?.nightEnded(state === 'running' ? 'again' : state);
}

async function heartbeat({ db, clock, log }: Context, key: NightKey): Promise<void> {
  try {
    await updateNight(db, key, { heartbeat_at: new Date(clock.now()) });
  } catch (error) {
    log.warn({ ...key, error: String(error) }, 'a night could not say that it goes on');
  }
}

async function lookForDuplicates({ context, key, runEngine }: Night): Promise<Numbers> {
  const { organisationId, ownerId } = key;
  const { run, begun } = await beginRun(context, { organisationId, principalId: ownerId }, NIGHTLY);
  // somebody's own search goes on, or that of a process that died just now: the night is tried again when it is over
  if (!begun) throw new AppError('unavailable', 'still-running', 'A search of this user is going on.');
  const found = await searchFor(context, { organisationId, ownerId, runId: run.run_id }, runEngine);
  if (found) return found;
  const ended = await findRun(context.db, organisationId, ownerId, run.run_id);
  if (ended?.state !== 'done') throw new AppError('unavailable', 'run-failed', ended?.error ?? 'the run did not end');
  return { cards: ended.numbers.cards ?? 0, pairs: ended.numbers.pairs ?? 0 };
}

/**
 * Scores what has changed since the last search, which leaves what a search of everything would leave; everything is searched
 * only where that is not enough: then the run's row says what came of it. Most nights find their user's cards scored already.
 */
async function searchFor(
  context: Context,
  request: EngineRunRequest,
  runEngine: EngineRun,
): Promise<Numbers | undefined> {
  const { organisationId, ownerId, runId } = request;
  const owner = { organisationId, principalId: ownerId };
  const now = () => new Date(context.clock.now());
  try {
    if ((await rescoreStale(context, owner, { hold: true })) !== 'done') return void (await runEngine(request));
    const found = await countCompared(context.db, organisationId, ownerId);
    await finishRun(context.db, organisationId, runId, { ...found, percent: 100 }, now());
    await tellEndedRun(context, request);
    return found;
  } catch (error) {
    await finishRun(context.db, organisationId, runId, {}, now(), String(error));
    throw error;
  }
}

async function mergeUnseen({ context, key, principal }: Night): Promise<Numbers> {
  const { unattended } = nightSettings(principal);
  if (unattended === 'none') return {};
  const runId = await batchOf(context, key);
  const { merges, refused } = await mergeUnattended(context, actorOf(principal), unattended, runId);
  return { merges, refused };
}

/** The one run that holds all merges of this night, however often the night is begun. */
function batchOf({ db, clock }: Context, key: NightKey): Promise<string> {
  const { organisationId, ownerId } = key;
  const now = new Date(clock.now());
  return inTransaction(db, async (tx) => {
    const begun = (await findNight(tx, key))?.merge_run_id;
    if (begun) {
      await reopenRun(tx, organisationId, begun, now);
      return begun;
    }
    const runId = uuidv7(now.getTime());
    const times = { started_at: now, heartbeat_at: now, finished_at: null };
    const owner = { organisation_id: organisationId, owner_id: ownerId };
    await insertRun(tx, { ...owner, ...times, run_id: runId, trigger: NIGHTLY_BATCH, state: 'running', error: null });
    await updateNight(tx, key, { merge_run_id: runId });
    return runId;
  });
}

/**
 * Shows as many as the user wants to see new in a day, less those that the day has brought already. Done again it shows no
 * more, since what it released is new, too.
 */
async function showNew({ context, key, principal }: Night): Promise<Numbers> {
  const { organisationId, ownerId } = key;
  const now = new Date(context.clock.now());
  const since = await newSince(context.db, key);
  const { certain, likely } = await countSuggestions(context.db, organisationId, ownerId, { now, since });
  const fresh = certain + likely;
  const most = Math.max(0, nightSettings(principal).mostNew - fresh);
  return { new: fresh + (await releaseSuggestions(context.db, organisationId, ownerId, most, now)) };
}
