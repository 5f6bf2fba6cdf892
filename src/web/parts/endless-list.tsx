/** A list of any length: only the rows in sight are in the document, further pages come as the reader nears the end. */
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { visibleRange } from './visible-range.ts';

interface EndlessListProps<T> {
  readonly items: readonly T[];
  readonly label: string;
  /** Height of every row in CSS pixels. */
  readonly rowHeight: number;
  /** This row is scrolled into sight when it changes; -1 for none. */
  readonly currentIndex: number;
  /** All there are, loaded or not. */
  readonly total: number;
  keyOf(item: T): string;
  draw(item: T, index: number): ComponentChildren;
  /** Called when the end of what is loaded comes near. */
  needMore(): void;
}

const OVERSCAN = 6;
const NEAR_END = 15;

export function EndlessList<T>(props: EndlessListProps<T>) {
  const scroller = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ top: 0, height: 800 });
  const { items, rowHeight, currentIndex } = props;

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setPlace({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    measure();
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || currentIndex < 0) return;
    const top = currentIndex * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = top + rowHeight - element.clientHeight;
  }, [currentIndex, rowHeight]);

  const range = visibleRange(place.top, place.height, rowHeight, items.length, OVERSCAN);
  const nearEnd = range.end >= items.length - NEAR_END;
  useEffect(() => {
    if (nearEnd) props.needMore();
  }, [nearEnd, items.length]);

  return (
    <div class="endless" ref={scroller}>
      <ul class="endless-rows" aria-label={props.label} style={{ height: `${items.length * rowHeight}px` }}>
        {items.slice(range.start, range.end).map((item, offset) => (
          <li
            key={props.keyOf(item)}
            class="endless-row"
            aria-setsize={props.total}
            aria-posinset={range.start + offset + 1}
            style={{ height: `${rowHeight}px`, transform: `translateY(${(range.start + offset) * rowHeight}px)` }}
          >
            {props.draw(item, range.start + offset)}
          </li>
        ))}
      </ul>
    </div>
  );
}
