/** A value that is being typed. */
import { useEffect, useState } from 'preact/hooks';

/** The value once it has not changed for `pause` milliseconds: no request for each letter. */
export function useSettled<T>(value: T, pause: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause);
    return () => clearTimeout(timer);
  }, [value, pause]);
  return settled;
}
