/** The way between the pages about oneself, and for administrators to those about everybody. */
import { say } from '../messages/say.ts';
import { type PageName, type Route, routeHref } from '../router.ts';
import { session } from '../session.ts';

const TABS = [
  { route: { page: 'account' }, title: 'nav.account', role: 'member' },
  { route: { page: 'security' }, title: 'nav.security', role: 'member' },
  { route: { page: 'administration', part: null, id: null }, title: 'nav.administration', role: 'administrator' },
] as const satisfies readonly { route: Route; title: string; role: string }[];

export function AccountTabs(props: { current: PageName }) {
  const role = session.get()?.account.role;
  return (
    <nav class="sub-nav" aria-label={say('nav.account')}>
      {TABS.filter((tab) => tab.role === 'member' || tab.role === role).map(({ route, title }) => (
        <a key={route.page} href={routeHref(route)} aria-current={route.page === props.current ? 'page' : undefined}>
          {say(title)}
        </a>
      ))}
    </nav>
  );
}
