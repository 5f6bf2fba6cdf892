/** Subscribed calendars: fetched from a URL, kept as they last were whenever that fails, changed only by the next fetch. */
import { AppError } from '../base/errors.ts';
import { uuidv7 } from '../base/ids.ts';
import type { FetchRemote, RemoteAnswer } from '../remote/fetch-remote.ts';
import { type Collection, findCollectionById } from '../store/collections.ts';
import { inTransaction } from '../store/database.ts';
import { findSubscription, insertSubscription, type Subscription, updateSubscription } from '../store/subscriptions.ts';
import { applyFeed, type FeedOutcome } from './apply-feed.ts';
import { createCollection } from './collections.ts';
import type { Actor, Context } from './context.ts';
import { type Feed, readFeed } from './read-feed.ts';

export interface FetchingContext extends Context {
  readonly fetchRemote: FetchRemote;
}

export interface SubscriptionWish {
  readonly url: string;
  /** Undefined: what the calendar calls itself. */
  readonly displayName: string | undefined;
  readonly color: string | null | undefined;
  readonly refreshMinutes: number;
}

/** Octets of a subscribed file, decompressed. */
const LARGEST_FILE = 32 * 1024 * 1024;
const TIMEOUT_MS = 30_000;
const ACCEPT = 'text/calendar, application/ics;q=0.9, text/plain;q=0.5, */*;q=0.1';
const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

type Validators = Pick<Subscription, 'etag' | 'last_modified'>;

function fetchFrom(context: FetchingContext, url: string, known?: Validators): Promise<RemoteAnswer> {
  return context.fetchRemote({
    url,
    accept: ACCEPT,
    etag: known?.etag ?? undefined,
    lastModified: known?.last_modified ?? undefined,
    maxOctets: LARGEST_FILE,
    timeoutMs: TIMEOUT_MS,
  });
}

/** A file that is fetched for the first time, with the validators to ask for it again. */
async function firstFetch(context: FetchingContext, url: string): Promise<{ feed: Feed; validators: Validators }> {
  const answer = await fetchFrom(context, url);
  if (answer.kind === 'unchanged') throw new Error('an unconditional request was answered with 304');
  return { feed: readFeed(answer.octets), validators: validatorsOf(answer) };
}

function validatorsOf({ etag, lastModified }: Extract<RemoteAnswer, { kind: 'content' }>): Validators {
  return { etag: etag ?? null, last_modified: lastModified ?? null };
}

/**
 * Fetches the file and makes a calendar of it, or throws why not and makes nothing: AppError with a `remote-` code,
 * 'not-a-calendar', 'calendar-cut-short', 'too-many-objects', 'no-storable-object', all with `details.status` 422.
 */
export async function subscribe(
  context: FetchingContext,
  owner: Pick<Actor, 'organisationId' | 'principalId'>,
  wish: SubscriptionWish,
): Promise<Collection> {
  const { feed, validators } = await firstFetch(context, wish.url);
  return inTransaction(context.db, async (tx) => {
    const within = { ...context, db: tx };
    const now = context.clock.now();
    const collection = await createCollection(within, {
      organisationId: owner.organisationId,
      ownerId: owner.principalId,
      kind: 'calendar',
      name: uuidv7(now),
      fedBy: 'subscription',
      properties: {
        display_name: wish.displayName ?? feed.name ?? hostOf(wish.url),
        color: wish.color === undefined ? (feed.color ?? null) : wish.color,
        time_zone_id: feed.timeZoneId ?? null,
      },
    });
    const outcome = await applyFeed(within, collection, feed.items);
    await insertSubscription(tx, {
      organisation_id: owner.organisationId,
      collection_id: collection.collection_id,
      url: wish.url,
      refresh_minutes: wish.refreshMinutes,
      ...validators,
      ...success(context, wish.refreshMinutes, outcome),
    });
    return collection;
  });
}

function hostOf(url: string): string {
  return URL.parse(url.replace(/^webcals?:/i, 'https:'))?.host ?? url.slice(0, 200);
}

function success(context: Context, refreshMinutes: number, { skipped }: Pick<FeedOutcome, 'skipped'>) {
  const now = context.clock.now();
  return {
    failures: 0,
    error: null,
    skipped: skipped.length,
    refreshed_at: new Date(now),
    next_at: new Date(now + refreshMinutes * MINUTE_MS),
  };
}

/** Changes URL or interval. A new URL is fetched at once: when that fails nothing changes, and why is thrown. */
export async function changeSubscription(
  context: FetchingContext,
  subscription: Subscription,
  change: { readonly url?: string | undefined; readonly refreshMinutes?: number | undefined },
): Promise<void> {
  const refreshMinutes = change.refreshMinutes ?? subscription.refresh_minutes;
  if (change.url === undefined || change.url === subscription.url) {
    const next_at = new Date(
      (subscription.refreshed_at?.getTime() ?? context.clock.now()) + refreshMinutes * MINUTE_MS,
    );
    await updateSubscription(context.db, subscription, { refresh_minutes: refreshMinutes, next_at });
    return;
  }
  const { url } = change;
  const { feed, validators } = await firstFetch(context, url);
  await inTransaction(context.db, async (tx) => {
    const outcome = await applyFeed(
      { ...context, db: tx },
      await calendarOf({ ...context, db: tx }, subscription),
      feed.items,
    );
    const state = success(context, refreshMinutes, outcome);
    await updateSubscription(tx, subscription, { url, refresh_minutes: refreshMinutes, ...validators, ...state });
  });
}

/**
 * Fetches a subscribed calendar again, if it has changed since. A failure of the other server or of its file is noted and
 * leaves the calendar as it is; the next attempts then come at longer intervals.
 */
export async function refreshSubscription(context: FetchingContext, subscription: Subscription): Promise<void> {
  try {
    const answer = await fetchFrom(context, subscription.url, subscription);
    const state = success(context, subscription.refresh_minutes, { skipped: [] });
    if (answer.kind === 'unchanged') {
      await updateSubscription(context.db, subscription, { ...state, skipped: subscription.skipped });
      return;
    }
    const { items } = readFeed(answer.octets);
    await inTransaction(context.db, async (tx) => {
      const within = { ...context, db: tx };
      const current = await findSubscription(tx, subscription.organisation_id, subscription.collection_id);
      if (current?.url !== subscription.url) return;
      const { skipped } = await applyFeed(within, await calendarOf(within, subscription), items);
      await updateSubscription(tx, subscription, { ...state, ...validatorsOf(answer), skipped: skipped.length });
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.kind === 'notFound') throw error;
    await noteFailure(context, subscription, error);
  }
}

async function noteFailure(context: Context, subscription: Subscription, error: AppError): Promise<void> {
  const { refresh_minutes } = subscription;
  const failures = subscription.failures + 1;
  const minutes = Math.max(refresh_minutes, Math.min(refresh_minutes * 2 ** Math.min(failures - 1, 10), DAY_MINUTES));
  const next_at = new Date(context.clock.now() + minutes * MINUTE_MS);
  await updateSubscription(context.db, subscription, { failures, error: error.message, next_at });
}

async function calendarOf(context: Context, { organisation_id, collection_id }: Subscription): Promise<Collection> {
  const collection = await findCollectionById(context.db, organisation_id, collection_id);
  if (!collection) throw new AppError('notFound', 'not-found', 'The subscribed calendar no longer exists.');
  return collection;
}
