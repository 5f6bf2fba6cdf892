/** Evidence in words: every code of the engine has a text, and the one-line reason tells what speaks for a cluster. */
import { beforeAll, describe, expect, it } from 'vitest';
import { LEVEL_NAMES } from '../../src/dedup/comparisons.ts';
import { sayEvidence, sayReasons, tellingEvidence } from '../../src/web/messages/evidence.ts';
import { speak } from '../../src/web/messages/say.ts';

const line = (code: string, weight: number, params: Record<string, string | number> = {}) => ({ code, weight, params });

/** Neutral levels weigh nothing, so they are never told. */
const NEUTRAL = /\.(none|no|one|missing|individual)$/;

beforeAll(() => speak('en'));

describe('saying evidence', () => {
  it('has words for every level of the engine that can weigh anything', () => {
    const speechless = LEVEL_NAMES.filter((name) => !NEUTRAL.test(name)).filter(
      (code) => sayEvidence(line(code, 1)) === code.split('.').join(' '),
    );
    expect(speechless).toEqual([]);
  });

  it('takes the words of the nearest broader code', () => {
    expect(sayEvidence(line('family.same.rare', 2))).toBe('same rare last name');
    expect(sayEvidence(line('family.same.common', 2))).toBe('same last name');
    expect(sayEvidence(line('phone.mobile.3', 2, { number: '+41 79 1' }))).toBe('same mobile +41 79 1');
  });

  it('spells out a code that only a newer engine knows', () => {
    expect(sayEvidence(line('star-sign.same', 1))).toBe('star sign same');
  });
});

describe('the reason of a cluster', () => {
  it('names what speaks for it, strongest first, each once', () => {
    const lines = [
      line('prior', -5, { cards: 10 }),
      line('email.same.0', 4, { address: 'a@b.c' }),
      line('given.conflict', -3),
      line('family.same.usual', 2),
      line('family.same.common', 1),
    ];
    expect(sayReasons(lines)).toBe('same e-mail a@b.c · same last name');
  });

  it('names what speaks against it when nothing speaks for it', () => {
    expect(sayReasons([line('prior', -5), line('given.conflict', -3)])).toBe('different first names');
  });

  it('does not tell agreement that weighs against, nor disagreement that weighs for', () => {
    expect(tellingEvidence([line('namesakes.4', -1), line('given.conflict', 0.5), line('photo.same', 0.01)])).toEqual(
      [],
    );
  });
});
