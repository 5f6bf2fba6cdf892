/** Pictures, sounds and keys inside a card: `ENCODING=b` of 3.0, `data:` URIs of 4.0 (RFC 6350 §6.2.4, RFC 2397), links. */
import { type ContentLine, parameter, typeWords } from '../contentline/content-line.ts';
import { unescapeText } from '../contentline/value.ts';
import { isBase64 } from './upgrade.ts';

/** Type words of 3.0 that do not spell their media type. */
const MEDIA_WORDS: Readonly<Record<string, string>> = {
  PGP: 'application/pgp-keys',
  X509: 'application/pkix-cert',
  JPG: 'image/jpeg',
  SVG: 'image/svg+xml',
  WAVE: 'audio/wav',
  BASIC: 'audio/basic',
};
const MEDIA_FAMILY: Readonly<Record<string, string>> = {
  PHOTO: 'image',
  LOGO: 'image',
  SOUND: 'audio',
  KEY: 'application',
};

/** `JPEG` on a PHOTO to `image/jpeg`; a full media type stays; undefined where the word says nothing. */
export function mediaTypeOf(property: string, word: string): string | undefined {
  if (/^[\w.+-]+\/[\w.+-]+$/.test(word)) return word.toLowerCase();
  const family = MEDIA_FAMILY[property];
  if (family === undefined || !/^[\w.+-]+$/.test(word)) return undefined;
  return MEDIA_WORDS[word.toUpperCase()] ?? `${family}/${word.toLowerCase()}`;
}

/** `image/jpeg` to the word that 3.0 writes, `JPEG`; a type of another family stays whole. */
export function mediaWordOf(property: string, mediaType: string): string {
  const short = Object.keys(MEDIA_WORDS).find(
    (word) => word !== 'JPG' && MEDIA_WORDS[word] === mediaType.toLowerCase(),
  );
  if (short !== undefined) return short;
  const [family, word] = mediaType.split('/');
  return family?.toLowerCase() === MEDIA_FAMILY[property] && word ? word.toUpperCase() : mediaType;
}

/** The parts of a `data:` URI with base64 content, or undefined for any other value. */
export function readDataUri(value: string): { readonly mediaType: string; readonly base64: string } | undefined {
  if (!/^data:/i.test(value)) return undefined;
  const comma = value.indexOf(',');
  const head = value.slice(5, comma).replaceAll('\\', '');
  if (comma < 0 || comma > 300 || !/;base64$/i.test(head)) return undefined;
  return { mediaType: head.slice(0, -7), base64: value.slice(comma + 1) };
}

/** What a PHOTO, LOGO, SOUND or KEY line holds: its octets, or the address it links to. */
export interface Media {
  readonly mediaType: string | undefined;
  readonly octets: Buffer;
  readonly link: string | undefined;
}

/** Reads the content of one line; a value that is neither base64 nor a `data:` URI is a link (possibly empty). */
export function mediaOf(line: ContentLine): Media {
  const data = readDataUri(line.value.trim());
  if (data)
    return {
      mediaType: data.mediaType.split(';')[0]!.toLowerCase() || undefined,
      octets: decode(data.base64),
      link: undefined,
    };
  const word = parameter(line, 'MEDIATYPE') ?? typeWords(line).find((type) => !NOT_A_TYPE.test(type));
  const mediaType = word === undefined ? undefined : mediaTypeOf(line.name, word);
  if (isBase64(line)) return { mediaType, octets: decode(line.value), link: undefined };
  return { mediaType, octets: Buffer.alloc(0), link: unescapeText(line.value).trim() };
}

const NOT_A_TYPE = /^(?:pref|b|base64|quoted-printable|home|work|uri|url)$/i;

const decode = (base64: string): Buffer => Buffer.from(base64, 'base64');
