/** Reading DAV bodies: namespaces, caps, refusals with a place. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/base/errors.ts';
import { child, childrenOf, textOf } from '../../src/xml/element.ts';
import { clark, dav } from '../../src/xml/names.ts';
import { parseXml } from '../../src/xml/parse.ts';
import { escapeXml, standaloneXml } from '../../src/xml/write.ts';

const refusal = (text: string | Buffer): AppError => {
  try {
    parseXml(Buffer.from(text));
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('was accepted');
};

describe('parseXml', () => {
  it('resolves names by namespace, whatever the prefixes (Namespaces in XML §6)', () => {
    const texts = ['<a xmlns="DAV:"><b/></a>', '<x:a xmlns:x="DAV:"><y:b xmlns:y="DAV:"/></x:a>'];
    for (const text of texts) {
      const root = parseXml(Buffer.from(text));
      expect(root.name).toBe(dav('a'));
      expect(child(root, dav('b'))).toBeDefined();
    }
  });

  it('reads a byte order mark, UTF-16 and CDATA', () => {
    expect(textOf(parseXml(Buffer.from('\ufeff<a>x<![CDATA[<y>]]></a>')))).toBe('x<y>');
    expect(textOf(parseXml(Buffer.from('\ufeff<a>ü</a>', 'utf16le')))).toBe('ü');
  });

  it('keeps the language in scope of each element (XML 1.0 §2.12)', () => {
    const root = parseXml(Buffer.from('<a xml:lang="de"><b/><c xml:lang="fr"/></a>'));
    expect(childrenOf(root).map(({ language }) => language)).toEqual(['de', 'fr']);
  });

  it.each([
    ['cut off', '<a><b></b>'],
    ['two roots', '<a/><b/>'],
    ['an unbound prefix', '<x:a/>'],
    ['an undeclared entity', '<a>&x;</a>'],
    ['a prefix undeclared by an empty namespace', '<a xmlns:b="" />'],
    ['nothing', ''],
    ['no XML', 'hello'],
  ])('refuses what is malformed with line and column: %s', (_, text) => {
    const error = refusal(text);
    expect([error.kind, error.code]).toEqual(['invalid', 'malformed-xml']);
    expect(error.message).toMatch(/line \d+, column \d+/);
  });

  it('refuses document types, and octets that are not UTF-8', () => {
    expect(refusal('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>').message).toContain('document type');
    expect(refusal(Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e])).message).toContain('UTF-8');
  });

  it('caps depth, elements and attributes without hanging', () => {
    expect(refusal('<a>'.repeat(100_000)).code).toBe('xml-limit');
    expect(refusal(`<a>${'<b/>'.repeat(200_001)}</a>`).code).toBe('xml-limit');
    const attributes = Array.from({ length: 50_000 }, (_, i) => `a${i}="1"`).join(' ');
    expect(refusal(`<a ${attributes}/>`).code).toBe('xml-limit');
  });

  it('never fails but by naming what is wrong, whatever the octets', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'<>/a"=&; !-[]x:') })), (text) => {
        try {
          parseXml(Buffer.from(text));
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('writing', () => {
  it('keeps every legal text through writing and reading, CR included (XML 1.0 §2.11)', () => {
    const legal = fc
      .string({ unit: 'binary' })
      .map((text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ''));
    fc.assert(
      fc.property(legal, (text) => {
        expect(textOf(parseXml(Buffer.from(`<a>${escapeXml(text)}</a>`)))).toBe(text);
      }),
    );
  });

  it('leaves out characters that XML cannot carry, which would make the whole answer unreadable (XML 1.0 §2.2)', () => {
    expect(escapeXml('a\u0000b\u000bc\uffff')).toBe('abc');
  });

  it('writes an element so that it stands alone and means the same', () => {
    const source =
      '<p:a xmlns:p="urn:p" xmlns="urn:d" xml:lang="de" p:x="1&amp;2"><b y="3">t<c xmlns=""/></b><p:a/></p:a>';
    const read = parseXml(Buffer.from(source));
    const again = parseXml(Buffer.from(standaloneXml(read)));
    expect(again).toEqual(read);
    expect(again.name).toBe(clark('urn:p', 'a'));
  });
});
