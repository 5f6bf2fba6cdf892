/** When whose night is: a moment of the user's own clock, moved by a little so that not everybody's runs begin at once. */
import { createHash } from 'node:crypto';

export interface NightSettings {
  /** HH:MM of the user's clock. */
  readonly time: string;
  /** For users who have set no time zone. */
  readonly timeZone: string;
}

export interface Sleeper {
  readonly principalId: string;
  readonly timeZone: string | null;
  readonly createdAt: Date;
  /** When the user's last nightly run began. */
  readonly nightAt: Date | null;
}

/** Runs of users with the same clock are spread over this many minutes. */
const STAGGER_MINUTES = 60;

/** Minutes after the night's time at which this user's turn is: always the same, evenly spread. */
export function staggerOf(principalId: string): number {
  return createHash('sha256').update(principalId).digest().readUInt32BE(0) % STAGGER_MINUTES;
}

/** The newest moment, at or before `now` (ms since 1970), at which the user's night began. */
export function latestNight(
  sleeper: Pick<Sleeper, 'principalId' | 'timeZone'>,
  settings: NightSettings,
  now: number,
): Date {
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zoneOf(sleeper, settings));
  const time = Temporal.PlainTime.from(settings.time);
  const minutes = staggerOf(sleeper.principalId);
  const nightOf = (date: Temporal.PlainDate) =>
    date.toZonedDateTime({ timeZone: here.timeZoneId, plainTime: time }).add({ minutes });
  const today = nightOf(here.toPlainDate());
  const night = today.epochMilliseconds <= now ? today : nightOf(here.toPlainDate().subtract({ days: 1 }));
  return new Date(night.epochMilliseconds);
}

/** True when the user's latest night has not been run: also hours later, when the server was down at its time. */
export function isDue(sleeper: Sleeper, settings: NightSettings, now: number): boolean {
  const night = latestNight(sleeper, settings, now);
  return night > sleeper.createdAt && (sleeper.nightAt === null || sleeper.nightAt < night);
}

/** A time zone that the user set, unless this machine does not know it. */
function zoneOf({ timeZone }: Pick<Sleeper, 'timeZone'>, settings: NightSettings): string {
  if (timeZone === null) return settings.timeZone;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone).timeZoneId;
  } catch {
    return settings.timeZone;
  }
}
