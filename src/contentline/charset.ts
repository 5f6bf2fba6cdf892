/** Octets to text in the charset that a vCard 2.1 line names. */

/** Names that programs write and the Encoding Standard does not know. */
const SPELLINGS: Readonly<Record<string, string>> = { utf8: 'utf-8', latin1: 'windows-1252' };

/**
 * Decodes `octets` in the charset called `name` (any letter case); when that is unknown or does not fit, in UTF-8;
 * when that does not fit either, in Windows-1252, where every octet has a meaning. Never throws.
 */
export function decodeCharset(octets: Uint8Array, name: string): string {
  const label = SPELLINGS[name.toLowerCase()] ?? name;
  for (const attempt of [label, 'utf-8']) {
    try {
      return new TextDecoder(attempt, { fatal: true, ignoreBOM: true }).decode(octets);
    } catch {
      // an unknown label, or octets outside it: the next one is tried
    }
  }
  return new TextDecoder('windows-1252').decode(octets);
}
