/** Merge, not duplicates, later: always in reach at the foot of the cluster. */
import { say } from '../../messages/say.ts';
import { Icon } from '../../parts/icon.tsx';
import type { Cluster } from './use-cluster.ts';

interface ActionBarProps {
  readonly cluster: Cluster;
  readonly busy: boolean;
  showKeys(): void;
  merge(): void;
  hide(): void;
  later(): void;
}

export function ActionBar({ cluster, busy, showKeys, merge, hide, later }: ActionBarProps) {
  const taking = cluster.tickedIds.size;
  const ready = cluster.preview !== null && !busy;
  return (
    <footer class="action-bar">
      <button
        type="button"
        class="button button-quiet button-icon keys-button"
        aria-label={say('keys.title')}
        title={say('keys.title')}
        onClick={showKeys}
      >
        <Icon name="keyboard" />
      </button>
      <p class={`action-summary small muted ${taking < 2 ? '' : 'action-summary-done'}`}>
        {taking < 2 ? say('merge.needsTwo') : say('merge.summary', { n: taking })}
      </p>
      <button type="button" class="button" disabled={busy} aria-keyshortcuts="L" onClick={later}>
        <Icon name="clock" />
        {say('decide.later')}
        <span class="key" aria-hidden="true">
          L
        </span>
      </button>
      <button type="button" class="button" disabled={busy} aria-keyshortcuts="H" onClick={hide}>
        <Icon name="hide" />
        {say('decide.hide')}
        <span class="key" aria-hidden="true">
          H
        </span>
      </button>
      <button type="button" class="button button-main" disabled={!ready} aria-keyshortcuts="M" onClick={merge}>
        <Icon name="merge" />
        {say('merge.do', { n: Math.max(taking, 1) })}
        <span class="key" aria-hidden="true">
          M
        </span>
      </button>
    </footer>
  );
}
