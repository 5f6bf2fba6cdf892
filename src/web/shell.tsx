/** The frame of every page: name, navigation, account; the page itself in the middle. */
import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Account } from '../api/contract/account.ts';
import { openSection, type PlainKey, type SectionName, say } from './messages/say.ts';
import { DuplicatesPage } from './pages/duplicates/duplicates-page.tsx';
import { HeldDeletionsNotice } from './pages/held-deletions.tsx';
import { Icon, type IconName } from './parts/icon.tsx';
import { Failure, useLoaded, Waiting } from './parts/loaded.tsx';
import { Mark } from './parts/mark.tsx';
import { type PageName, type Route, readRoute, routeHref, useRoute } from './router.ts';

interface PageEntry {
  readonly page: PageName;
  readonly icon: IconName;
  readonly title: PlainKey;
}

const PAGES: readonly PageEntry[] = [
  { page: 'duplicates', icon: 'duplicates', title: 'nav.duplicates' },
  { page: 'contacts', icon: 'people', title: 'nav.contacts' },
  { page: 'calendar', icon: 'calendar', title: 'nav.calendar' },
  { page: 'books', icon: 'book', title: 'nav.books' },
  { page: 'history', icon: 'history', title: 'nav.history' },
  { page: 'set-up', icon: 'device', title: 'nav.setUp' },
];

type PageComponent = ComponentType<{ route: Route }>;

/** Pages that come as files of their own, when they are first opened. */
const LAZY: Readonly<Record<Exclude<PageName, 'duplicates'>, () => Promise<PageComponent>>> = {
  contacts: () => import('./pages/contacts/contacts-page.tsx').then((module) => module.ContactsPage),
  calendar: () => import('./pages/calendar/calendar-page.tsx').then((module) => module.CalendarPage),
  books: () => import('./pages/books/books-page.tsx').then((module) => module.BooksPage),
  history: () => import('./pages/history/history-page.tsx').then((module) => module.HistoryPage),
  'set-up': () => import('./pages/set-up/set-up-page.tsx').then((module) => module.SetUpPage),
  account: () => import('./pages/account-page.tsx').then((module) => module.AccountPage),
  security: () =>
    withTexts('security', import('./pages/security/security-page.tsx')).then((module) => module.SecurityPage),
  administration: () =>
    withTexts('administration', import('./pages/administration/administration-page.tsx')).then(
      (module) => module.AdministrationPage,
    ),
};

/** A page and the texts that only it needs, fetched side by side. */
async function withTexts<T>(section: SectionName, page: Promise<T>): Promise<T> {
  await Promise.all([openSection(section), page]);
  return page;
}

/** Titles of the pages that the navigation does not name. */
const TITLES: Partial<Readonly<Record<PageName, PlainKey>>> = {
  account: 'nav.account',
  security: 'nav.security',
  administration: 'nav.administration',
};
const ACCOUNT_PAGES: readonly PageName[] = ['account', 'security'];

export function Shell(props: { account: Account }) {
  const route = useRoute();
  const main = useRef<HTMLElement>(null);
  const entry = PAGES.find(({ page }) => page === route.page);
  const title = say(entry?.title ?? TITLES[route.page] ?? 'nav.account');
  const firstPage = useRef(route.page);
  useEffect(() => {
    document.title = `${title} – Doublon`;
    // A new page is read from its start; the first one keeps the browser's own order.
    if (firstPage.current !== route.page) main.current?.focus({ preventScroll: true });
    firstPage.current = route.page;
  }, [title]);
  return (
    <>
      <button type="button" class="skip-link" onClick={() => main.current?.focus()}>
        {say('nav.skip')}
      </button>
      <header class="top-bar">
        <a class="brand" href={routeHref(readRoute(''))}>
          <Mark />
          Doublon
        </a>
        <nav class="nav" aria-label={say('nav.label')}>
          {PAGES.map(({ page, icon, title: text }) => (
            <a key={page} href={`#/${page}`} aria-current={route.page === page ? 'page' : undefined}>
              <Icon name={icon} />
              <span>{say(text)}</span>
            </a>
          ))}
        </nav>
        {props.account.role === 'administrator' && (
          <a
            class="account-link administration-link push"
            href={routeHref({ page: 'administration', part: null, id: null })}
            aria-current={route.page === 'administration' ? 'page' : undefined}
          >
            <Icon name="gear" />
            <span>{say('nav.administration')}</span>
          </a>
        )}
        <a
          class={props.account.role === 'administrator' ? 'account-link' : 'account-link push'}
          href={routeHref({ page: 'account' })}
          aria-current={ACCOUNT_PAGES.includes(route.page) ? 'page' : undefined}
        >
          <Icon name="person" />
          <span>{props.account.displayName || props.account.name}</span>
        </a>
      </header>
      <main class={`main main-${route.page}`} ref={main} tabIndex={-1}>
        {route.page === 'duplicates' ? (
          <DuplicatesPage suggestionId={route.suggestionId} />
        ) : (
          <LazyPage key={route.page} page={route.page} route={route} />
        )}
      </main>
      <HeldDeletionsNotice />
    </>
  );
}

function LazyPage(props: { page: Exclude<PageName, 'duplicates'>; route: Route }) {
  const [attempt, setAttempt] = useState(0);
  const { value: Component, fault } = useLoaded(
    () => LAZY[props.page]().then((component) => ({ component })),
    [props.page, attempt],
  );
  if (fault !== null) return <Failure fault={fault} retry={() => setAttempt(attempt + 1)} />;
  return Component ? <Component.component route={props.route} /> : <Waiting />;
}
