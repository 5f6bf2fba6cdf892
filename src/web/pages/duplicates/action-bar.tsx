/** Merge, not duplicates, later: always in reach at the foot of the cluster. */
import { say } from '../../messages/say.ts';
import { Icon } from '../../parts/icon.tsx';
import type { Cluster } from './use-cluster.ts';

interface ActionBarProps {
  readonly cluster: Cluster;
  readonly busy: boolean;
  merge(): void;
  hide(): void;
  later(): void;
}

export function ActionBar({ cluster, busy, merge, hide, later }: ActionBarProps) {
  const taking = cluster.tickedIds.size;
  const ready = cluster.preview !== null && !busy;
  return (
    <footer class="action-bar">
      <p class="action-summary small muted">
        {taking < 2 ? say('merge.needsTwo') : say('merge.summary', { n: taking })}
      </p>
      <button type="button" class="button" disabled={busy} onClick={later}>
        <Icon name="clock" />
        {say('decide.later')}
        <kbd aria-hidden="true">L</kbd>
      </button>
      <button type="button" class="button" disabled={busy} onClick={hide}>
        <Icon name="hide" />
        {say('decide.hide')}
        <kbd aria-hidden="true">H</kbd>
      </button>
      <button type="button" class="button button-main" disabled={!ready} onClick={merge}>
        <Icon name="merge" />
        {say('merge.do', { n: Math.max(taking, 1) })}
        <kbd aria-hidden="true">M</kbd>
      </button>
    </footer>
  );
}
