/** The page's addresses: everything after `#`, so that any file server can hold the page. */
import { useEffect, useState } from 'preact/hooks';

export type Route =
  | { readonly page: 'duplicates'; readonly suggestionId: string | null }
  | { readonly page: 'history'; readonly section: string | null }
  | { readonly page: 'contacts'; readonly cardId: string | null }
  | { readonly page: 'calendar'; readonly day: string | null }
  | { readonly page: 'books' }
  | { readonly page: 'set-up' }
  | { readonly page: 'account' }
  | { readonly page: 'security' }
  | { readonly page: 'administration'; readonly part: string | null; readonly id: string | null };

export type PageName = Route['page'];

/** The route of a location hash; what is unknown leads to the duplicates. */
export function readRoute(hash: string): Route {
  const [page = '', first = '', second = ''] = hash.replace(/^#?\/?/, '').split('/');
  const named = segment(first);
  if (page === 'administration') return { page, part: named, id: named === null ? null : segment(second) };
  if (page === 'contacts') return { page, cardId: named };
  if (page === 'calendar') return { page, day: named };
  if (page === 'history') return { page, section: named };
  if (page === 'books' || page === 'set-up' || page === 'account' || page === 'security') return { page };
  return { page: 'duplicates', suggestionId: page === 'duplicates' ? named : null };
}

/** The location hash of a route: `readRoute` gives the route back. */
export function routeHref(route: Route): string {
  return `#/${[route.page, ...segmentsOf(route).map(encodeURIComponent)].join('/')}`;
}

function segmentsOf(route: Route): string[] {
  const given = (...segments: (string | null)[]) => segments.filter((each) => each !== null);
  if (route.page === 'administration') return given(route.part, route.id);
  if (route.page === 'duplicates') return given(route.suggestionId);
  if (route.page === 'contacts') return given(route.cardId);
  if (route.page === 'history') return given(route.section);
  return route.page === 'calendar' ? given(route.day) : [];
}

/** Goes to a route; `replace` leaves no step in the browser's history. */
export function go(route: Route, how: 'push' | 'replace' = 'push'): void {
  const href = routeHref(route);
  if (how === 'push') location.hash = href;
  else location.replace(href);
}

/** The route of the page's address, followed as it changes. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => readRoute(location.hash));
  useEffect(() => {
    const follow = () => setRoute(readRoute(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}

const segment = (text: string): string | null => (text === '' ? null : safelyDecoded(text));

function safelyDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
