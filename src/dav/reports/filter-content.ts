/** What the elements of a query's filter may hold: a condition that is not known cannot be left out, since more would match than was asked for. */
import { childrenOf, type Element } from '../../xml/element.ts';
import type { Name } from '../../xml/names.ts';
import { DavError } from '../error.ts';

/** Local names of the conditions that each element of a filter may hold, by its own local name. */
export type FilterContent = Readonly<Record<string, readonly string[]>>;

/**
 * Throws 403 `supported-filter` for a condition of the report's own namespace that the element may not hold (RFC 4791 §7.8, RFC 6352
 * §8.6). Elements of foreign namespaces are left out, as everywhere in DAV bodies (RFC 4918 §17).
 */
export function requireKnown(element: Element, content: FilterContent, named: (local: string) => Name): void {
  const known = content[element.local]!.map(named);
  const unknown = childrenOf(element).find(({ name }) => name.startsWith(named('')) && !known.includes(name));
  if (!unknown) return;
  const message = `${unknown.local.slice(0, 60)} is no condition of a ${element.local}.`;
  throw DavError.unmet(403, named('supported-filter'), message);
}
