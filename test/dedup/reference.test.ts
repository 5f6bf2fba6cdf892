/** Which card of a cluster is proposed to be kept. */
import { describe, expect, it } from 'vitest';
import { referenceOf } from '../../src/dedup/rank.ts';
import { cell, mail, person } from '../fixtures/tricky-people/case.ts';
import { record } from './book.ts';

const NUMBER = cell('0171 4471301');
const WHOLE = record('whole', ...person('Khandker;William;;;', NUMBER));

describe('the proposed reference card', () => {
  it('is the fullest', () => {
    const fuller = record('fuller', ...person('Khandker;William;;;', NUMBER, mail('william@khandker.example')));
    expect(referenceOf([WHOLE, fuller])).toBe('fuller');
  });

  it('is the one that spells the name, where another abbreviates it and holds a field more', () => {
    const short = record('short', ...person('Khandker;W.;;;', NUMBER, mail('william@khandker.example')));
    const half = record('half', ...person(';William;;;', NUMBER, mail('william@khandker.example')));
    expect(referenceOf([short, WHOLE])).toBe('whole');
    expect(referenceOf([half, WHOLE])).toBe('whole');
  });

  it('is the one that abbreviates the name, where it is much fuller', () => {
    const lines = [
      'ORG:Khandker',
      'TITLE:Owner',
      'NOTE:met in Hull',
      'BDAY:1970-01-02',
      'URL:https://khandker.example',
    ];
    const full = record('full', ...person('Khandker;W.;;;', NUMBER, ...lines));
    expect(referenceOf([WHOLE, full])).toBe('full');
  });
});
