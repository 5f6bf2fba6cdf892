/** Events of one day in a list, each to be opened for the rest of what it says. */
import type { CalendarEvent } from '../../../api/contract/events.ts';
import { say, sayClock } from '../../messages/say.ts';
import { collectionColour, collectionName } from '../../session.ts';
import { spanOf } from './days.ts';

export function EventList({ day, events }: { day: string; events: readonly CalendarEvent[] }) {
  return (
    <ul class="event-list">
      {events.map((event) => (
        <li key={`${event.objectId} ${event.start}`}>
          <Event event={event} day={day} />
        </li>
      ))}
    </ul>
  );
}

function Event({ event, day }: { event: CalendarEvent; day: string }) {
  const remarks = [
    collectionName(event.collectionId),
    event.recurs ? say('calendar.recurs') : '',
    event.status === 'cancelled' ? say('calendar.cancelled') : '',
    event.status === 'tentative' ? say('calendar.tentative') : '',
  ].filter(Boolean);
  return (
    <details class="panel event">
      <summary>
        <EventDot event={event} />
        <span class="event-time">{eventTime(event, day)}</span>
        <strong class={event.status === 'cancelled' ? 'event-cancelled' : undefined}>
          {event.summary || say('calendar.untitled')}
        </strong>
        {event.location && <span class="small muted">{event.location}</span>}
      </summary>
      <p class="small muted">{remarks.join(' · ')}</p>
      {event.description && <p class="field-text">{event.description}</p>}
    </details>
  );
}

export function EventDot({ event }: { event: CalendarEvent }) {
  const colour = collectionColour(event.collectionId);
  return <span class="event-dot" style={colour ? { background: colour } : {}} aria-hidden="true" />;
}

/** From when to when on one of its days, as the reader's clock shows it. */
function eventTime(event: CalendarEvent, day: string): string {
  const [first, last] = spanOf(event);
  const [start, end] = [sayClock(event.start), sayClock(event.end)];
  if (event.allDay || (first < day && day < last)) return say('calendar.allDay');
  if (first !== last)
    return first === day ? say('calendar.begins', { time: start }) : say('calendar.ends', { time: end });
  return start === end ? start : `${start} – ${end}`;
}
