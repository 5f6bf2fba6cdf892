/** Reads a DAV request body: namespaces resolved, no DOCTYPE, no entities of its own, bounded depth and counts. */
import { isUtf8 } from 'node:buffer';
import { SaxesParser } from 'saxes';
import { AppError } from '../base/errors.ts';
import type { Attribute, Element } from './element.ts';
import { clark } from './names.ts';

export interface XmlLimits {
  /** Most open elements at once. */
  readonly depth: number;
  /** Most elements in the document. */
  readonly elements: number;
  /** Most attributes of one element, namespace declarations included. */
  readonly attributes: number;
}

export const XML_LIMITS: XmlLimits = { depth: 64, elements: 200_000, attributes: 64 };

const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';

interface Building {
  readonly element: Element;
  readonly content: (Element | string)[];
}

/**
 * Parses `octets` (UTF-8, or UTF-16 with a byte order mark) to its root element.
 * Throws AppError `invalid` with code `malformed-xml` (line and column in the message) or `xml-limit` when a cap is passed.
 */
export function parseXml(octets: Uint8Array, limits: XmlLimits = XML_LIMITS): Element {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: Building[] = [];
  const document: Building = { element: emptyElement, content: [] };
  let elements = 0;
  let attributes = 0;
  const fail = (reason: string, code = 'malformed-xml'): never => {
    throw new AppError(
      'invalid',
      code,
      `The XML body is refused: ${reason} (line ${parser.line}, column ${parser.column}).`,
      { line: parser.line, column: parser.column },
    );
  };
  parser.on('error', (error) => fail(error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')));
  parser.on('doctype', () => fail('a document type declaration is not accepted'));
  parser.on('opentagstart', () => {
    attributes = 0;
    if (open.length >= limits.depth) fail(`more than ${limits.depth} elements are nested`, 'xml-limit');
    if (++elements > limits.elements) fail(`more than ${limits.elements} elements`, 'xml-limit');
  });
  parser.on('attribute', () => {
    if (++attributes > limits.attributes) fail(`more than ${limits.attributes} attributes on one element`, 'xml-limit');
  });
  parser.on('opentag', (tag) => {
    const building = startElement(tag, (open.at(-1) ?? document).element.language);
    (open.at(-1) ?? document).content.push(building.element);
    open.push(building);
  });
  parser.on('closetag', () => void open.pop());
  const addText = (text: string) => void open.at(-1)?.content.push(text);
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(decodeXml(octets)).close();
  const root = document.content[0];
  if (root === undefined || typeof root === 'string') return fail('there is no root element');
  return root;
}

const emptyElement: Element = {
  name: '{}',
  namespace: '',
  local: '',
  prefix: '',
  attributes: [],
  content: [],
  language: '',
};

interface OpenTag {
  readonly prefix: string;
  readonly local: string;
  readonly uri: string;
  readonly attributes: Readonly<Record<string, { prefix: string; local: string; uri: string; value: string }>>;
}

function startElement(tag: OpenTag, inheritedLanguage: string): Building {
  const attributes: Attribute[] = [];
  let language = inheritedLanguage;
  for (const { prefix, local, uri, value } of Object.values(tag.attributes)) {
    if (uri === XMLNS) continue;
    if (uri === XML && local === 'lang') language = value;
    else attributes.push({ prefix, namespace: uri, local, value });
  }
  const content: (Element | string)[] = [];
  const { uri: namespace, local, prefix } = tag;
  return {
    element: { name: clark(namespace, local), namespace, local, prefix, attributes, content, language },
    content,
  };
}

function decodeXml(octets: Uint8Array): string {
  if (octets[0] === 0xff && octets[1] === 0xfe) return new TextDecoder('utf-16le').decode(octets);
  if (octets[0] === 0xfe && octets[1] === 0xff) return new TextDecoder('utf-16be').decode(octets);
  if (!isUtf8(octets)) {
    throw new AppError('invalid', 'malformed-xml', 'The XML body is refused: its octets are not UTF-8.');
  }
  return new TextDecoder('utf-8').decode(octets);
}
