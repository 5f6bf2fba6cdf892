/** An embedded VTIMEZONE as a table of offset changes: its own rules, read with a bound (RFC 5545 §3.6.5). */
import type { ContentLine } from '../contentline/content-line.ts';
import { type Component, properties, property } from './component.ts';
import { dateTimeOf, dateTimesOf, HOUR, MINUTE, SECOND } from './date-time.ts';
import { expandRule } from './recurrence/expand.ts';
import { parseRule } from './recurrence/rule.ts';
import type { TransitionTable } from './transitions.ts';

/** Yearly onsets are read between these years: before them the first offset holds, behind them the last. */
const HORIZON = { from: Date.UTC(1900, 0, 1), to: Date.UTC(2200, 0, 1) };
/** Onsets read of one rule; work for a whole zone. */
const MAX_ONSETS = 400;
const ZONE_STEPS = 25_000;

interface Onset {
  readonly instant: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Offset changes of a VTIMEZONE, or undefined when no observance of it can be read. Hostile rules (every second since 1601) are cut.
 */
export function readTransitions(zone: Component): TransitionTable | undefined {
  const budget = { left: ZONE_STEPS };
  const onsets: Onset[] = [];
  for (const observance of zone.children) readObservance(observance, onsets, budget);
  onsets.sort((a, b) => a.instant - b.instant);
  if (onsets.length === 0) return undefined;
  return {
    before: onsets[0]!.from,
    instants: onsets.map((onset) => onset.instant),
    offsets: onsets.map((onset) => onset.to),
  };
}

function readObservance(observance: Component, onsets: Onset[], budget: { left: number }): void {
  const start = dateTimeOf(property(observance, 'DTSTART'));
  const from = parseOffset(property(observance, 'TZOFFSETFROM'));
  const to = parseOffset(property(observance, 'TZOFFSETTO')) ?? from;
  if (!start || to === undefined) return;
  const base = from ?? to;
  const add = (wall: number, isUtc = false): void => {
    onsets.push({ instant: isUtc ? wall : wall - base, from: base, to });
  };
  add(start.wall, start.isUtc);
  for (const line of properties(observance, 'RDATE'))
    for (const extra of dateTimesOf(line)) add(extra.wall, extra.isUtc);
  for (const line of properties(observance, 'RRULE')) {
    try {
      const rule = parseRule(line.value);
      const until = rule.until && { until: rule.until.wall + (rule.until.isUtc ? base : 0) };
      let count = 0;
      for (const wall of expandRule(rule, start, { ...HORIZON, ...until, budget })) {
        if (++count > MAX_ONSETS) break;
        if (wall !== start.wall) add(wall);
      }
    } catch {
      // an unreadable or exhausting rule leaves the onsets read so far
    }
  }
}

const OFFSET = /^([+-])(\d\d)(\d\d)(\d\d)?$/;

/** `+0530` or `-003015` in ms; undefined when it is no offset of less than a day (RFC 5545 §3.3.14). */
export function parseOffset(line: ContentLine | undefined): number | undefined {
  const found = line && OFFSET.exec(line.value.trim());
  if (!found || Number(found[2]) > 23 || Number(found[3]) > 59) return undefined;
  const size = Number(found[2]) * HOUR + Number(found[3]) * MINUTE + Number(found[4] ?? 0) * SECOND;
  return found[1] === '-' ? -size : size;
}
