/** What is said of cards that were changed while the reader looked at them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CardDetail, CardField } from '../../src/api/contract/cards.ts';
import { changedCard } from '../../src/web/pages/duplicates/card-changes.ts';

const field = (property: string, text: string): CardField => ({
  property,
  text,
  group: '',
  label: null,
  types: [],
  components: null,
});
const card = (...fields: CardField[]) => ({ displayName: 'Ann', fields }) as unknown as CardDetail;
const anyFields = fc.array(fc.tuple(fc.constantFrom('TEL', 'EMAIL', 'NOTE'), fc.constantFrom('1', '2', '3')));
const cardOf = (fields: readonly (readonly [string, string])[]) =>
  card(...fields.map(([property, text]) => field(property, text)));

describe('what changed about a card', () => {
  it('is the value before and the value now, what is new, and what went', () => {
    const before = card(field('TEL', '1'), field('EMAIL', 'a@b.c'), field('REV', 'x'));
    const now = card(field('TEL', '2'), field('NOTE', 'hello'), field('REV', 'y'));
    expect(changedCard(2, before, now)).toEqual({
      number: 2,
      displayName: 'Ann',
      gone: false,
      values: [
        { property: 'TEL', before: '1', now: '2' },
        { property: 'EMAIL', before: 'a@b.c', now: null },
        { property: 'NOTE', before: null, now: 'hello' },
      ],
    });
  });

  it('is that it is gone when it is', () => {
    expect(changedCard(1, card(field('TEL', '1')), null)).toMatchObject({ gone: true, values: [] });
  });

  it('is nothing when the lines only stand in another order, and something whenever their values differ', () => {
    fc.assert(
      fc.property(anyFields, anyFields, (before, now) => {
        const sorted = (fields: typeof before) => fields.map(String).sort();
        const same = sorted(before).join() === sorted(now).join();
        expect(changedCard(1, cardOf(before), cardOf(now)).values.length === 0).toBe(same);
      }),
    );
  });
});
