/** The page's texts: every language says the same things with the same parameters. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AUDIT_ACTIONS } from '../../src/commands/audit.ts';
import { texts as administrationDe } from '../../src/web/messages/administration/de.ts';
import { texts as administrationEn } from '../../src/web/messages/administration/en.ts';
import { texts as administrationFr } from '../../src/web/messages/administration/fr.ts';
import { texts as administrationIt } from '../../src/web/messages/administration/it.ts';
import { de } from '../../src/web/messages/de.ts';
import { en } from '../../src/web/messages/en.ts';
import { fr } from '../../src/web/messages/fr.ts';
import { it as italian } from '../../src/web/messages/it.ts';
import { chooseLanguage, fill, LANGUAGES, sayOctets } from '../../src/web/messages/say.ts';
import { texts as securityDe } from '../../src/web/messages/security/de.ts';
import { texts as securityEn } from '../../src/web/messages/security/en.ts';
import { texts as securityFr } from '../../src/web/messages/security/fr.ts';
import { texts as securityIt } from '../../src/web/messages/security/it.ts';
import { AUDIT_ACTIONS as SHOWN_ACTIONS } from '../../src/web/pages/administration/audit-actions.ts';

const ENGLISH = { ...en, ...securityEn, ...administrationEn };
const LANGUAGE_TEXTS = {
  en: ENGLISH,
  de: { ...de, ...securityDe, ...administrationDe },
  fr: { ...fr, ...securityFr, ...administrationFr },
  it: { ...italian, ...securityIt, ...administrationIt },
} as const;
const holes = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

/** A form for one thing may say it without the number. */
const neededHoles = (text: string): string[] => holes(text.split('|').at(-1)!);

describe('texts of faults', () => {
  it('are for codes that the server knows, or for faults of the page itself', () => {
    const folder = path.resolve(import.meta.dirname, '../../src');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /^(?!web).*\.ts$/.test(name),
    );
    const source = files.map((name) => readFileSync(path.join(folder, name), 'utf8')).join('\n');
    const codes = Object.keys(ENGLISH).flatMap((key) => /^fault\.(.+)/.exec(key)?.[1] ?? []);
    expect(codes.filter((code) => !source.includes(`'${code}'`))).toEqual(['unreachable', 'unexpected']);
  });
});

describe.each(LANGUAGES)('texts in %s', (language) => {
  const texts: Readonly<Record<string, string>> = LANGUAGE_TEXTS[language];

  it('has exactly the keys of English', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(ENGLISH).sort());
  });

  it('fills the same holes as English in every text', () => {
    const wrong = Object.entries(ENGLISH).filter(
      ([key, english]) => neededHoles(texts[key]!).join() !== neededHoles(english).join(),
    );
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it('asks for a number wherever it has two forms, and has never more than two', () => {
    for (const [key, text] of Object.entries(texts)) {
      const forms = text.split('|');
      expect(forms.length, key).toBeLessThanOrEqual(2);
      if (forms.length === 2) expect(holes(ENGLISH[key as keyof typeof ENGLISH]), key).toContain('{n}');
    }
  });

  it('leaves no text empty but the type words that nobody needs', () => {
    const empty = Object.entries(texts).filter(([, text]) => text.trim() === '');
    expect(empty.map(([key]) => key).sort()).toEqual(['type.internet', 'type.pref', 'type.text', 'type.voice']);
  });
});

describe('sections of texts', () => {
  it('hold no key that another one holds with other words: whichever is loaded last would win', () => {
    const all = [en, securityEn, administrationEn].flatMap((texts) => Object.keys(texts));
    expect(new Set(all).size).toBe(all.length);
  });

  it('hold no key that no page says', () => {
    const folder = path.resolve(import.meta.dirname, '../../src/web');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
    const pages = files
      .filter((name) => !/messages\/(\w+\/)?(en|de|fr|it)\.ts$/.test(name))
      .map((name) => readFileSync(path.join(folder, name), 'utf8'))
      .join('');
    const words = new Set(Array.from(pages.matchAll(/['"`]([\w.-]+)['"`]/g), ([, word]) => word));
    const made = Array.from(pages.matchAll(/`([\w.-]+\.)\$\{/g), ([, start]) => start!);
    const unsaid = Object.keys(ENGLISH).filter(
      (key) => !words.has(key) && !made.some((start) => key.startsWith(start)),
    );
    expect(unsaid).toEqual([]);
  });

  it('have words for everything that the audit log notes', () => {
    expect([...SHOWN_ACTIONS].sort()).toEqual([...AUDIT_ACTIONS].sort());
    for (const action of AUDIT_ACTIONS) expect(administrationEn).toHaveProperty([`audit.${action}`]);
  });
});

describe('filling in', () => {
  it('chooses the form by the plural rules of the language: French counts zero as one', () => {
    expect(fill('{n} card|{n} cards', { n: 0 }, 'en')).toBe('0 cards');
    expect(fill('{n} card|{n} cards', { n: 1 }, 'en')).toBe('1 card');
    expect(fill('{n} fiche|{n} fiches', { n: 0 }, 'fr')).toBe('0 fiche');
  });

  it('writes numbers as the language does', () => {
    expect(fill('{n} Karten', { n: 12_345 }, 'de')).toBe('12.345 Karten');
  });

  it('puts any text in as it is, also one that looks like a hole', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(fill('<{name}>', { name }, 'en')).toBe(`<${name}>`);
      }),
    );
  });

  it('writes octets in the unit that reads best', () => {
    expect([0, 10_400, 1_500_000, 2_000_000_000].map(sayOctets)).toEqual(['0 kB', '10 kB', '1.5 MB', '2 GB']);
  });

  it('leaves a hole that nothing was given for', () => {
    expect(fill('{a} and {b}', { a: 'x' }, 'en')).toBe('x and {b}');
  });
});

describe('choosing the language', () => {
  it('takes the first wish that is spoken, whatever its region', () => {
    expect(chooseLanguage(['rm', 'de-CH', 'en'])).toBe('de');
    expect(chooseLanguage(['FR-ca'])).toBe('fr');
  });

  it('speaks English when no wish can be met', () => {
    expect(chooseLanguage([])).toBe('en');
    expect(chooseLanguage(['', 'ja-JP'])).toBe('en');
  });
});
