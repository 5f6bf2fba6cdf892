/** Cards of version 2.1 become valid 3.0 without loss; others stay as they are. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCard } from '../../src/vcard/card.ts';
import { upgradeForImport } from '../../src/vcard/import-upgrade.ts';
import { validateCard } from '../../src/vcard/validate.ts';
import { anyCard, cardOctets } from '../support/card-arbitrary.ts';

const upgraded = (...lines: string[]): string[] => {
  const card = ['BEGIN:VCARD', 'VERSION:2.1', ...lines, 'UID:u', 'FN:x', 'N:x', 'END:VCARD', ''].join('\r\n');
  const text = upgradeForImport(Buffer.from(card, 'latin1'), 'given').toString().replaceAll('\r\n ', '').split('\r\n');
  return text.slice(2, 2 + text.length - 7);
};

describe('a line of vCard 2.1 as 3.0', () => {
  test.each([
    ['nameless types', 'TEL;CELL;VOICE;PREF:1', 'TEL;TYPE=CELL,VOICE,PREF:1'],
    [
      'quoted-printable in UTF-8',
      'NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:M=C3=BCller, Co=0D=0A2',
      'NOTE:Müller\\, Co\\n2',
    ],
    ['the nameless QUOTED-PRINTABLE', 'NOTE;QUOTED-PRINTABLE:a=3Db', 'NOTE:a=b'],
    ['a path in quoted-printable', 'NOTE;QUOTED-PRINTABLE:C:\\new', 'NOTE:C:\\\\new'],
    [
      'structured values keep their parts',
      'ADR;HOME;QUOTED-PRINTABLE:;;Weg 1, Haus;Ulm=3B;;1',
      'ADR;TYPE=HOME:;;Weg 1\\, Haus;Ulm;;;1',
    ],
    ['an escaped semicolon stays inside its part', 'N:a\\;b;c', 'N:a\\;b;c'],
    ['an escaped semicolon stays inside its parameter', 'ADR;LABEL=a\\;b;HOME:;;c', 'ADR;LABEL="a;b";TYPE=HOME:;;c'],
    ['spaces around the equals sign', 'TEL;TYPE = WORK;TYPE\t=\tVOICE:1', 'TEL;TYPE=WORK,VOICE:1'],
    ['an encoding behind spaces', 'NOTE;ENCODING = QUOTED-PRINTABLE:a=3Db', 'NOTE:a=b'],
    ['base64', 'PHOTO;ENCODING=BASE64;JPEG:AA\r\n EC\r\n', 'PHOTO;ENCODING=b;TYPE=JPEG:AAEC'],
    ['links', 'PHOTO;VALUE=URL;GIF:http://x/y.gif', 'PHOTO;VALUE=uri;TYPE=GIF:http://x/y.gif'],
    ['Latin-1 with its CHARSET', 'FN;CHARSET=ISO-8859-1:caf\xe9', 'FN:café'],
    [
      'unknown properties keep their value',
      'X-ANDROID-CUSTOM:vnd/nick;A\\;B;1;;',
      'X-ANDROID-CUSTOM:vnd/nick;A\\;B;1;;',
    ],
    ['coordinates', 'GEO:48.1,11.5', 'GEO:48.1;11.5'],
    ['a line without a colon', 'garbage, here', 'X-UNREADABLE-LINE:garbage\\, here'],
  ])('%s', (_, line, wanted) => {
    expect(upgraded(line)[0]).toBe(wanted);
  });

  test('soft line breaks of quoted-printable are joined, also where they cut a character', () => {
    expect(upgraded('NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:a=C3=\r\n=BC=\r\nb')[0]).toBe('NOTE:aüb');
  });

  test('base64 written without fold spaces is joined', () => {
    expect(upgraded('PHOTO;BASE64;JPEG:AAEC', 'AwQF', 'BgcI')[0]).toBe('PHOTO;ENCODING=b;TYPE=JPEG:AAECAwQFBgcI');
  });
});

describe('upgradeForImport', () => {
  test('leaves 3.0 and 4.0 cards with a UID octet for octet', () => {
    fc.assert(
      fc.property(cardOctets(), (octets) => {
        expect(upgradeForImport(octets, 'new').equals(octets)).toBe(true);
      }),
    );
  });

  test('gives a UID to a card without one and changes nothing else', () => {
    const text = 'BEGIN:VCARD\nVERSION:4.0\nFN:x\nEND:VCARD\n';
    expect(upgradeForImport(Buffer.from(text), 'new').toString()).toBe(text.replace('END', 'UID:new\nEND'));
    const empty = 'BEGIN:VCARD\nVERSION:4.0\nUID:\nFN:x\nEND:VCARD\n';
    expect(upgradeForImport(Buffer.from(empty), 'new').toString()).toBe(empty.replace('UID:', 'UID:new'));
  });

  test('makes every 2.1 card one that PUT would take', () => {
    fc.assert(
      fc.property(anyCard({ version: '2.1' }), (card) => {
        const stored = validateCard(upgradeForImport(card.octets, 'new'));
        expect(stored.version).toBe('3.0');
        for (const name of ['FN', 'N', 'UID'])
          expect(stored.lines.filter((line) => line.name === name)).toHaveLength(1);
      }),
    );
  });

  test('names a card that says no formatted name after what it says', () => {
    const card = readCard(upgradeForImport(Buffer.from('BEGIN:VCARD\nN:Doe;Jo;;Dr.\nEND:VCARD'), 'u'));
    expect(card.lines.find(({ name }) => name === 'FN')?.value).toBe('Dr. Jo Doe');
  });

  test('keeps a card inside the card as text of AGENT (RFC 2426 §3.5.4), however deep', () => {
    const inner = 'BEGIN:VCARD\r\nVERSION:2.1\r\nN:Sec\r\nEND:VCARD\r\n';
    const text = upgradeForImport(
      Buffer.from(`BEGIN:VCARD\r\nVERSION:2.1\r\nN:Boss\r\nAGENT:\r\n${inner}TEL:1\r\nEND:VCARD\r\n`),
      'u',
    );
    expect(text.toString().replaceAll('\r\n ', '')).toContain(
      'AGENT:BEGIN:VCARD\\nVERSION:3.0\\nN:Sec\\nFN:Sec\\nEND:VCARD\\n\r\nTEL:1',
    );
    const deep = 'BEGIN:VCARD\r\nVERSION:2.1\r\nAGENT:\r\n'.repeat(300) + 'END:VCARD\r\n'.repeat(300);
    expect(upgradeForImport(Buffer.from(deep), 'u').length).toBeLessThan(deep.length * 40);
  });
});
