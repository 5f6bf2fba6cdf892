/** Why these cards are held to be one person: the evidence of the proposed reference with each other card. */
import type { SuggestionDetail } from '../../../api/contract/suggestions.ts';
import type { Evidence } from '../../../api/contract/words.ts';
import { sayEvidence, tellingEvidence } from '../../messages/evidence.ts';
import { say, sayPercent, sayWeight } from '../../messages/say.ts';
import { Icon } from '../../parts/icon.tsx';

/** Below this probability the pair that a cluster hangs on deserves a look of its own. */
const DOUBTFUL = 0.9;

export function Why(props: { detail: SuggestionDetail }) {
  const { detail } = props;
  const numberOf = new Map(detail.cards.map((card, index) => [card.id, index + 1]));
  const weakest = (detail.weakest?.probability ?? 1) < DOUBTFUL ? sayWeakest(detail) : null;
  const pairs = detail.pairs.toSorted((left, right) => right.probability - left.probability);
  return (
    <section class="why" aria-label={say('why.title')}>
      <h3>{say('why.title')}</h3>
      <EvidenceList lines={tellingEvidence(detail.reasons)} />
      {weakest !== null && <span class="small muted">{weakest}</span>}
      {pairs.length > 0 && (
        <details>
          <summary>{say('why.pairs', { n: pairs.length })}</summary>
          <ol class="pair-list">
            {pairs.map((pair) => (
              <li key={`${pair.a} ${pair.b}`}>
                <p>
                  <strong>{say('why.pair', { a: numberOf.get(pair.a) ?? '?', b: numberOf.get(pair.b) ?? '?' })}</strong>{' '}
                  <span class="muted">{sayPercent(pair.probability)}</span>
                </p>
                <EvidenceList lines={pair.evidence.filter((line) => line.code !== 'prior')} weights />
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}

/** Which two cards hold the cluster together least, by their columns; null when that is not known. */
export function sayWeakest({ weakest, cards }: SuggestionDetail): string | null {
  const [a, b] = [weakest?.a, weakest?.b].map((id) => cards.findIndex((card) => card.id === id) + 1);
  if (weakest === null || !a || !b) return null;
  return say('why.weakest', { a: Math.min(a, b), b: Math.max(a, b), percent: sayPercent(weakest.probability) });
}

/** `weights`: with the weight of each line (log-odds), as far as it goes into the sum. */
function EvidenceList(props: { lines: readonly Evidence[]; weights?: boolean }) {
  return (
    <ul class="evidence">
      {props.lines.map((line, index) => {
        const speaksFor = line.weight >= 0;
        return (
          <li key={index} class={speaksFor ? 'evidence-for' : 'evidence-against'}>
            <Icon name={speaksFor ? 'check' : 'close'} size={14} />
            <span class="visually-hidden">{say(speaksFor ? 'why.for' : 'why.against')}</span>
            {sayEvidence(line)}
            {props.weights && <span class="muted">{sayWeight(line.weight)}</span>}
          </li>
        );
      })}
    </ul>
  );
}
