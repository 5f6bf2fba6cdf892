/** Calendars to look at: a month with the chosen day beside it, or the month's entries one after the other. */
import { useState } from 'preact/hooks';
import type { CalendarEvent } from '../../../api/contract/events.ts';
import { listEvents } from '../../api/events.ts';
import { firstWeekday, say, sayDay } from '../../messages/say.ts';
import { useCollectionGone } from '../../parts/collection-gone.ts';
import { CollectionOptions } from '../../parts/collection-options.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Failure, useLoaded, Waiting } from '../../parts/loaded.tsx';
import { prefer, preference } from '../../preferences.ts';
import { go, type Route } from '../../router.ts';
import { calendars, sharedCalendars, useShares } from '../../session.ts';
import { addDays, addMonths, eventsByDay, isDay, midnight, today, weeksOfMonth } from './days.ts';
import { EventList } from './event-list.tsx';
import { MonthGrid } from './month-grid.tsx';

const VIEWS = ['month', 'agenda'] as const;
type View = (typeof VIEWS)[number];

export function CalendarPage(props: { route: Route }) {
  useShares();
  const asked = props.route.page === 'calendar' ? props.route.day : null;
  const day = asked !== null && isDay(asked) ? asked : today();
  const [view, setView] = useState<View>(preference('calendarView') === 'agenda' ? 'agenda' : 'month');
  const [calendar, setCalendar] = useState('');
  const weeks = weeksOfMonth(day, firstWeekday());
  const days = weeks.flat();
  const [first, last] = [days[0]!, days.at(-1)!];
  const { value, fault, reload } = useLoaded(
    (signal) => listEvents({ from: midnight(first), to: midnight(addDays(last, 1)), collectionId: calendar }, signal),
    [first, last, calendar],
  );
  useCollectionGone(fault, () => setCalendar(''));
  const choose = (next: string) => go({ page: 'calendar', day: next }, 'replace');
  const events = eventsByDay(value?.items ?? [], days);
  return (
    <div class="calendar stack">
      <CalendarHead day={day} choose={choose} calendar={calendar} setCalendar={setCalendar} />
      <fieldset class="segments calendar-views">
        <legend class="visually-hidden">{say('calendar.view')}</legend>
        {VIEWS.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === view}
            onClick={() => {
              setView(each);
              prefer('calendarView', each);
            }}
          >
            {say(`calendar.${each}`)}
          </button>
        ))}
      </fieldset>
      {fault !== null && <Failure fault={fault} retry={reload} />}
      {value?.truncated && <p class="note">{say('calendar.truncated')}</p>}
      {view === 'agenda' ? (
        value === null ? (
          fault === null && <Waiting />
        ) : (
          <Agenda days={days.filter((each) => each.startsWith(day.slice(0, 7)))} events={events} />
        )
      ) : (
        <div class="month-and-day">
          <MonthGrid day={day} weeks={weeks} events={events} choose={choose} />
          <section class="stack tight" aria-live="polite">
            <h2>{sayDay(day, 'full')}</h2>
            {events.has(day) ? (
              <EventList day={day} events={events.get(day)!} />
            ) : (
              <p class="muted">{say('calendar.nothing')}</p>
            )}
            <p class="small muted calendar-hint">{say('calendar.hint')}</p>
          </section>
        </div>
      )}
    </div>
  );
}

interface CalendarHeadProps {
  readonly day: string;
  readonly calendar: string;
  choose(day: string): void;
  setCalendar(id: string): void;
}

function CalendarHead({ day, calendar, choose, setCalendar }: CalendarHeadProps) {
  return (
    <div class="row calendar-head">
      <h1 aria-live="polite">{sayDay(day, 'month')}</h1>
      <button
        type="button"
        class="button button-quiet button-icon"
        aria-label={say('calendar.previous')}
        onClick={() => choose(addMonths(day, -1))}
      >
        <Icon name="back" />
      </button>
      <button type="button" class="button button-small" onClick={() => choose(today())}>
        {say('calendar.today')}
      </button>
      <button
        type="button"
        class="button button-quiet button-icon"
        aria-label={say('calendar.next')}
        onClick={() => choose(addMonths(day, 1))}
      >
        <Icon name="next" />
      </button>
      <select
        class="input push"
        aria-label={say('calendar.which')}
        value={calendar}
        onChange={(event) => setCalendar(event.currentTarget.value)}
      >
        <option value="">{say('calendar.all')}</option>
        <CollectionOptions own={calendars()} shared={sharedCalendars()} />
      </select>
    </div>
  );
}

interface AgendaProps {
  readonly days: readonly string[];
  readonly events: ReadonlyMap<string, readonly CalendarEvent[]>;
}

function Agenda({ days, events }: AgendaProps) {
  const filled = days.filter((day) => events.has(day));
  if (filled.length === 0) return <p class="empty muted">{say('calendar.nothingMonth')}</p>;
  return (
    <>
      {filled.map((day) => (
        <section key={day} class="stack tight">
          <h2 class="agenda-day">{sayDay(day, 'full')}</h2>
          <EventList day={day} events={events.get(day)!} />
        </section>
      ))}
    </>
  );
}
