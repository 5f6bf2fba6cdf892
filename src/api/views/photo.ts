/** The picture inside a card, given out only when its octets really are one of the formats a browser draws without running anything. */
import { parameter } from '../../contentline/content-line.ts';
import { type Card, linesNamed } from '../../vcard/card.ts';

export interface Photo {
  readonly mediaType: string;
  readonly octets: Buffer;
}

/** Told by the first octets, never by what the card claims: an SVG or a page under an image's name would run scripts. */
const SIGNATURES: readonly { readonly mediaType: string; readonly matches: (octets: Buffer) => boolean }[] = [
  { mediaType: 'image/jpeg', matches: (octets) => octets.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) },
  {
    mediaType: 'image/png',
    matches: (octets) => octets.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')),
  },
  { mediaType: 'image/gif', matches: (octets) => /^GIF8[79]a$/.test(octets.toString('latin1', 0, 6)) },
  {
    mediaType: 'image/webp',
    matches: (octets) => octets.toString('latin1', 0, 4) === 'RIFF' && octets.toString('latin1', 8, 12) === 'WEBP',
  },
];

/** The first inline picture of a card, or undefined: linked pictures are never fetched. */
export function photoOf(card: Card): Photo | undefined {
  for (const line of linesNamed(card, 'PHOTO')) {
    const data = /^data:[^,]*;base64,/i.exec(line.value)?.[0];
    const inline = data !== undefined || /^b(ase64)?$/i.test(parameter(line, 'ENCODING') ?? parameter(line, '') ?? '');
    if (!inline && /^[a-z][a-z0-9+.-]*:/i.test(line.value)) continue;
    const octets = Buffer.from(line.value.slice(data?.length ?? 0), 'base64');
    const format = SIGNATURES.find((signature) => signature.matches(octets));
    if (format) return { mediaType: format.mediaType, octets };
  }
  return undefined;
}
