/** Answers for texts that come again and again. */

/** `make`, remembering its answers for up to `limit` texts; then all are forgotten and it begins anew. */
export function remembering<T>(limit: number, make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let answer = known.get(text);
    if (answer === undefined) {
      answer = make(text);
      if (known.size >= limit) known.clear();
      known.set(text, answer);
    }
    return answer;
  };
}
