/** What a PROPFIND or a report asks for of each resource (RFC 4918 §9.1). */
import { child, childrenOf, type Element } from '../xml/element.ts';
import { dav, type Name } from '../xml/names.ts';
import { DavError } from './error.ts';

/** Which properties an answer holds. */
export interface Asked {
  readonly mode: 'prop' | 'allprop' | 'propname';
  /** The names of `prop`, or those of `include` beside allprop. */
  readonly names: readonly Name[];
}

const ALLPROP: Asked = { mode: 'allprop', names: [] };

/** Reads `prop`, `allprop` with `include`, or `propname` inside a PROPFIND or report body; no choice means allprop. */
export function askedIn(body: Element | undefined): Asked {
  if (!body) return ALLPROP;
  const prop = child(body, dav('prop'));
  const allprop = child(body, dav('allprop'));
  const propname = child(body, dav('propname'));
  if ([prop, allprop, propname].filter(Boolean).length > 1)
    throw DavError.badRequest('Only one of prop, allprop and propname may be asked for.');
  if (prop) return { mode: 'prop', names: namesIn(prop) };
  if (propname) return { mode: 'propname', names: [] };
  const include = child(body, dav('include'));
  return { mode: 'allprop', names: include ? namesIn(include) : [] };
}

/** Every member answers for every name, so that their number is bounded. */
const MOST_NAMES = 1000;

function namesIn(list: Element): Name[] {
  const names = [...new Set(childrenOf(list).map(({ name }) => name))];
  if (names.length > MOST_NAMES)
    throw DavError.badRequest(`One request may ask for ${MOST_NAMES} properties; this one asks for ${names.length}.`);
  return names;
}
