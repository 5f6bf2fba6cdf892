/** A hand-written book of tricky people, found duplicates held against what a careful person would say. */
import { describe, expect, it } from 'vitest';
import { suggest } from '../../src/dedup/engine.ts';
import type { TrickyCase } from '../fixtures/tricky-people/case.ts';
import { COLLECTED } from '../fixtures/tricky-people/collected.ts';
import { CUT_NAMES } from '../fixtures/tricky-people/cut-names.ts';
import { EAST_ASIA } from '../fixtures/tricky-people/east-asia.ts';
import { EASTERN_EUROPE } from '../fixtures/tricky-people/eastern-europe.ts';
import { FAMILIES } from '../fixtures/tricky-people/families.ts';
import { HOUSEHOLDS } from '../fixtures/tricky-people/households.ts';
import { KEPT_NUMBERS } from '../fixtures/tricky-people/kept-numbers.ts';
import { LANGUAGES } from '../fixtures/tricky-people/languages.ts';
import { LEVANT } from '../fixtures/tricky-people/levant.ts';
import { MANY_PHONES } from '../fixtures/tricky-people/many-phones.ts';
import { NAMESAKES } from '../fixtures/tricky-people/namesakes.ts';
import { OFFICES } from '../fixtures/tricky-people/offices.ts';
import { PHONE_MEMORIES } from '../fixtures/tricky-people/phone-memories.ts';
import { PROGRAMS } from '../fixtures/tricky-people/programs.ts';
import { ROMANCE } from '../fixtures/tricky-people/romance.ts';
import { SOUTH_ASIA } from '../fixtures/tricky-people/south-asia.ts';
import { TRADES } from '../fixtures/tricky-people/trades.ts';
import { record } from './book.ts';

const CASES: readonly TrickyCase[] = [
  [
    FAMILIES,
    HOUSEHOLDS,
    OFFICES,
    TRADES,
    COLLECTED,
    PROGRAMS,
    LANGUAGES,
    KEPT_NUMBERS,
    MANY_PHONES,
    CUT_NAMES,
    NAMESAKES,
  ],
  [EAST_ASIA, SOUTH_ASIA, LEVANT, EASTERN_EUROPE, ROMANCE],
].flat(2);
const idOf = (at: number, card: number): string => `case${at}-${card}`;
const BOOK = CASES.flatMap(({ cards }, at) => cards.map((lines, card) => record(idOf(at, card), ...lines)));
const SUGGESTIONS = suggest(BOOK, []);
const suggestionOf = (id: string) => SUGGESTIONS.find(({ members }) => members.includes(id));

describe('the book of tricky people', () => {
  it.each(CASES.map((tricky, at) => [tricky.title, tricky, at] as const))('%s', (_, tricky, at) => {
    const ids = tricky.cards.map((_card, card) => idOf(at, card));
    const found = suggestionOf(ids[0]!);
    if (tricky.expect === 'together' || tricky.expect === 'possible') expect(found?.members).toEqual(ids.toSorted());
    else if (tricky.expect === 'apart') expect(ids.map(suggestionOf)).toEqual(ids.map(() => undefined));
    else if (tricky.expect === 'unlikely')
      for (const id of ids) expect([undefined, 'possible']).toContain(suggestionOf(id)?.tier);
    if (!['unlikely', 'doubtful'].includes(tricky.expect))
      expect(found?.tier === 'possible').toBe(tricky.expect === 'possible');
    if (tricky.unattended === true) expect(found?.tier).toBe('certain');
    if (tricky.unattended === false || tricky.expect === 'doubtful')
      for (const id of ids) expect(suggestionOf(id)?.tier).not.toBe('certain');
  });

  it('merges no two relatives unattended, even where they share a mobile and a mailbox', () => {
    const relatives = [
      FAMILIES,
      HOUSEHOLDS,
      MANY_PHONES,
      CUT_NAMES,
      PHONE_MEMORIES,
      EAST_ASIA,
      SOUTH_ASIA,
      LEVANT,
      EASTERN_EUROPE,
      ROMANCE,
    ].flat();
    const pairs = relatives.filter(({ expect, cards }) => /^(apart|unlikely)$/.test(expect) && cards.length === 2);
    const shared = (at: number) => [`TEL;TYPE=CELL:+49171${1_000_000 + at * 7_919}`, `EMAIL:house-${at}@example.net`];
    const book = pairs.flatMap(({ cards }, at) =>
      cards.map((lines, card) => record(idOf(at, card), ...lines, ...shared(at))),
    );
    const merged = suggest(book, []).filter(({ tier }) => tier === 'certain');
    expect(merged.map(({ members }) => pairs[Number(members[0]!.slice(4, -2))]!.title)).toEqual([]);
  });

  it('never puts people of two cases together', () => {
    for (const { members } of SUGGESTIONS) expect(new Set(members.map((id) => id.split('-')[0])).size).toBe(1);
  });
});
