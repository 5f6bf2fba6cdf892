/** Less of an object without changing what is left: overrides and free-busy periods outside a range (RFC 4791 §9.6.6, §9.6.7). */
import type { CalendarObject } from './calendar-object.ts';
import { type Component, childrenNamed } from './component.ts';
import { newLine, type OutComponent, type OutLine, outComponent, storedLine } from './component-octets.ts';
import { parsePeriod } from './date-time.ts';
import type { ExpandRange } from './expand-object.ts';
import { readInstances } from './instances.ts';
import { replacedInstance } from './instances-in-range.ts';
import { overlapOf } from './time-range.ts';
import { ianaNameOf, periodBounds, type TimeZone, tzidOf, type ZoneContext } from './timezone.ts';

/**
 * Components worth keeping for a range: everything but the overrides that neither lie in it, nor replace an instance that
 * would, nor (THISANDFUTURE) tell about later ones in it.
 */
export function limitRecurrenceSet(object: CalendarObject, range: ExpandRange, floating: TimeZone): Component[] {
  const instances = readInstances(object, floating);
  const outside = new Set<Component>();
  for (const override of instances.overrides) {
    const { component, span, replaces, andFuture } = override;
    const lies = overlapOf(component)(span.start, span.endOf(span.anchor.wall, span.start), range.start, range.end);
    const without = replacedInstance(instances, override);
    const replaced = without && overlapOf(without.component)(without.start, without.end, range.start, range.end);
    const reaches = andFuture && Math.min(replaces, span.start, without?.start ?? replaces) < range.end;
    if (!lies && !replaced && !reaches) outside.add(component);
  }
  return object.calendar.children.filter((child) => !outside.has(child));
}

/** A VFREEBUSY with only the FREEBUSY periods that touch the range; a line that keeps all of them stays byte for byte. */
export function limitFreeBusySet(
  object: CalendarObject,
  component: Component,
  range: ExpandRange,
  context: ZoneContext,
): OutComponent {
  const lines: OutLine[] = [];
  for (const line of component.lines) {
    if (line.name !== 'FREEBUSY') {
      lines.push(storedLine(object.octets, line));
      continue;
    }
    const texts = line.value.split(',');
    const kept = texts.filter((text) => touches(text, range, context));
    if (kept.length === texts.length) lines.push(storedLine(object.octets, line));
    else if (kept.length > 0) lines.push(newLine('FREEBUSY', kept.join(','), line.params));
  }
  return { ...outComponent(object.octets, { ...component, lines: [] }), lines };
}

/** A period that cannot be read is kept: it may mean something to the client. */
function touches(text: string, range: ExpandRange, context: ZoneContext): boolean {
  const period = text.includes('/') ? parsePeriod(text) : undefined;
  if (!period) return true;
  const { start, end } = periodBounds(period, context);
  return start < range.end && end > range.start;
}

/** VTIMEZONEs a client that asked for none can do without: those of IANA zones (RFC 7809 §3.1.3). */
export function standardZones(object: CalendarObject): ReadonlySet<Component> {
  const zones = childrenNamed(object.calendar, 'VTIMEZONE');
  return new Set(zones.filter((zone) => ianaNameOf(tzidOf(zone) ?? '') === tzidOf(zone)));
}
