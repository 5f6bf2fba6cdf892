/** Evidence of the engine, codes with parameters, in the reader's words. */
import type { Evidence } from '../../api/contract.ts';
import { sayIfKnown } from './say.ts';

/** One line of evidence as a phrase; an unknown code is spelt out, so that newer engines stay readable. */
export function sayEvidence(evidence: Evidence): string {
  return sayIfKnown(`evidence.${evidence.code}`, evidence.params) ?? spelledOut(evidence);
}

/** The one-line reason for a cluster: what speaks for it, strongest first. */
export function sayReasons(reasons: readonly Evidence[], most = 3): string {
  const inFavour = reasons.filter((reason) => reason.weight > 0);
  const phrases = (inFavour.length > 0 ? inFavour : reasons).map(sayEvidence);
  return [...new Set(phrases)].slice(0, most).join(' · ');
}

function spelledOut(evidence: Evidence): string {
  const words = evidence.code.replace(/[-_.]+/g, ' ');
  const value = evidence.params['value'];
  return value === undefined ? words : `${words}: ${value}`;
}
