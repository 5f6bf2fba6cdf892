/** The page's addresses. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Route, readRoute, routeHref } from '../../src/web/router.ts';

const anyId = fc.oneof(
  fc.uuid(),
  fc.string({ minLength: 1 }).filter((text) => text.isWellFormed()),
);
const anyRoute: fc.Arbitrary<Route> = fc.oneof(
  fc.record({ page: fc.constant('duplicates' as const), suggestionId: fc.option(anyId) }),
  fc.record({ page: fc.constant('contacts' as const), cardId: fc.option(anyId) }),
  fc.record({ page: fc.constant('calendar' as const), day: fc.option(anyId) }),
  fc.record({ page: fc.constant('history' as const), section: fc.option(anyId) }),
  fc.constantFrom<Route>({ page: 'books' }, { page: 'set-up' }, { page: 'account' }, { page: 'security' }),
  fc
    .record({ page: fc.constant('administration' as const), part: fc.option(anyId), id: fc.option(anyId) })
    .map((route) => (route.part === null ? { ...route, id: null } : route)),
);

describe('addresses of the page', () => {
  it('gives every route back that it wrote', () => {
    fc.assert(
      fc.property(anyRoute, (route) => {
        expect(readRoute(routeHref(route))).toEqual(route);
      }),
    );
  });

  it('leads to the duplicates from an empty or unknown address', () => {
    for (const hash of ['', '#', '#/', '#/nowhere/at/all']) {
      expect(readRoute(hash)).toEqual({ page: 'duplicates', suggestionId: null });
    }
  });

  it('reads any address without failing', () => {
    fc.assert(
      fc.property(fc.string(), (hash) => {
        expect(readRoute(`#/duplicates/${hash}`)).toHaveProperty('page');
      }),
    );
    expect(readRoute('#/contacts/%E0%A4%A')).toEqual({ page: 'contacts', cardId: null });
  });
});
