/** Man or woman, where a name itself says so: by how one is addressed, by what one is to the owner, and by Vietnamese middle words. */
import type { NameRecord } from '../types.ts';
import type { NameFields } from './name.ts';

const MAN =
  /^(?:h(?:er)?r|mr|mister|monsieur|se[nñ]or|sr|signor|sig|gospodin|dhr|haji|hajji|uncle|onkel|oncle|t[ií]o|zio|wujek|opa|grandpa|nonno|abuelo|dziadek|chacha|papa|dad|dede)(?:[.\s]|$)/i;
const WOMAN =
  /^(?:frau|m(?:rs|s|iss|me|lle|adame|ademoiselle|evr|evrouw|w)|se[nñ]or(?:a|ita)|srt?a|signor(?:a|ina)|pani|gospozha|aunt(?:ie|y)?|tante|t[ií]a|zia|ciocia|oma|granny|grandma|nonna|abuel(?:a|ita)|babcia|chachi|mama|mum|mom)(?:[.\s]|$)/i;

/** `m`, `f` or empty. */
export function genderOfName(
  { prefix, formatted }: Pick<NameFields, 'prefix' | 'formatted'>,
  name: NameRecord,
): string {
  if (name.unordered && name.middle.length > 0) {
    if (name.middle.includes('thi')) return 'f';
    if (name.middle.includes('van')) return 'm';
  }
  const addressed = prefix === '' ? formatted : prefix;
  return WOMAN.test(addressed) ? 'f' : MAN.test(addressed) ? 'm' : '';
}
