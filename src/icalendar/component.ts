/** Components of iCalendar as a tree over content lines: BEGIN, properties, nested components, END (RFC 5545 §3.4, §3.6). */
import type { ContentLine } from '../contentline/content-line.ts';

export interface Component {
  /** Upper case, `VEVENT`. */
  readonly name: string;
  /** Its own properties in order, without BEGIN, END and the lines of nested components. */
  readonly lines: readonly ContentLine[];
  readonly children: readonly Component[];
  /** First and past-the-end octet in the source, from BEGIN to the line end behind END. */
  readonly start: number;
  readonly end: number;
  /** 1-based physical line of BEGIN. */
  readonly number: number;
}

/** What does not fit together in the text: which line, and what is wrong with it. */
export interface StructureFault {
  readonly number: number;
  readonly message: string;
}

export interface ComponentTree {
  readonly roots: readonly Component[];
  readonly faults: readonly StructureFault[];
}

/** Components nested deeper than this are refused: a fault, never a stack overflow. */
export const MAX_DEPTH = 16;

interface Open {
  readonly name: string;
  readonly lines: ContentLine[];
  readonly children: Component[];
  readonly start: number;
  readonly number: number;
}

/**
 * Puts content lines into a tree. Never throws: an END without its BEGIN, crossed pairs, lines outside any component,
 * too deep nesting and a missing END are faults; what stays open at the end is closed there.
 */
export function readComponents(lines: readonly ContentLine[]): ComponentTree {
  const roots: Component[] = [];
  const faults: StructureFault[] = [];
  const open: Open[] = [];
  let skipped = 0;
  const close = (end: number): void => {
    const done = open.pop()!;
    (open.at(-1)?.children ?? roots).push({ ...done, end });
  };
  for (const line of lines) {
    if (line.name === 'BEGIN' && line.params.length === 0) {
      const name = line.value.trim().toUpperCase();
      if (open.length >= MAX_DEPTH) {
        if (skipped++ === 0)
          faults.push({ number: line.number, message: `components nested deeper than ${MAX_DEPTH} levels` });
      } else open.push({ name, lines: [], children: [], start: line.start, number: line.number });
    } else if (line.name === 'END' && line.params.length === 0) {
      if (skipped > 0) skipped--;
      else endComponent(line, open, faults, close);
    } else if (skipped === 0) {
      const inside = open.at(-1);
      if (inside) inside.lines.push(line);
      else if (line.value.trim() !== '')
        faults.push({ number: line.number, message: 'a line stands outside any component' });
    }
  }
  for (const left of open) faults.push({ number: left.number, message: `BEGIN:${left.name} has no END: truncated?` });
  const last = lines.at(-1)?.end ?? 0;
  while (open.length > 0) close(last);
  return { roots, faults };
}

function endComponent(line: ContentLine, open: Open[], faults: StructureFault[], close: (end: number) => void): void {
  const name = line.value.trim().toUpperCase();
  if (open.at(-1)?.name === name) {
    close(line.end);
    return;
  }
  faults.push({ number: line.number, message: `END:${name} closes ${open.at(-1)?.name ?? 'nothing'}` });
  if (open.some((candidate) => candidate.name === name)) {
    while (open.at(-1)!.name !== name) close(line.start);
    close(line.end);
  }
}

/** The first property called `name` (upper case), or undefined. */
export function property(component: Component, name: string): ContentLine | undefined {
  return component.lines.find((line) => line.name === name);
}

/** All properties called `name` (upper case), in order. */
export function properties(component: Component, name: string): ContentLine[] {
  return component.lines.filter((line) => line.name === name);
}

/** The nested components called `name` (upper case), in order. */
export function childrenNamed(component: Component, name: string): Component[] {
  return component.children.filter((child) => child.name === name);
}
