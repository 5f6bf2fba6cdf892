/** Searches for duplicates and batches of merges of everybody, with their numbers. */
import { useState } from 'preact/hooks';
import type { RunOfUser } from '../../../api/contract/administration.ts';
import { listAllRuns } from '../../api/administration.ts';
import { say, sayIfKnown, sayMoment } from '../../messages/say.ts';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { PagedEntries } from '../../parts/paged-entries.tsx';
import { usePages } from '../../parts/pages.tsx';
import { FilterField } from './filter-field.tsx';

const TRIGGERS = ['manual', 'nightly', 'changes', 'cli', 'first-start', 'merge-exact', 'merge-nightly'] as const;
const STATES = ['running', 'done', 'failed'] as const;
const NUMBERS = ['cards', 'pairs', 'suggestions', 'merges'] as const;

export function RunsPart() {
  const [trigger, setTrigger] = useState('');
  const [state, setState] = useState('');
  const pages = usePages((cursor, signal) => listAllRuns({ trigger, state }, cursor, signal), [trigger, state]);
  return (
    <>
      <div class="form-grid">
        <FilterField
          id="run-trigger"
          label={say('runs.kind')}
          all={say('runs.all')}
          options={TRIGGERS.map((each) => [each, say(`runs.trigger.${each}`)])}
          value={trigger}
          change={setTrigger}
        />
        <FilterField
          id="run-state"
          label={say('runs.state')}
          all={say('runs.all')}
          options={STATES.map((each) => [each, say(`runs.${each}`)])}
          value={state}
          change={setState}
        />
      </div>
      <PagedEntries
        pages={pages}
        label={say('admin.runs')}
        empty={say('runs.none')}
        draw={(run) => <RunEntry key={run.id} run={run} />}
      />
    </>
  );
}

const MARKS: Readonly<Record<RunOfUser['state'], { icon: IconName; name: string }>> = {
  running: { icon: 'clock', name: 'mark-busy' },
  done: { icon: 'check', name: 'mark-good' },
  failed: { icon: 'warning', name: 'mark-bad' },
};

function sayNumbers({ numbers }: RunOfUser): string[] {
  const counted = NUMBERS.flatMap((name) =>
    numbers[name] === undefined ? [] : [say(`runs.${name}`, { n: numbers[name] })],
  );
  const { milliseconds } = numbers;
  return milliseconds === undefined
    ? counted
    : [...counted, say('runs.seconds', { n: Math.round(milliseconds / 100) / 10 })];
}

function RunEntry({ run }: { run: RunOfUser }) {
  const mark = MARKS[run.state];
  return (
    <li class="entry">
      <span class={mark.name}>
        <Icon name={mark.icon} />
      </span>
      <div class="entry-words">
        <p>
          <strong>{run.user}</strong> · {sayIfKnown(`runs.trigger.${run.trigger}`) ?? run.trigger} ·{' '}
          {say(`runs.${run.state}`)}
        </p>
        <p class="small muted">{[sayMoment(run.startedAt), ...sayNumbers(run)].join(' · ')}</p>
        {run.error !== null && <p class="small">{run.error}</p>}
        {run.nextTryAt !== null && <p class="small muted">{say('runs.nextTry', { when: sayMoment(run.nextTryAt) })}</p>}
      </div>
    </li>
  );
}
