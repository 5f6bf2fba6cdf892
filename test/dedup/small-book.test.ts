/** In a phone of a few hundred cards a name says more than in a book of thousands. */
import { describe, expect, it } from 'vitest';
import { suggest } from '../../src/dedup/engine.ts';
import { cell, mail, person } from '../fixtures/tricky-people/case.ts';
import { record } from './book.ts';

const AT_WORK = record(
  'work',
  ...person('Rademann;Sabine;;;', mail('s.rademann@handel.example'), cell('0171 4471201')),
);
const AT_HOME = record('home', ...person('Rademann;Sabine;;;', mail('sabine.r71@web.de')));
const strangers = (count: number) =>
  Array.from({ length: count }, (_, at) => record(`stranger${at}`, ...person(`Fremd${at}x;Wer${at}x;;;`)));
const togetherAmong = (count: number): boolean =>
  suggest([AT_WORK, AT_HOME, ...strangers(count)], []).some(
    ({ members, tier }) => members.includes('work') && members.includes('home') && tier !== 'possible',
  );

describe('a card for work and a private one that share nothing but a full name', () => {
  it('are one person in the phone of somebody with 200 contacts', () => {
    expect(togetherAmong(198)).toBe(true);
  });

  it('are no more than possible among a thousand', () => {
    expect(togetherAmong(998)).toBe(false);
  });
});
