/** Further deeds behind one button: a disclosure that closes by Escape, by a click elsewhere, and once something was chosen. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';

export function Menu(props: { label: string; children: ComponentChildren }) {
  const element = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (focus: boolean) => {
      if (!element.current?.open) return;
      element.current.open = false;
      if (focus) element.current.querySelector('summary')?.focus();
    };
    const clicked = (event: MouseEvent) => {
      const inside = event.target instanceof Element && element.current?.contains(event.target);
      // A chosen deed opens what it opens; the summary toggles by itself.
      if (!inside || !(event.target as Element).closest('summary')) close(false);
    };
    const pressed = (event: KeyboardEvent) => event.key === 'Escape' && close(true);
    const left = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget instanceof Node && !element.current?.contains(relatedTarget)) close(false);
    };
    const own = element.current;
    document.addEventListener('click', clicked);
    own?.addEventListener('keydown', pressed);
    own?.addEventListener('focusout', left);
    return () => {
      document.removeEventListener('click', clicked);
      own?.removeEventListener('keydown', pressed);
      own?.removeEventListener('focusout', left);
    };
  }, []);
  return (
    <details class="menu" ref={element}>
      <summary class="button button-quiet button-icon" aria-label={props.label} title={props.label}>
        <Icon name="more" />
      </summary>
      <div class="menu-list panel">{props.children}</div>
    </details>
  );
}
