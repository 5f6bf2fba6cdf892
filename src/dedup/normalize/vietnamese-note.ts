/** Vietnamese names without how one addresses their bearers, who may be told by a child. */
import { foldWords } from './text.ts';

/** `Mẹ Bi`, `Bố bé Na`: somebody's mother and father. */
const PARENT = /^(?:mẹ|bố)\s+(?:(?:bé|cu|của)\s+)*(?=\p{L})(.+)$|^(?:ba|má)\s+(?:bé|cu)\s+(.+)$/iu;
/** `Chị Mai`, `Thầy Quang`: what one calls people by their age and standing. */
const ADDRESSED = /^(?:chị|cô|chú|bác|dì|cậu|mợ|thím|ông|thầy|sếp)\s+(?=\p{L})/iu;
/** Doctors are addressed in two words. */
const DOCTOR = /^bác\s+(?:sĩ|sỹ)\s+/iu;
/** Asked of every name, so that hardly anybody else's comes through: all but one of these words have marks, which may stand apart. */
const MAY_BE = /^(?:ba|(?=\S*[^\x20-\x7e])[mbctôosd]\S{0,5})\s/i;

export interface VietnameseNote {
  readonly name: string;
  /** Folded names of the child that somebody is the mother of. */
  readonly kin: readonly string[];
}

/** Reads a name in one field; undefined where nobody is addressed or told by a child. */
export function vietnameseNote(text: string): VietnameseNote | undefined {
  if (!MAY_BE.test(text)) return undefined;
  const plain = text.normalize('NFC');
  const child = PARENT.exec(plain);
  if (child) return { name: '', kin: foldWords(child[1] ?? child[2]!) };
  const name = plain.replace(DOCTOR, '').replace(ADDRESSED, '');
  return name === plain ? undefined : { name, kin: [] };
}
