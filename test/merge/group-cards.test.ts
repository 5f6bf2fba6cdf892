/** Group cards and relations follow a merge (RFC 6350 §6.6.5, §6.6.6; Apple's members). */
import { expect, test } from 'vitest';
import { rewriteGroup } from '../../src/merge/group-cards.ts';
import { type Card, readCard } from '../../src/vcard/card.ts';

const card = (...lines: string[]): Card =>
  readCard(Buffer.from(['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\n')));
const rewritten = (gone: Record<string, string>, ...lines: string[]): string[] | undefined =>
  rewriteGroup(card(...lines), new Map(Object.entries(gone)))
    ?.octets.toString()
    .replaceAll('\n ', '')
    .split('\n')
    .slice(2, -2);

test('members in both forms name the reference, each in its own style, all else octet for octet', () => {
  expect(
    rewritten(
      { OLD: 'urn:uuid:REF' },
      'KIND:group',
      'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:old',
      'NOTE:urn:uuid:OLD',
      'RELATED;TYPE=friend:urn:uuid:OLD',
    ),
  ).toEqual([
    'KIND:group',
    'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:REF',
    'NOTE:urn:uuid:OLD',
    'RELATED;TYPE=friend:urn:uuid:REF',
  ]);
  expect(rewritten({ 'urn:uuid:A': 'B@x' }, 'MEMBER:a')).toEqual(['MEMBER:B@x']);
});

test('nobody becomes a member twice', () => {
  expect(rewritten({ a: 'r', b: 'r' }, 'MEMBER:urn:uuid:r', 'MEMBER:urn:uuid:a')).toEqual(['MEMBER:urn:uuid:r']);
  expect(rewritten({ a: 'r', b: 'r' }, 'MEMBER:urn:uuid:a', 'MEMBER:urn:uuid:b')).toEqual(['MEMBER:urn:uuid:r']);
});

test('references that were merged away themselves are followed, circles not', () => {
  expect(rewritten({ a: 'b', b: 'c' }, 'MEMBER:a')).toEqual(['MEMBER:c']);
  expect(rewritten({ a: 'b', b: 'a' }, 'MEMBER:a')).toHaveLength(1);
});

test('a card that names no gone card is not rewritten', () => {
  expect(rewritten({ a: 'b' }, 'MEMBER:c', 'UID:a')).toBeUndefined();
});

test('says what it changed, for undo', () => {
  const { changes } = rewriteGroup(
    card('MEMBER:urn:uuid:a', 'MEMBER:urn:uuid:b'),
    new Map([
      ['a', 'r'],
      ['b', 'r'],
    ]),
  )!;
  expect(changes).toEqual([
    { line: 2, property: 'MEMBER', from: 'urn:uuid:a', to: 'urn:uuid:r' },
    { line: 3, property: 'MEMBER', from: 'urn:uuid:b', to: undefined },
  ]);
});
