/** Writes XML as strings: fixed prefixes, escaped text, carriage returns kept as character references. */
import type { Attribute, Element } from './element.ts';
import { type Name, PREFIXES, partsOf } from './names.ts';

const SPECIAL = /[&<>\r]/;
// XML 1.0 §2.2 has no way to write these: one such character would make the whole answer unreadable.
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const HAS_ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** Escapes character data. CR becomes `&#13;`, else a parser would turn CRLF into LF (XML 1.0 §2.11); illegal characters go. */
export function escapeXml(text: string): string {
  const legal = HAS_ILLEGAL.test(text) ? text.replace(ILLEGAL, '') : text;
  if (!SPECIAL.test(legal)) return legal;
  return legal.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');
}

/** Escapes an attribute value for double quotes. */
function escapeAttribute(value: string): string {
  return escapeXml(value).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

interface Tag {
  readonly open: string;
  readonly close: string;
  readonly empty: string;
}

const tags = new Map<Name, Tag>();

function tagOf(name: Name): Tag {
  const known = tags.get(name);
  if (known) return known;
  const { namespace, local } = partsOf(name);
  const prefix = PREFIXES.get(namespace);
  if (prefix) {
    const tag = { open: `<${prefix}:${local}>`, close: `</${prefix}:${local}>`, empty: `<${prefix}:${local}/>` };
    // Only our own namespaces are remembered: a client could fill the map with names of its own.
    if (tags.size < 1000) tags.set(name, tag);
    return tag;
  }
  const head = namespace === '' ? local : `X:${local} xmlns:X="${escapeAttribute(namespace)}"`;
  const close = namespace === '' ? `</${local}>` : `</X:${local}>`;
  return { open: `<${head}>`, close, empty: `<${head}/>` };
}

/** `<P:local>inner</P:local>`; `inner` is XML, already escaped. Empty content gives an empty element. */
export function element(name: Name, inner = ''): string {
  const tag = tagOf(name);
  return inner === '' ? tag.empty : tag.open + inner + tag.close;
}

/** An element with attributes without namespace, in the order given; undefined ones are left out. */
export function elementWith(name: Name, attributes: Readonly<Record<string, string | undefined>>, inner = ''): string {
  let written = '';
  for (const [local, value] of Object.entries(attributes))
    if (value !== undefined) written += ` ${local}="${escapeAttribute(value)}"`;
  const tag = tagOf(name);
  if (inner === '') return `${tag.empty.slice(0, -2)}${written}/>`;
  return `${tag.open.slice(0, -1)}${written}>${inner}${tag.close}`;
}

/** An element holding escaped text. */
export function textElement(name: Name, text: string): string {
  return element(name, escapeXml(text));
}

/** `<D:href>` for a path that is already percent-encoded. */
export function hrefElement(href: string): string {
  return `<D:href>${escapeXml(href)}</D:href>`;
}

/** Declarations of every fixed prefix, for a root element. */
const DECLARATIONS: string = [...PREFIXES].map(([namespace, prefix]) => ` xmlns:${prefix}="${namespace}"`).join('');

const PROLOG = '<?xml version="1.0" encoding="utf-8"?>\n';

/** Start and end of a document whose root declares every fixed prefix. */
export function documentEnds(root: Name): { readonly start: string; readonly end: string } {
  const tag = tagOf(root);
  return { start: `${PROLOG}${tag.open.slice(0, -1)}${DECLARATIONS}>`, end: tag.close };
}

/** A whole document; `inner` is XML. */
export function xmlDocument(root: Name, inner: string): string {
  const { start, end } = documentEnds(root);
  return start + inner + end;
}

/**
 * Writes an element that was read so that it stands alone: its own prefixes, every namespace declared where it is first
 * used, the language in scope on the root (RFC 4918 §4.3). Used to keep dead properties.
 */
export function standaloneXml(source: Element): string {
  return written(source, new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]), '');
}

function written(source: Element, scope: ReadonlyMap<string, string>, language: string): string {
  const inner = new Map(scope);
  let attributes = '';
  const declare = (prefix: string, namespace: string) => {
    if ((inner.get(prefix) ?? '') === namespace) return;
    inner.set(prefix, namespace);
    attributes +=
      prefix === '' ? ` xmlns="${escapeAttribute(namespace)}"` : ` xmlns:${prefix}="${escapeAttribute(namespace)}"`;
  };
  declare(source.prefix, source.namespace);
  for (const { prefix, namespace } of source.attributes) if (prefix !== '') declare(prefix, namespace);
  if (source.language !== language) attributes += ` xml:lang="${escapeAttribute(source.language)}"`;
  for (const attribute of source.attributes)
    attributes += ` ${qualified(attribute)}="${escapeAttribute(attribute.value)}"`;
  const name = qualified(source);
  let content = '';
  for (const node of source.content)
    content += typeof node === 'string' ? escapeXml(node) : written(node, inner, source.language);
  return content === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${content}</${name}>`;
}

function qualified(named: Pick<Attribute, 'prefix' | 'local'>): string {
  return named.prefix === '' ? named.local : `${named.prefix}:${named.local}`;
}
