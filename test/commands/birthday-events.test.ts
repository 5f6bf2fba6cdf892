/** Laws of the birthday calendar, for any cards and any clusters. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  birthdayEvents,
  birthdayWords,
  type DatedCard,
  type PersonCluster,
} from '../../src/commands/birthday-events.ts';
import { validateCalendarObject } from '../../src/icalendar/validate.ts';

const NOW = Date.UTC(2026, 5, 15);
const WORDS = birthdayWords('en');

const date = (kind: 'birthday' | 'anniversary') =>
  fc.record({
    kind: fc.constant(kind),
    year: fc.option(fc.integer({ min: 1, max: 9999 }), { nil: undefined }),
    month: fc.integer({ min: 1, max: 3 }),
    day: fc.integer({ min: 1, max: 28 }),
  });

const cards: fc.Arbitrary<DatedCard[]> = fc
  .array(
    fc.record({
      uid: fc.option(fc.constantFrom('u1', 'u2', 'u3', 'u4')),
      name: fc.constantFrom('Ida Roth', 'ROTH, Ída', 'Max; Kern', 'Lea\nBerg', 'Zoë, Dr.'),
      dates: fc
        .tuple(fc.option(date('birthday')), fc.option(date('anniversary')))
        .map((both) => both.flatMap((each) => each ?? [])),
    }),
    { maxLength: 12 },
  )
  .map((all) => all.map((card, index) => ({ ...card, id: `card-${String(index).padStart(2, '0')}` })));

const withClusters = cards.chain((all) => {
  const some =
    all.length < 2
      ? fc.constant([])
      : fc.array(
          fc.subarray(
            all.map(({ id }) => id),
            { minLength: 2 },
          ),
          { maxLength: 4 },
        );
  return fc.record({
    all: fc.constant(all),
    clusters: some.map((lists) => lists.map((members): PersonCluster => ({ referenceId: members.at(-1)!, members }))),
  });
});

const made = (all: readonly DatedCard[], clusters: readonly PersonCluster[], now = NOW) =>
  birthdayEvents(all, clusters, WORDS, now);

describe('birthday events', () => {
  it('have different UIDs and can all be stored', () => {
    fc.assert(
      fc.property(withClusters, ({ all, clusters }) => {
        const events = made(all, clusters);
        expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
        for (const { uid, octets } of events) expect(validateCalendarObject(octets).uid).toBe(uid);
      }),
    );
  });

  it('are the same whatever the order of cards and clusters', () => {
    fc.assert(
      fc.property(withClusters, ({ all, clusters }) => {
        const texts = (events: ReturnType<typeof made>) => events.map(({ octets }) => octets.toString()).sort();
        expect(texts(made([...all].reverse(), [...clusters].reverse()))).toEqual(texts(made(all, clusters)));
      }),
    );
  });

  it('leave nobody with a date out, and give one cluster one event of a kind', () => {
    fc.assert(
      fc.property(withClusters, ({ all, clusters }) => {
        for (const kind of ['birthday', 'anniversary'] as const) {
          const dated = all.filter((card) => card.dates.some((each) => each.kind === kind));
          const events = made(all, clusters).filter(({ uid }) => uid.startsWith(kind));
          expect(events.length > 0).toBe(dated.length > 0);
          expect(events.length).toBeLessThanOrEqual(dated.length);
          for (const { members } of clusters) {
            const within = all.filter(({ id }) => members.includes(id));
            const own = made(within, clusters).filter(({ uid }) => uid.startsWith(kind));
            expect(own.length).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });

  it('differ from one day to the next in their stamp alone', () => {
    fc.assert(
      fc.property(withClusters, ({ all, clusters }) => {
        const unstamped = (now: number) =>
          made(all, clusters, now).map(({ octets }) => octets.toString().replace(/^DTSTAMP:.*$/gm, ''));
        expect(unstamped(NOW + 86_400_000)).toEqual(unstamped(NOW));
      }),
    );
  });
});
