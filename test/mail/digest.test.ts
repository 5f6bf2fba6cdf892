/** The words of the mail after a night. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Digest, digestLetter } from '../../src/mail/digest.ts';
import { DIGEST_WORDS, digestLanguage } from '../../src/mail/digest-words.ts';
import { heldDeletionsLetter } from '../../src/mail/held-deletions.ts';

const PAGE = 'https://contacts.example.org/';
const digest = (parts: Partial<Digest> = {}): Digest => ({
  name: 'Ida',
  language: 'en',
  pageUrl: PAGE,
  suggestions: [{ id: 'one', name: 'Karl Lindqvist', cards: 2 }],
  found: 1,
  merged: 0,
  ...parts,
});

describe('the mail about held deletions', () => {
  it.each([
    ['en', '2 deletions wait for you'],
    ['de', '2 Löschungen warten auf Sie'],
    ['fr', '2 suppressions vous attendent'],
    ['it', '2 eliminazioni la attendono'],
    ['nl', '2 deletions wait for you'],
  ])('is written in %s', (language, subject) => {
    const device = 'Phone\u202e<b>';
    const letter = heldDeletionsLetter({
      name: 'Ida',
      language,
      pageUrl: PAGE,
      device,
      collection: 'Contacts',
      held: 2,
    });
    expect(letter.subject).toBe(`Doublon: ${subject}`);
    expect([
      letter.html.includes('<b>'),
      letter.html.includes('Phone &lt;b&gt;'),
      letter.text.includes('\u202e'),
    ]).toEqual([false, true, false]);
    expect(letter.text).toContain(PAGE);
  });
});

describe('the mail after a night', () => {
  it.each([
    ['en', 'Doublon: 1 new possible duplicate', 'Review the suggestions'],
    ['de', 'Doublon: 1 neues mögliches Duplikat', 'Vorschläge ansehen'],
    ['fr', 'Doublon: 1 nouveau doublon possible', 'Voir les suggestions'],
    ['it', 'Doublon: 1 nuovo possibile doppione', 'Vedere i suggerimenti'],
  ])('is written in %s', (language, subject, review) => {
    const letter = digestLetter(digest({ language }));
    expect(letter.subject).toBe(subject);
    expect(letter.text).toContain(review);
    expect(letter.html).toContain(`<html lang="${language}">`);
  });

  it.each([
    ['de-CH', 'de'],
    ['FR', 'fr'],
    ['it_IT', 'it'],
    ['nl', 'en'],
    ['constructor', 'en'],
    [null, 'en'],
  ])('speaks to a reader of %s in %s', (tag, language) => {
    expect(digestLanguage(tag)).toBe(language);
  });

  it('counts one and many differently in every language', () => {
    for (const words of Object.values(DIGEST_WORDS)) {
      expect(words.found(1)).not.toBe(words.found(2).replace('2', '1'));
      expect(words.merged(1)).not.toBe(words.merged(2).replace('2', '1'));
    }
  });

  it('leads to each suggestion, to all of them, to the merges and to the switch', () => {
    const { text, html } = digestLetter(digest({ found: 12, merged: 3 }));
    for (const form of [text, html]) {
      for (const path of ['#/duplicates/one', '#/duplicates', '#/history/merges', '#/history/nights']) {
        expect(form).toContain(`${PAGE}${path}`);
      }
      expect(form).toContain('and 11 more');
    }
  });

  it('says nothing of merges where there were none, and nothing of suggestions where only merges were made', () => {
    expect(digestLetter(digest()).text).not.toContain('#/history/merges');
    const letter = digestLetter(digest({ suggestions: [], found: 0, merged: 2 }));
    expect(letter.subject).toBe('Doublon: 2 merges made for you');
    expect(letter.text).not.toContain('#/duplicates');
  });

  it('lets no name on a card add markup, lines or headers', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.constantFrom('', '<b>', '"><script>', '\r\nBcc: x@y'),
        (a, b) => {
          const name = a + b;
          const plain = digestLetter(digest({ suggestions: [{ id: 'one', name: 'x', cards: 2 }], name: 'x' }));
          const letter = digestLetter(digest({ suggestions: [{ id: 'one', name, cards: 2 }], name }));
          expect(letter.subject).toBe(plain.subject);
          expect(letter.text.split(/\r\n|[\n\r\u2028\u2029]/)).toHaveLength(plain.text.split('\n').length);
          expect(letter.html.match(/</g)).toHaveLength(plain.html.match(/</g)!.length);
        },
      ),
    );
  });
});
