/** What follows changes made elsewhere: subscribed calendars that are due, birthdays of cards, events that a new version reads otherwise. */
import type { Context } from '../commands/context.ts';
import type { FetchingContext } from '../commands/refresh-subscription.ts';
import { keepAllBirthdays } from './birthday-keeper.ts';
import { type Repetition, repeat } from './repeat.ts';
import { refreshDue } from './subscription-queue.ts';
import { timeKeeper } from './time-keeper.ts';

export interface FollowersContext extends Context {
  /** Absent: subscribed calendars are only fetched when somebody asks for it. */
  readonly fetchRemote?: FetchingContext['fetchRemote'];
  /** Pause between looks for birthdays that changed, in milliseconds; default 5000. */
  readonly birthdayPauseMs?: number;
}

const SUBSCRIPTION_PAUSE_MS = 30_000;
const BIRTHDAY_PAUSE_MS = 5_000;
/** Before the first round, and after one that failed. */
const TIME_PAUSE_MS = 15_000;

export function startFollowers(context: FollowersContext): Repetition {
  const { fetchRemote } = context;
  let stopping = false;
  const failed = (error: unknown) => context.log.error({ error: String(error) }, 'background work failed');
  const followers = [
    repeat(
      TIME_PAUSE_MS,
      timeKeeper(context, () => stopping),
      failed,
    ),
    repeat(context.birthdayPauseMs ?? BIRTHDAY_PAUSE_MS, () => keepAllBirthdays(context), failed),
  ];
  if (fetchRemote) {
    const round = () => refreshDue({ ...context, fetchRemote }, () => stopping);
    followers.push(repeat(SUBSCRIPTION_PAUSE_MS, round, failed));
  }
  return {
    stop: async () => {
      stopping = true;
      await Promise.all(followers.map((each) => each.stop()));
    },
  };
}
