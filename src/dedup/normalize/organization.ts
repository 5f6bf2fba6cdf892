/** Company names: legal forms and punctuation taken out, so that `Meier GmbH & Co. KG` meets `Meier`. */
import { remembering } from '../../base/remembering.ts';
import { foldText } from './text.ts';

const LEGAL_FORM = new Set(
  `gmbh mbh ggmbh ag kg kgaa ohg gbr ug ev eg eu ek se inc incorporated llc llp lp ltd limited plc corp corporation
  co company pty sa sas sasu sarl eurl sci snc sl slu srl spa sapa sas scrl bv nv vof cv sprl bvba ab as asa aps oy
  oyj kft zrt sro doo dd ooo oao zao pao spzoo zoo sp kk ltda lda me eireli gk yk pte pvt sdn bhd fzco fze wll as sti
  anonim sirketi holding group gruppe groupe grupo haftungsbeschraenkt haftungsbeschrankt`.split(/\s+/),
);
/** Abbreviated forms written with dots or spaces, glued before words are cut. */
const DOTTED =
  /\b(?:e\.?\s?v|e\.\s?k|e\.\s?g|s\.\s?a\.?\s?s|s\.\s?a|s\.\s?l|s\.\s?r\.?\s?l|s\.\s?p\.?\s?a|b\.\s?v|n\.\s?v|sp\.?\s?z\.?\s?o\.?\s?o|private\s+limited|s\.\s?r\.?\s?o|d\.\s?o\.?\s?o|a\.\s?s|co\.?\s?ltd|k\.\s?k)\.?(?=\s|$|,)/g;
const EAST_ASIAN_FORM = /株式会社|有限会社|合同会社|（株）|\(株\)|有限公司|股份|集团|주식회사|\(주\)/g;

const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** A company's name in characters is no other spelling of its name in Latin letters, which translates it as often as not. */
export const areInOneScript = (one: string, other: string): boolean => isLatin(one) === isLatin(other);
export const isLatin = (name: string): boolean => !EAST_ASIAN.test(name);

/**
 * Folded words of the name without legal form, joined by spaces; empty when nothing is left. Chinese, Japanese and Korean
 * characters stay, since their readings say little.
 */
export const normalizeOrganization = remembering(50_000, (text) => {
  if (EAST_ASIAN.test(text))
    return text.normalize('NFKC').replace(EAST_ASIAN_FORM, ' ').replace(/\s+/g, '').toLowerCase();
  const bare = foldText(text).replace(DOTTED, ' ');
  const words = bare.replace(/['`.]/g, '').match(/[a-z0-9]+/g) ?? [];
  const kept = words.filter((word) => !LEGAL_FORM.has(word) && word !== 'und' && word !== 'and' && word !== 'the');
  return (kept.length > 0 ? kept : words).join(' ');
});

/** True when the text names a legal form as its own word: a company, not a person. */
export function hasLegalForm(text: string): boolean {
  if (EAST_ASIAN_FORM.test(text)) {
    EAST_ASIAN_FORM.lastIndex = 0;
    return true;
  }
  return /(?:^|[\s,&])(?:gmbh|ggmbh|mbh|kg|kgaa|ohg|gbr|e\.?\s?v\.|inc\.?|llc|llp|ltd\.?|pvt\.?|pty\.?|plc|corp\.?|s\.?a\.?r\.?l\.?|s\.r\.l\.?|sp\.? ?z ?o\.? ?o\.?|b\.v\.|n\.v\.|oy|ооо|зао|пао)(?:$|[\s,&])/i.test(
    text,
  );
}
