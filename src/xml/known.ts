/** Bodies that were read before: clients send the same few over and over, but for the hrefs and the sync token in them. */
import { isAscii } from 'node:buffer';
import { remembering } from '../base/remembering.ts';
import { childrenOf, type Element } from './element.ts';
import { parseXml, XML_LIMITS } from './parse.ts';

/** Longer forms are hardly ever the same. */
const LONGEST = 1024;
const MOST = 500;
const readText = remembering(MOST, (text) => parseXml(Buffer.from(text, 'latin1')));

/** An element that holds nothing but text which differs from body to body: printable ASCII that stands for itself. */
const VARYING = /<((?:[\w.-]+:)?(?:href|sync-token))>([\t\n -%'-;=-\\^-~]*)<\/\1>/g;
/** Beyond, the parser counts them. */
const MOST_VARYING = XML_LIMITS.elements / 2;
/** What may hide such an element from the parser. */
const HIDING = /<!|.<\?/s;
const BLANK = /^[\t\n ]*$/;

/** Elements of one name, one after the other: their texts, and the blanks behind each but the last. */
interface Run {
  readonly tag: string;
  readonly texts: string[];
  readonly blanks: string[];
}

interface Form {
  /** The body with one empty element for each run. */
  readonly text: string;
  readonly runs: readonly Run[];
}

/** As `parseXml` with its own limits. What it returns may have been returned before: nobody changes an element. */
export function parseKnownXml(octets: Buffer): Element {
  const text = octets.toString('latin1');
  const form = isAscii(octets) && !HIDING.test(text) ? formOf(text) : undefined;
  if (form && form.runs.length > 0 && form.text.length <= LONGEST) return filled(form) ?? parseXml(octets);
  return text.length > LONGEST ? parseXml(octets) : readText(text);
}

function formOf(text: string): Form {
  const runs: Run[] = [];
  let written = '';
  let end = 0;
  for (const match of text.matchAll(VARYING)) {
    const [whole, tag = '', value = ''] = match;
    const between = text.slice(end, match.index);
    const run = runs.at(-1);
    if (run?.tag === tag && BLANK.test(between)) {
      run.blanks.push(between);
      run.texts.push(value);
    } else {
      written += `${between}<${tag}/>`;
      runs.push({ tag, texts: [value], blanks: [] });
    }
    end = match.index + whole.length;
  }
  return { text: written + text.slice(end), runs };
}

/** The element that a body says; undefined where the parser must see the body itself. */
function filled({ text, runs }: Form): Element | undefined {
  const form = readForm(text);
  const count = runs.reduce((sum, { texts }) => sum + texts.length, 0);
  if (form?.slots.size !== runs.length || form.slots.has(form.root) || count > MOST_VARYING) return undefined;
  let next = 0;
  const fill = (element: Element): Element => {
    if (!form.above.has(element)) return element;
    return { ...element, content: element.content.flatMap((node) => inPlace(node)) };
  };
  const inPlace = (node: Element | string): Element | string | (Element | string)[] => {
    if (typeof node === 'string') return node;
    return form.slots.has(node) ? elementsOf(node, runs[next++]!) : fill(node);
  };
  return fill(form.root);
}

function elementsOf(slot: Element, { texts, blanks }: Run): (Element | string)[] {
  const elements: (Element | string)[] = [];
  for (const [at, text] of texts.entries()) {
    elements.push({ ...slot, content: text === '' ? [] : [text] });
    if (blanks[at]) elements.push(blanks[at]);
  }
  return elements;
}

interface ReadForm {
  readonly root: Element;
  /** Empty elements of the varying names. */
  readonly slots: ReadonlySet<Element>;
  /** The elements that slots are in. */
  readonly above: ReadonlySet<Element>;
}

const readForm = remembering<ReadForm | null>(MOST, (text) => {
  try {
    return slotsIn(parseXml(Buffer.from(text, 'latin1')));
  } catch {
    // where it is wrong is said of the body, not of its form
    return null;
  }
});

function slotsIn(root: Element): ReadForm {
  const slots = new Set<Element>();
  const above = new Set<Element>();
  const look = (element: Element): boolean => {
    if (element.content.length === 0 && (element.local === 'href' || element.local === 'sync-token')) {
      slots.add(element);
      return true;
    }
    const holds = childrenOf(element).map(look).some(Boolean);
    if (holds) above.add(element);
    return holds;
  };
  look(root);
  return { root, slots, above };
}
