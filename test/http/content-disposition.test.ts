import { describe, expect, it } from 'vitest';
import { contentDisposition } from '../../src/http/content-disposition.ts';

describe('a file to be saved (RFC 6266)', () => {
  it('bears its name in both ways where every client reads it', () => {
    expect(contentDisposition('My contacts', 'vcf')).toBe(
      `attachment; filename="My contacts.vcf"; filename*=UTF-8''My%20contacts.vcf`,
    );
  });

  it('bears a plain name beside the real one in any script, with quotes or a path', () => {
    for (const name of ['Zoës Karten', 'a"b', '../x', '.profile', '50%', ''])
      expect(contentDisposition(name, 'ics')).toMatch(
        /^attachment; filename="export\.ics"; filename\*=UTF-8''[\w%.-]+$/,
      );
    expect(contentDisposition("it's (new)*", 'ics')).toContain("''it%27s%20%28new%29%2A.ics");
  });
});
