/** Counts of what happens, for Prometheus: runs, merges, nights, mails, synchronisations, the queue of cards. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Observer } from '../base/observer.ts';

/** What a run counts, and the metric that adds it up. */
const RUN_NUMBERS = {
  cards: { name: 'doublon_run_cards_total', help: 'Cards compared by runs of the engine.' },
  pairs: { name: 'doublon_run_pairs_total', help: 'Pairs of cards that runs of the engine found worth keeping.' },
  suggestions: { name: 'doublon_run_suggestions_total', help: 'Suggestions that runs of the engine left.' },
} as const;

const EVENTS = {
  runs: { name: 'doublon_runs_total', help: 'Runs that ended, batches of merges too.', labels: ['trigger', 'outcome'] },
  merges: { name: 'doublon_merges_total', help: 'Merges that were made.', labels: ['how'] },
  mergedCards: { name: 'doublon_merged_cards_total', help: 'Cards that merges took into another.', labels: ['how'] },
  nights: {
    name: 'doublon_nights_total',
    help: 'Nights of users that ended, or must be tried again.',
    labels: ['outcome'],
  },
  mails: { name: 'doublon_mails_total', help: 'Mails about nights and held deletions.', labels: ['about', 'outcome'] },
} as const;

function makeSyncMetrics(registry: Registry): Pick<Observer, 'synchronised' | 'staleCounted'> {
  const changes = new Histogram({
    name: 'doublon_sync_changes',
    help: 'Changes that one synchronisation of a collection told.',
    labelNames: ['kind'],
    buckets: [0, 1, 10, 100, 1000, 10_000, 100_000],
    registers: [registry],
  });
  const stale = new Gauge({
    name: 'doublon_cards_to_score',
    help: 'Cards that waited to be compared with the others when the queue was last looked at.',
    registers: [registry],
  });
  return {
    synchronised: (kind, count) => changes.observe({ kind }, count),
    staleCounted: (cards) => stale.set(cards),
  };
}

/** Makes an observer that counts into the registry. */
export function makeRunMetrics(registry: Registry): Observer {
  const counter = (metric: { name: string; help: string; labels: readonly string[] }) =>
    new Counter({ name: metric.name, help: metric.help, labelNames: [...metric.labels], registers: [registry] });
  const numbers = Object.entries(RUN_NUMBERS).map(
    ([counted, metric]) => [counted, counter({ ...metric, labels: ['trigger'] })] as const,
  );
  const duration = new Histogram({
    name: 'doublon_run_duration_seconds',
    help: 'Time that runs took, batches of merges too.',
    labelNames: ['trigger'],
    buckets: [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800],
    registers: [registry],
  });
  const runs = counter(EVENTS.runs);
  const merges = counter(EVENTS.merges);
  const mergedCards = counter(EVENTS.mergedCards);
  const nights = counter(EVENTS.nights);
  const mails = counter(EVENTS.mails);
  return {
    ...makeSyncMetrics(registry),
    runEnded: ({ trigger, outcome, seconds, numbers: counted }) => {
      runs.inc({ trigger, outcome });
      duration.observe({ trigger }, seconds);
      if (outcome === 'done') for (const [name, metric] of numbers) metric.inc({ trigger }, counted[name] ?? 0);
    },
    merged: (how, cards) => {
      merges.inc({ how });
      mergedCards.inc({ how }, cards);
    },
    nightEnded: (outcome) => nights.inc({ outcome }),
    mailEnded: (about, outcome) => mails.inc({ about, outcome }),
  };
}
