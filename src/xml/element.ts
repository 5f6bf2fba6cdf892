/** An XML element as read from a request body, with small pure readers. */
import { NAMESPACES, type Name } from './names.ts';

export interface Attribute {
  /** Prefix as written, empty for none. */
  readonly prefix: string;
  readonly namespace: string;
  readonly local: string;
  readonly value: string;
}

export interface Element {
  readonly name: Name;
  readonly namespace: string;
  readonly local: string;
  /** Prefix as written: kept so that a dead property is given back with it (RFC 4918 §4.3). */
  readonly prefix: string;
  /** Attributes without namespace declarations. */
  readonly attributes: readonly Attribute[];
  /** Child elements and text, in document order. */
  readonly content: readonly (Element | string)[];
  /** `xml:lang` in scope, the empty string when there is none. */
  readonly language: string;
}

/** Child elements in order, text left out. */
export function childrenOf(element: Element): Element[] {
  return element.content.filter((node): node is Element => typeof node !== 'string');
}

/** First child called `name`, or undefined. */
export function child(element: Element, name: Name): Element | undefined {
  for (const node of element.content) if (typeof node !== 'string' && node.name === name) return node;
  return undefined;
}

/** All children called `name`, in order. */
export function childrenNamed(element: Element, name: Name): Element[] {
  return childrenOf(element).filter((node) => node.name === name);
}

/** Value of the attribute without namespace called `local`, or undefined. */
export function attribute(element: Element, local: string): string | undefined {
  return element.attributes.find((candidate) => candidate.namespace === '' && candidate.local === local)?.value;
}

/** How many elements there are in `element`, itself included: what an evaluation of it costs grows with this. */
export function countElements(element: Element): number {
  let count = 1;
  for (const node of element.content) if (typeof node !== 'string') count += countElements(node);
  return count;
}

/** Text directly inside the element, untrimmed: CDATA and text joined. */
export function textOf(element: Element): string {
  let text = '';
  for (const node of element.content) if (typeof node === 'string') text += node;
  return text;
}

/** Trimmed texts of all `DAV:href` children. */
export function hrefsIn(element: Element): string[] {
  return childrenNamed(element, `{${NAMESPACES.dav}}href`).map((href) => textOf(href).trim());
}
