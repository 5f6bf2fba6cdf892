/** Jaro-Winkler similarity of two words (Winkler 1990), prefix weight 0.1 over at most four letters. */

/** Which letters of the second word are taken, and those of the first that found one, in order: made once, not for each pair. */
let taken = new Uint8Array(64);
let common = new Uint16Array(64);

function withRoom(letters: number): void {
  if (letters > taken.length) [taken, common] = [new Uint8Array(letters * 2), new Uint16Array(letters * 2)];
  taken.fill(0, 0, letters);
}

/** 0 (nothing in common) to 1 (equal). */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const longest = Math.max(a.length, b.length);
  const window = Math.max(0, (longest >> 1) - 1);
  withRoom(longest);
  let matches = 0;
  for (let i = 0; i < a.length; i++) {
    const letter = a.charCodeAt(i);
    const last = Math.min(b.length - 1, i + window);
    for (let j = Math.max(0, i - window); j <= last; j++) {
      if (taken[j] !== 0 || letter !== b.charCodeAt(j)) continue;
      taken[j] = 1;
      common[matches++] = letter;
      break;
    }
  }
  if (matches === 0) return 0;
  let moved = 0;
  let at = 0;
  for (let j = 0; j < b.length; j++) if (taken[j] !== 0 && b.charCodeAt(j) !== common[at++]) moved++;
  const jaro = (matches / a.length + matches / b.length + (matches - moved / 2) / matches) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}
