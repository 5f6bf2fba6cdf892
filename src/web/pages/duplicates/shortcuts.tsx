/** Keys that work on the duplicates page, the list of them, and the switch that turns them off (WCAG 2.1.4). */
import { useEffect, useRef, useState } from 'preact/hooks';
import { type PlainKey, say } from '../../messages/say.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { runToastAction } from '../../parts/toast.tsx';
import { prefer, preference } from '../../preferences.ts';
import { go } from '../../router.ts';
import { isSideBySide } from './side-by-side.ts';
import type { Cluster } from './use-cluster.ts';

const SHORTCUTS: readonly { readonly keys: readonly string[]; readonly text: PlainKey }[] = [
  { keys: ['J', 'K'], text: 'keys.step' },
  { keys: ['1', '…', '9'], text: 'keys.reference' },
  { keys: ['⇧ 1', '…', '⇧ 9'], text: 'keys.tick' },
  { keys: ['M'], text: 'keys.merge' },
  { keys: ['H'], text: 'keys.hide' },
  { keys: ['L'], text: 'keys.later' },
  { keys: ['U'], text: 'keys.undo' },
  { keys: ['Esc'], text: 'keys.back' },
  { keys: ['?'], text: 'keys.list' },
];

const shortcutsOn = (): boolean => preference('shortcuts') !== 'off';

/** Calls `pressed` for each key that is not meant for a field, a dialog or the browser. */
export function useKeys(pressed: (event: KeyboardEvent) => void): void {
  const latest = useRef(pressed);
  latest.current = pressed;
  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !shortcutsOn()) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest('dialog, select, textarea, input:not([type=radio], [type=checkbox])')) return;
      latest.current(event);
    };
    addEventListener('keydown', heard);
    return () => removeEventListener('keydown', heard);
  }, []);
}

interface Deeds {
  merge(): void;
  hide(): void;
  later(): void;
}

interface Neighbours {
  readonly previousId: string | null;
  readonly nextId: string | null;
}

/** The keys of an opened cluster. */
export function useClusterKeys(cluster: Cluster, deeds: Deeds, { previousId, nextId }: Neighbours): void {
  const step = (id: string | null) => id !== null && go({ page: 'duplicates', suggestionId: id }, 'replace');
  const deedOf: Readonly<Record<string, () => unknown>> = {
    j: () => step(nextId),
    k: () => step(previousId),
    m: deeds.merge,
    h: deeds.hide,
    l: deeds.later,
    u: runToastAction,
    Escape: () => isSideBySide() || go({ page: 'duplicates', suggestionId: null }),
  };
  useKeys((event) => {
    // `code`, because Shift with a digit gives another character on most keyboards.
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const card = digit === undefined ? undefined : cluster.detail?.cards[Number(digit) - 1];
    const deed = deedOf[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (card && event.shiftKey) cluster.tick(card.id, !cluster.tickedIds.has(card.id));
    else if (card) cluster.chooseReference(card.id);
    else if (deed && !event.repeat) deed();
    else return;
    event.preventDefault();
  });
}

export function ShortcutsDialog(props: { close: () => void }) {
  const [on, setOn] = useState(shortcutsOn());
  return (
    <Dialog title={say('keys.title')} close={props.close}>
      <div class="shortcuts">
        {SHORTCUTS.flatMap(({ keys, text }) => [
          <span key={`${text} keys`} class="row">
            {keys.map((key) => (key === '…' ? <span key={key}>–</span> : <kbd key={key}>{key}</kbd>))}
          </span>,
          <span key={text}>{say(text)}</span>,
        ])}
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => {
            prefer('shortcuts', event.currentTarget.checked ? null : 'off');
            setOn(event.currentTarget.checked);
          }}
        />
        {say('keys.on')}
      </label>
    </Dialog>
  );
}
