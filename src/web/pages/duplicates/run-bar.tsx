/** Look for duplicates now, and how far the search is. */
import type { Run } from '../../../api/contract/runs.ts';
import { say, sayMoment } from '../../messages/say.ts';
import { Icon } from '../../parts/icon.tsx';
import { Failure } from '../../parts/loaded.tsx';
import type { FollowedRun } from './use-run.ts';

export function RunBar(props: { run: FollowedRun; lastRun: Run | null }) {
  const { run, fault, busy, start } = props.run;
  const percent = run?.numbers.percent ?? 0;
  return (
    <div class="run-bar">
      <div class="row">
        <button type="button" class="button button-small" disabled={busy} onClick={start}>
          <Icon name="search" size={16} />
          {say(busy ? 'run.busy' : 'run.start')}
        </button>
        <span class="small muted">{busy ? runNumbers(run) : lastLooked(props.lastRun)}</span>
      </div>
      {busy && <progress class="progress" max={100} value={percent} aria-label={say('run.progress')} />}
      <div class="visually-hidden" role="status">
        {run?.state === 'done' && say('run.done', { n: run.numbers.suggestions ?? 0 })}
        {busy && say('run.busy')}
      </div>
      {run?.state === 'failed' && (
        <div class="note note-error" role="alert">
          <Icon name="warning" />
          <p>{say('run.failed', { reason: run.error ?? '' })}</p>
        </div>
      )}
      {fault !== null && <Failure fault={fault} retry={start} />}
    </div>
  );
}

function runNumbers(run: Run | null): string {
  const cards = run?.numbers.cards;
  return cards === undefined ? '' : say('run.cards', { n: cards });
}

function lastLooked(run: Run | null): string {
  return run === null ? '' : say('run.last', { when: sayMoment(run.finishedAt ?? run.startedAt) });
}
