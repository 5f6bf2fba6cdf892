/** The form of a card while it is being filled in. */
import { describe, expect, it } from 'vitest';
import { NEW_FORM, wholeName, withItem, withNamePart } from '../../src/web/pages/contacts/card-form.ts';

describe('the displayed name', () => {
  it('follows the parts of the name until it has words of its own', () => {
    const named = withNamePart(withNamePart(NEW_FORM, 1, 'Ann'), 0, 'Dyk');
    expect(named.displayName).toBe('Ann Dyk');
    const own = withNamePart({ ...named, displayName: 'Annie' }, 0, 'Doe');
    expect([own.displayName, wholeName(own.name)]).toEqual(['Annie', 'Ann Doe']);
  });
});

describe('a list in the form', () => {
  it('has an item replaced or taken out in its place', () => {
    expect(withItem(['a', 'b', 'c'], 1, 'x')).toEqual(['a', 'x', 'c']);
    expect(withItem(['a', 'b', 'c'], 1, null)).toEqual(['a', 'c']);
  });
});
