/** Short messages at the foot of the page, spoken by screen readers, with at most one thing to do. */
import { useEffect } from 'preact/hooks';
import { say } from '../messages/say.ts';
import { Icon } from './icon.tsx';
import { sharedState, useShared } from './shared-state.ts';

export interface Toast {
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void; readonly key?: string };
}

/** Long enough to read; a message with something to do waits for the reader to reach it (WCAG 2.2.1: twenty seconds). */
const SHOWN_MILLISECONDS = { toRead: 8_000, toDo: 20_000 };
const shown = sharedState<Toast | null>(null);

/** Shows a message in place of the one before. */
export function toast(text: string, action?: Toast['action']): void {
  shown.set(action ? { text, action } : { text });
}

/** Does what the message shown offers; false when it offers nothing. */
export function runToastAction(): boolean {
  const action = shown.get()?.action;
  if (!action) return false;
  shown.set(null);
  action.run();
  return true;
}

/** The place of the messages: mounted once, so that the live region exists before it is filled. */
export function Toasts() {
  const current = useShared(shown);
  useEffect(() => {
    if (current === null) return;
    const { toRead, toDo } = SHOWN_MILLISECONDS;
    const timer = setTimeout(() => shown.get() === current && shown.set(null), current.action ? toDo : toRead);
    return () => clearTimeout(timer);
  }, [current]);
  return (
    <section class="toasts" aria-label={say('messages')}>
      <div class="visually-hidden" role="status">
        {current?.text}
      </div>
      {current && (
        <div class="toast fades-in">
          <span>{current.text}</span>
          {current.action && (
            <button type="button" class="button button-small" onClick={runToastAction}>
              <Icon name="undo" size={16} />
              {current.action.label}
              {current.action.key && (
                <span class="key" aria-hidden="true">
                  {current.action.key}
                </span>
              )}
            </button>
          )}
          <button
            type="button"
            class="button button-small button-icon"
            aria-label={say('close')}
            onClick={() => shown.set(null)}
          >
            <Icon name="close" size={16} />
          </button>
        </div>
      )}
    </section>
  );
}
