/** The zone of floating times: the request's, else the calendar's, else UTC; never the machine's (RFC 4791 §9.8, RFC 7809 §5). */
import { resolveTimeZone, type TimeZone, timeZoneOfText, UTC } from '../../icalendar/timezone.ts';
import type { Collection } from '../../store/collections.ts';
import { child, type Element, textOf } from '../../xml/element.ts';
import { caldav } from '../../xml/names.ts';
import { DavError } from '../error.ts';

/** Throws 403 `valid-calendar-data` or `valid-timezone` when the request names a zone that cannot be read. */
export function floatingZone(body: Element, collection: Collection): TimeZone {
  const text = child(body, caldav('timezone'));
  if (text) {
    const zone = timeZoneOfText(textOf(text));
    if (!zone)
      throw DavError.unmet(403, caldav('valid-calendar-data'), 'timezone must be a VCALENDAR with one VTIMEZONE.');
    return zone;
  }
  const id = child(body, caldav('timezone-id'));
  if (id) {
    const zone = resolveTimeZone(textOf(id).trim());
    if (!zone) throw DavError.unmet(403, caldav('valid-timezone'), 'timezone-id names no zone that is known here.');
    return zone;
  }
  return zoneOfCalendar(collection);
}

/** The calendar's own zone, or UTC. */
export function zoneOfCalendar({ time_zone, time_zone_id }: Collection): TimeZone {
  const stored = time_zone === null ? undefined : timeZoneOfText(time_zone);
  return stored ?? (time_zone_id === null ? undefined : resolveTimeZone(time_zone_id)) ?? UTC;
}

/**
 * `CalDAV-Timezones`: T wants the definition of every zone in calendar data, F none of zones with IANA names (RFC 7809 §7.1);
 * undefined: as stored.
 */
export function wantsTimezones(header: string): boolean | undefined {
  const wish = header.trim().toUpperCase();
  return wish === 'T' ? true : wish === 'F' ? false : undefined;
}
