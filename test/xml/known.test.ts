/** Bodies that were read before in another filling: what is made of them is what the parser makes of them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseKnownXml } from '../../src/xml/known.ts';
import { parseXml } from '../../src/xml/parse.ts';

/** What reading gives: the element, or the refusal. */
function read(parse: (octets: Buffer) => unknown, text: string): unknown {
  try {
    return parse(Buffer.from(text));
  } catch (error) {
    return `${(error as { code?: string }).code}: ${(error as Error).message}`;
  }
}

const BODIES: Record<string, string> = {
  'one token': '<D:sync-collection xmlns:D="DAV:"><D:sync-token>urn:a:1</D:sync-token><D:prop/></D:sync-collection>',
  'an empty token': '<sync-collection xmlns="DAV:"><sync-token></sync-token></sync-collection>',
  'an empty token beside a full one': '<a xmlns="DAV:"><sync-token/><sync-token>t</sync-token></a>',
  'hrefs with blanks between': '<m xmlns="DAV:">\n <href>/a</href>\n\t<href>/b</href>\n\n<href>/c</href>\n</m>',
  'hrefs of two prefixes':
    '<D:m xmlns:D="DAV:" xmlns:E="DAV:"><D:href>/a</D:href><E:href>/b</E:href><D:href>/c</D:href></D:m>',
  'hrefs with text between': '<m xmlns="DAV:"><href>/a</href>and<href>/b</href></m>',
  'hrefs below others': '<m xmlns="DAV:"><a><href>/a</href><href>/b</href></a><b><href>/c</href></b></m>',
  'a comment that holds one': '<m xmlns="DAV:"><!-- <href>/a</href> --><href/></m>',
  'octets that stand for others': '<m xmlns="DAV:"><href>/a&amp;b</href><href>/c]]&gt;</href><href>&#47;d</href></m>',
  'a CDATA section': '<m xmlns="DAV:"><href><![CDATA[<href>/a</href>]]></href></m>',
  'a processing instruction': '<?xml version="1.0"?><m xmlns="DAV:"><?a <href>/a</href>?><href/></m>',
  'a name that is not ASCII': '<m xmlns="DAV:"><href>/ä</href><href>/b</href></m>',
  'carriage returns': '<m xmlns="DAV:">\r\n<href>/a</href>\r\n<href>/b\r\n</href></m>',
  'an href as the root': '<href xmlns="DAV:">/a</href>',
  'an href alone': '<href>/a</href>',
  'a prefix that nobody declared': '<m xmlns="DAV:"><X:href>/a</X:href></m>',
  'an end that is missing': '<m xmlns="DAV:"><href>/a</href>',
  'a document type': '<!DOCTYPE m><m xmlns="DAV:"><href>/a</href></m>',
  'no root': ' <href>/a</href> <href>/b</href>',
  nothing: '',
};

describe('a body that may have been read before', () => {
  it.each(Object.entries(BODIES))('with %s is read as the parser reads it', (_, text) => {
    for (const filled of [
      text,
      text.replaceAll('/', '/other/').replaceAll('</other/', '</').replaceAll('/other/>', '/>'),
    ])
      for (let use = 0; use < 2; use++) expect(read(parseKnownXml, filled)).toEqual(read(parseXml, filled));
  });

  it('is read as the parser reads it, whatever it holds', () => {
    const name = fc.constantFrom('href', 'D:href', 'sync-token', 'D:sync-token', 'prop', 'D:x');
    const word = fc.string({
      unit: fc.constantFrom('a', '/', ' ', '\n', '\r', '&amp;', '&', ']', '>', 'ü', '%'),
      maxLength: 5,
    });
    const { element } = fc.letrec<{ element: string; inner: string }>((tie) => ({
      element: fc.oneof(
        fc.tuple(name, tie('inner')).map(([tag, inner]) => `<${tag}>${inner}</${tag}>`),
        name.map((tag) => `<${tag}/>`),
        fc.constantFrom(
          '<!-- <href>a</href> -->',
          '<![CDATA[<href>b</href>]]>',
          '<?c <href>d</href>?>',
          '<href a="b"/>',
        ),
      ),
      inner: fc.oneof(
        { maxDepth: 3 },
        word,
        fc.array(fc.oneof(tie('element'), word), { maxLength: 4 }).map((all) => all.join('')),
      ),
    }));
    fc.assert(
      fc.property(fc.array(element, { maxLength: 5 }), (all) => {
        const text = `<root xmlns="DAV:" xmlns:D="DAV:">${all.join('')}</root>`;
        expect(read(parseKnownXml, text)).toEqual(read(parseXml, text));
      }),
    );
  });
});
