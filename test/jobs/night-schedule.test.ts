import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDue, latestNight, staggerOf } from '../../src/jobs/night-schedule.ts';

const SETTINGS = { time: '02:30', timeZone: 'UTC' };
const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(text);
const sleeper = (timeZone: string | null, nightAt: string | null = null) => ({
  principalId: 'ann',
  timeZone,
  createdAt: new Date(0),
  nightAt: nightAt === null ? null : new Date(at(nightAt)),
});
const STAGGER = staggerOf('ann') * 60_000;

describe('a night', () => {
  it('begins at its time on the clock of the user', () => {
    const now = at('2026-06-15T12:00:00Z');
    expect(latestNight(sleeper('Europe/Zurich'), SETTINGS, now).getTime()).toBe(at('2026-06-15T00:30:00Z') + STAGGER);
    expect(latestNight(sleeper('Asia/Tokyo'), SETTINGS, now).getTime()).toBe(at('2026-06-14T17:30:00Z') + STAGGER);
    expect(latestNight(sleeper(null), SETTINGS, now).getTime()).toBe(at('2026-06-15T02:30:00Z') + STAGGER);
  });

  it('takes the zone of the settings where the user names one that nobody knows', () => {
    const now = at('2026-06-15T12:00:00Z');
    expect(latestNight(sleeper('Mars/Base'), SETTINGS, now)).toEqual(latestNight(sleeper(null), SETTINGS, now));
  });

  it('comes once a day also where the clock is changed', () => {
    const zurich = sleeper('Europe/Zurich');
    for (const day of ['2026-03-29', '2026-10-25']) {
      const nights = new Set(
        Array.from({ length: 72 }, (_, hour) =>
          latestNight(zurich, SETTINGS, at(`${day}T00:00:00Z`) + (hour - 24) * HOUR).getTime(),
        ),
      );
      expect(nights.size).toBeLessThanOrEqual(4);
      expect(nights.size).toBeGreaterThanOrEqual(3);
    }
  });

  it('is never in the future and never older than 26 hours', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Europe/Zurich', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia', null),
        fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') }),
        fc.uuid(),
        (timeZone, now, principalId) => {
          const night = latestNight({ principalId, timeZone }, SETTINGS, now).getTime();
          expect(night).toBeLessThanOrEqual(now);
          expect(now - night).toBeLessThan(26 * HOUR);
        },
      ),
    );
  });

  it('is due until it was run, also hours later, and not for who came after it', () => {
    const now = at('2026-06-15T12:00:00Z');
    expect(isDue(sleeper(null), SETTINGS, now)).toBe(true);
    expect(isDue(sleeper(null, '2026-06-14T03:00:00Z'), SETTINGS, now)).toBe(true);
    expect(isDue(sleeper(null, '2026-06-15T04:00:00Z'), SETTINGS, now)).toBe(false);
    expect(isDue({ ...sleeper(null), createdAt: new Date(at('2026-06-15T11:00:00Z')) }, SETTINGS, now)).toBe(false);
  });
});
