/** Evidence of the engine, codes with parameters, in the reader's words. */
import type { Evidence } from '../../api/contract/words.ts';
import { sayIfKnown } from './say.ts';

/** Parts of the score that say nothing about these two cards: where every pair starts from, what is so for most pairs. */
const NOT_SAID = /^(prior|kind\.individual)$/;
/** Levels that are disagreement by their name. */
const DISAGREES = /(^clash|conflict|differ|foreign|missing|apart|mute|colleague|domain|neither|\.one|\.year)/;
/** Weights nearer to nothing than this (log-odds) are not worth a word. */
const SLIGHT = 0.15;

/** One line of evidence as a phrase; an unknown code is spelt out, so that newer engines stay readable. */
export function sayEvidence(evidence: Evidence): string {
  const parts = evidence.code.split('.');
  for (let length = parts.length; length > 0; length--) {
    const said = sayIfKnown(`evidence.${parts.slice(0, length).join('.')}`, evidence.params);
    if (said !== null) return said;
  }
  return parts.join(' ').replace(/[-_]+/g, ' ');
}

/**
 * The lines worth telling, in their order: not the starting weight, nothing slight, and no agreement that weighs against
 * (a common name shared by namesakes), which only the sum explains.
 */
export function tellingEvidence(lines: readonly Evidence[]): Evidence[] {
  return lines.filter(
    ({ code, weight }) => !NOT_SAID.test(code) && Math.abs(weight) >= SLIGHT && weight < 0 === DISAGREES.test(code),
  );
}

const MOST_SAID = 3;

/** The one-line reason for a cluster: what speaks for it, strongest first. */
export function sayReasons(reasons: readonly Evidence[]): string {
  const telling = tellingEvidence(reasons);
  const inFavour = telling.filter((reason) => reason.weight > 0);
  const phrases = (inFavour.length > 0 ? inFavour : telling).map(sayEvidence);
  return [...new Set(phrases)].slice(0, MOST_SAID).join(' · ');
}
