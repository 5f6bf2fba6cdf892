/** The month as a grid of days: one stop for the keyboard, arrow keys go from day to day. */
import { useEffect, useRef } from 'preact/hooks';
import type { CalendarEvent } from '../../../api/contract/events.ts';
import { say, sayClock, sayDay } from '../../messages/say.ts';
import { addDays, addMonths, spanOf, today } from './days.ts';
import { EventDot } from './event-list.tsx';

const SHOWN = 3;

/** Keys to the day they lead to. */
const STEPS: Readonly<Record<string, (day: string) => string>> = {
  ArrowLeft: (day) => addDays(day, -1),
  ArrowRight: (day) => addDays(day, 1),
  ArrowUp: (day) => addDays(day, -7),
  ArrowDown: (day) => addDays(day, 7),
  PageUp: (day) => addMonths(day, -1),
  PageDown: (day) => addMonths(day, 1),
};

interface MonthGridProps {
  readonly day: string;
  readonly weeks: readonly (readonly string[])[];
  readonly events: ReadonlyMap<string, readonly CalendarEvent[]>;
  choose(day: string): void;
}

export function MonthGrid({ day, weeks, events, choose }: MonthGridProps) {
  const chosen = useRef<HTMLButtonElement>(null);
  const byKeyboard = useRef(false);
  useEffect(() => {
    if (byKeyboard.current) chosen.current?.focus();
    byKeyboard.current = false;
  }, [day]);
  const step = (event: KeyboardEvent) => {
    const to = Object.hasOwn(STEPS, event.key) ? STEPS[event.key] : undefined;
    if (!to || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    byKeyboard.current = true;
    choose(to(day));
  };
  return (
    <table class="month panel" aria-label={sayDay(day, 'month')} onKeyDown={step}>
      <thead>
        <tr>
          {(weeks[0] ?? []).map((each) => (
            <th key={each} scope="col" abbr={sayDay(each, 'weekday')}>
              {sayDay(each, 'short-weekday')}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((each) => (
              <td key={each}>
                <button
                  type="button"
                  ref={each === day ? chosen : null}
                  class={each.slice(0, 7) === day.slice(0, 7) ? 'day' : 'day day-outside'}
                  aria-pressed={each === day}
                  tabIndex={each === day ? 0 : -1}
                  aria-current={each === today() ? 'date' : undefined}
                  onClick={() => choose(each)}
                >
                  <Day day={each} events={events.get(each) ?? []} />
                </button>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day({ day, events }: { day: string; events: readonly CalendarEvent[] }) {
  return (
    <>
      <span class="visually-hidden">{`${sayDay(day, 'full')}, ${say('events', { n: events.length })}`}</span>
      <span class="day-number" aria-hidden="true">
        {Number(day.slice(8))}
      </span>
      {events.slice(0, SHOWN).map((event) => (
        <span key={`${event.objectId} ${event.start}`} class="day-event">
          <EventDot event={event} />
          <span class="one-line">
            {event.allDay || spanOf(event)[0] !== day ? '' : `${sayClock(event.start)} `}
            {event.summary || say('calendar.untitled')}
          </span>
        </span>
      ))}
      {events.length > SHOWN && <span class="day-more">{say('calendar.more', { n: events.length - SHOWN })}</span>}
    </>
  );
}
