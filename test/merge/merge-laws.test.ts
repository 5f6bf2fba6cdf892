/** Laws that every merge keeps, whatever the cards. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ruleOf } from '../../src/merge/field-rules.ts';
import { folded, listItems, plainText } from '../../src/merge/field-text.ts';
import { asStored, fieldValues } from '../../src/merge/field-values.ts';
import { mergeCards } from '../../src/merge/merge.ts';
import { undoMerge } from '../../src/merge/unmerge.ts';
import { type Card, readCard } from '../../src/vcard/card.ts';
import { validateCard } from '../../src/vcard/validate.ts';
import { anyCard } from '../support/card-arbitrary.ts';

const cards = fc.tuple(anyCard(), fc.array(anyCard(), { minLength: 1, maxLength: 4 }));
const merged = (reference: Card, sources: readonly Card[]): Card => readCard(mergeCards(reference, sources).octets);

/** What a card says, whatever the order of its lines, the numbers of its groups, and how items are spread over its lists. */
function said(card: Card): string[] {
  const texts = fieldValues([asStored(card)], '3.0', undefined).flatMap(({ line, property, companion }) => {
    const { merge } = ruleOf(property);
    if (merge === 'note')
      return plainText(line)
        .split('\n\n')
        .map((part) => `NOTE:${part.trim()}`);
    if (merge === 'list') return listItems(line).map((item) => `${property}:${item.toLowerCase()}`);
    return [`${property}${companion ? '*' : ''}:${plainText(line).toLowerCase()}`];
  });
  return [...new Set(texts)].sort();
}

