/** Sets of half-open periods of time: union and difference. */

/** Milliseconds since 1970 UTC, end excluded. */
export interface TimePeriod {
  readonly start: number;
  readonly end: number;
}

/** The same times as the fewest periods, ascending. */
export function union(periods: readonly TimePeriod[]): TimePeriod[] {
  const sorted = periods.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of sorted) {
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/** Times in `periods` and not in `taken`, as the fewest periods, ascending. */
export function difference(periods: readonly TimePeriod[], taken: readonly TimePeriod[]): TimePeriod[] {
  const cuts = union(taken);
  const left: TimePeriod[] = [];
  let first = 0;
  for (const { start, end } of union(periods)) {
    let from = start;
    while (first < cuts.length && cuts[first]!.end <= start) first++;
    for (let index = first; index < cuts.length && cuts[index]!.start < end; index++) {
      if (cuts[index]!.start > from) left.push({ start: from, end: cuts[index]!.start });
      from = Math.max(from, cuts[index]!.end);
    }
    if (from < end) left.push({ start: from, end });
  }
  return left;
}

/** What of the periods lies within the range. */
export function clip(periods: readonly TimePeriod[], range: TimePeriod): TimePeriod[] {
  return periods
    .map(({ start, end }) => ({ start: Math.max(start, range.start), end: Math.min(end, range.end) }))
    .filter(({ start, end }) => end > start);
}
