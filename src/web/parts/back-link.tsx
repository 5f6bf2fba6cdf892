/** The way back to a list, on a narrow page where what was opened has the whole screen. */
import { type Route, routeHref } from '../router.ts';
import { Icon } from './icon.tsx';

export function BackLink({ to, label }: { to: Route; label: string }) {
  return (
    <a class="button button-quiet button-icon back-link" href={routeHref(to)} aria-label={label}>
      <Icon name="back" />
    </a>
  );
}