describe('a merge', () => {
  test('with nothing gives the reference back octet for octet', () => {
    fc.assert(
      fc.property(anyCard(), (reference) => {
        expect(mergeCards(reference, []).octets.equals(reference.octets)).toBe(true);
      }),
    );
  });

  test('with a copy of the reference changes nothing', () => {
    fc.assert(
      fc.property(anyCard(), (reference) => {
        const result = mergeCards(reference, [readCard(Buffer.from(reference.octets))]);
        expect(result.octets.toString()).toBe(reference.octets.toString());
      }),
    );
  });

  test('is a valid card of the reference’s version with the reference’s UID', () => {
    fc.assert(
      fc.property(cards, ([reference, sources]) => {
        const card = validateCard(mergeCards(reference, sources).octets);
        expect(card.version).toBe(reference.version);
        expect(card.lines.filter(({ name }) => name === 'UID').map(({ value }) => value)).toEqual(
          reference.lines.filter(({ name }) => name === 'UID').map(({ value }) => value),
        );
      }),
    );
  });

  test('accounts for every content line of every source exactly once', () => {
    fc.assert(
      fc.property(cards, ([reference, sources]) => {
        const { account } = mergeCards(reference, sources);
        for (const [n, source] of sources.entries()) {
          const own = account.filter(({ card }) => card === n + 1).map(({ line }) => line);
          expect(own).toEqual(source.lines.map((_, index) => index));
        }
      }),
    );
  });

  test('finds every value that the account calls carried, present or kept aside on the result', () => {
    fc.assert(
      fc.property(cards, ([reference, sources]) => {
        const { octets, account } = mergeCards(reference, sources);
        const version = reference.version === '4.0' ? '4.0' : '3.0';
        const values = fieldValues([readCard(octets), ...sources], version, undefined);
        const onResult = values.filter(({ card }) => card === 0);
        for (const entry of account) {
          const value = values.find(({ card, index }) => card === entry.card && index === entry.line)!;
          if (entry.card === 0 || entry.fate === 'not-on-card' || value.key === '') continue;
          if (value.companion && entry.fate === 'present') continue;
          const property = entry.as ?? value.property;
          const { merge } = ruleOf(value.property);
          const items = new Set(
            onResult.filter((own) => own.property === property).flatMap(({ line }) => listItems(line).map(folded)),
          );
          if (merge === 'list' && listItems(value.line).every((item) => items.has(folded(item)))) continue;
          const found = onResult.some((own) => {
            if (own.property !== property) return false;
            if (merge === 'note') return plainText(own.line).includes(plainText(value.line));
            return own.key === value.key || own.key.startsWith(`${value.key};`);
          });
          const implied = value.property === 'KIND' || (value.property === 'FN' && entry.fate === 'present');
          const current =
            entry.as !== undefined && onResult.some((own) => own.property === value.property && own.key === value.key);
          expect(
            found || implied || current,
            `${value.property}: ${value.line.value} as ${entry.fate}\n${octets}`,
          ).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('says the same whatever the order of the sources', () => {
    fc.assert(
      fc.property(cards, ([reference, sources]) => {
        expect(said(merged(reference, [...sources].reverse()))).toEqual(said(merged(reference, sources)));
      }),
      { numRuns: 300 },
    );
  });

  test('adds nothing when its own sources are merged into it again', () => {
    fc.assert(
      fc.property(cards, ([reference, sources]) => {
        const once = merged(reference, sources);
        expect(mergeCards(once, sources).octets.toString()).toBe(once.octets.toString());
      }),
      { numRuns: 300 },
    );
  });

  test('keeps every line of the reference that nothing joined octet for octet', () => {
    fc.assert(
      fc.property(cards, ([reference, sources]) => {
        const result = mergeCards(reference, sources).octets.toString();
        for (const line of reference.lines.filter(({ name }) => /^(?:PHOTO|FN|N|UID|REV|X-UNKNOWN)$/.test(name)))
          if (line.group === '') expect(result).toContain(reference.octets.toString('utf8', line.start, line.end));
      }),
    );
  });

  /** Letter case and the hyphens of a date are no value of their own (RFC 6350 §4.3.1 writes 19850412, RFC 2426 1985-04-12). */
  const written = (text: string): string => text.toLowerCase().replace(/(\d{4})-(\d\d)-(\d\d)/g, '$1$2$3');

  test('with values chosen from the sources loses none of the reference’s, and can be undone', () => {
    const choosable = ['N', 'FN', 'BDAY', 'PHOTO', 'GENDER', 'X-PHONETIC-FIRST-NAME'];
    fc.assert(
      fc.property(cards, fc.subarray(choosable), ([reference, sources], wanted) => {
        const has = (property: string): boolean =>
          fieldValues([sources[0]!], '3.0', undefined).some((value) => value.property === property && value.key !== '');
        const choices = Object.fromEntries(wanted.filter(has).map((property) => [property, { from: 1 }]));
        const { octets, account } = mergeCards(reference, sources, choices);
        const referenceAfter = validateCard(octets);
        const inRecord = new Set(
          account.filter(({ card, fate }) => card === 0 && fate === 'not-on-card').map(({ line }) => line),
        );
        const texts = fieldValues([referenceAfter], reference.version === '4.0' ? '4.0' : '3.0', undefined)
          .map(({ line }) => plainText(line))
          .join('\n');
        for (const [index, line] of reference.lines.entries())
          for (const word of inRecord.has(index) ? [] : plainText(line).split(/[\s,;]+/))
            expect(written(texts)).toContain(written(word));
        const undone = undoMerge({
          referenceBefore: reference,
          referenceAfter,
          referenceNow: referenceAfter,
          sourcesBefore: sources,
        });
        expect(undone.reference.equals(reference.octets)).toBe(true);
        const touched = readCard(Buffer.from(octets.toString().replace('UID:', 'uid:')));
        const again = undoMerge({
          referenceBefore: reference,
          referenceAfter,
          referenceNow: touched,
          sourcesBefore: sources,
        });
        expect(again).toMatchObject({ conflicts: [] });
        expect(again.reference.toString()).toBe(reference.octets.toString());
      }),
    );
  });

  test('of cards of version 2.1 takes them in their 3.0 form', () => {
    fc.assert(
      fc.property(anyCard({ version: '2.1' }), anyCard({ version: '2.1' }), (reference, source) => {
        const card = validateCard(mergeCards(reference, [source]).octets);
        expect(card.version).toBe('3.0');
      }),
    );
  });
});

describe('undo', () => {
  test('right after the merge gives the same octets of all cards', () => {
    fc.assert(
      fc.property(cards, ([referenceBefore, sourcesBefore]) => {
        const referenceAfter = merged(referenceBefore, sourcesBefore);
        const undone = undoMerge({ referenceBefore, referenceAfter, referenceNow: referenceAfter, sourcesBefore });
        expect(undone.reference.equals(referenceBefore.octets)).toBe(true);
        expect(undone.sources.map(String)).toEqual(sourcesBefore.map(({ octets }) => String(octets)));
        expect(undone.conflicts).toEqual([]);
      }),
    );
  });

  test('gives the same octets when a client only wrote the merged card anew', () => {
    fc.assert(
      fc.property(cards, ([referenceBefore, sourcesBefore]) => {
        const referenceAfter = merged(referenceBefore, sourcesBefore);
        const turned = Buffer.from(
          String(referenceAfter.octets)
            .replace(/\r?\n/g, '\n')
            .replace(/;type=CELL;type=pref/g, ';TYPE=pref,cell'),
        );
        const undone = undoMerge({ referenceBefore, referenceAfter, referenceNow: readCard(turned), sourcesBefore });
        expect(undone.reference.toString()).toBe(referenceBefore.octets.toString());
        expect(undone.conflicts).toEqual([]);
      }),
    );
  });

  test('keeps a line that was added after the merge, and nothing else of it', () => {
    fc.assert(
      fc.property(cards, ([referenceBefore, sourcesBefore]) => {
        const referenceAfter = merged(referenceBefore, sourcesBefore);
        const added = 'X-ADDED-LATER:new';
        const referenceNow = readCard(
          Buffer.from(String(referenceAfter.octets).replace(/END:VCARD/, `${added}\r\nEND:VCARD`)),
        );
        const undone = undoMerge({ referenceBefore, referenceAfter, referenceNow, sourcesBefore });
        expect(undone.conflicts).toEqual([]);
        expect(undone.reference.toString().replace(/X-ADDED-LATER:new\r?\n/, '')).toBe(
          referenceBefore.octets.toString(),
        );
        expect(undone.reference.toString()).toContain(added);
      }),
    );
  });
});
