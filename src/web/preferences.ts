/** What this browser remembers of the reader's wishes; works without storage too. */

const PREFIX = 'doublon.';

export type PreferenceName = 'language' | 'shortcuts' | 'book' | 'tier' | 'calendarView';

export function preference(name: PreferenceName): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** Null forgets it. */
export function prefer(name: PreferenceName, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch {
    // Storage is refused in some private modes: the wish holds until the page is left.
  }
}
