/** Pictures of cards, told apart by their octets. */
import { createHash } from 'node:crypto';
import type { ContentLine } from '../contentline/content-line.ts';
import { mediaOf } from '../vcard/media.ts';
import type { PhotoInfo } from './field-row.ts';

/** Type, size and digest of the picture of a PHOTO or LOGO line. */
export function photoInfo(line: ContentLine): PhotoInfo {
  const { mediaType, octets, link } = mediaOf(line);
  const digest = createHash('sha256')
    .update(link ?? octets)
    .digest('hex');
  return { mediaType, size: octets.length, digest, link };
}
