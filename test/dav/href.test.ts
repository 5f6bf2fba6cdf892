/** Paths and hrefs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DavError } from '../../src/dav/error.ts';
import { collectionHref, hrefOf, parsePath, pathOfHref } from '../../src/dav/href.ts';

describe('parsePath', () => {
  it('decodes each segment once and drops empty ones (RFC 3986 §2.1)', () => {
    expect(parsePath('/dav//a%20b/%C3%BC@x/')).toEqual(['dav', 'a b', 'ü@x']);
    expect(parsePath('/a%2541')).toEqual(['a%41']);
  });

  it.each(['/a/../b', '/a/%2e%2E/b', '/./a', '/a%2Fb', '/a%5Cb', '/a%00', '/a%0d%0a', '/%', '/%ff'])(
    'refuses %s, which could be read in two ways',
    (path) => {
      expect(() => parsePath(path)).toThrow(DavError);
    },
  );

  it('gives back every path that it wrote', () => {
    const segment = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 40 })
      .filter((text) => text.isWellFormed() && !/[/\\\p{Cc}]/u.test(text) && text !== '.' && text !== '..');
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 6 }), fc.boolean(), (path, isCollection) => {
        const href = isCollection ? collectionHref(path) : hrefOf(path);
        expect(parsePath(href)).toEqual(path);
        expect(href).toMatch(/^[\x21-\x7e]+$/);
      }),
    );
  });
});

describe('pathOfHref', () => {
  it('takes absolute paths and URIs of this server, with or without the default port (RFC 4918 §8.3)', () => {
    for (const href of ['/a/b', 'http://h/a/b', 'https://H:443/a/b?q#f', 'http://u:p@h/a/b', ' /a/b ']) {
      expect(pathOfHref(href, ['h']), href).toEqual(['a', 'b']);
    }
    expect(pathOfHref('https://public.example/a', ['h:8008', 'public.example'])).toEqual(['a']);
    expect(pathOfHref('http://other/a', ['h'])).toBeUndefined();
    expect(pathOfHref('http://h:8080/a', ['h'])).toBeUndefined();
  });

  it('refuses what is neither (RFC 4918 §8.3)', () => {
    for (const href of ['a/b', '', '?x']) expect(() => pathOfHref(href, ['h'])).toThrow(DavError);
  });
});
