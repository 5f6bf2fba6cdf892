/** The page's addresses: everything after `#`, so that any file server can hold the page. */
import { useEffect, useState } from 'preact/hooks';

export type Route =
  | { readonly page: 'duplicates'; readonly suggestionId: string | null }
  | { readonly page: 'history'; readonly section: string | null }
  | { readonly page: 'contacts'; readonly cardId: string | null }
  | { readonly page: 'calendar'; readonly day: string | null }
  | { readonly page: 'books' }
  | { readonly page: 'set-up' }
  | { readonly page: 'account' };

export type PageName = Route['page'];

/** The route of a location hash; what is unknown leads to the duplicates. */
export function readRoute(hash: string): Route {
  const [page = '', id = ''] = hash.replace(/^#?\/?/, '').split('/');
  const named = id === '' ? null : safelyDecoded(id);
  if (page === 'contacts') return { page, cardId: named };
  if (page === 'calendar') return { page, day: named };
  if (page === 'history') return { page, section: named };
  if (page === 'books' || page === 'set-up' || page === 'account') return { page };
  return { page: 'duplicates', suggestionId: page === 'duplicates' ? named : null };
}

/** The location hash of a route: `readRoute` gives the route back. */
export function routeHref(route: Route): string {
  const id = idOf(route);
  return `#/${route.page}${id === null ? '' : `/${encodeURIComponent(id)}`}`;
}

function idOf(route: Route): string | null {
  if (route.page === 'duplicates') return route.suggestionId;
  if (route.page === 'contacts') return route.cardId;
  if (route.page === 'history') return route.section;
  return route.page === 'calendar' ? route.day : null;
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

function safelyDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
