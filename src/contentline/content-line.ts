/** Content lines: the shape shared by vCard (RFC 6350 §3.3, RFC 2426 §2.6, vCard 2.1) and iCalendar (RFC 5545 §3.1). */

/** One parameter. A vCard 2.1 parameter without a name (`TEL;CELL:`) has the empty name and its token as the only value. */
export interface Parameter {
  /** Upper case; empty for a nameless 2.1 parameter. */
  readonly name: string;
  /** Unquoted, RFC 6868 carets decoded, in the order written; never split further. */
  readonly values: readonly string[];
}

/** One logical (unfolded) line. Nothing is thrown away: a line without a colon has the empty name and all of its text as value. */
export interface ContentLine {
  /** Group prefix as written (`item1` of `item1.TEL`), or the empty string. */
  readonly group: string;
  /** Property name in upper case, or the empty string for a line that is no content line. */
  readonly name: string;
  readonly params: readonly Parameter[];
  /** Text behind the first unquoted colon: unfolded and decoded to text, escapes and quoted-printable untouched. */
  readonly value: string;
  /** First and past-the-end octet in the source, line end and folds included: the exact bytes of the line. */
  readonly start: number;
  readonly end: number;
  /** 1-based number of the physical line it starts on, for error messages. */
  readonly number: number;
}

/** All values of the parameters called `name` (upper case), in order. */
export function parameterValues(line: ContentLine, name: string): string[] {
  const found: string[] = [];
  for (const param of line.params) if (param.name === name) found.push(...param.values);
  return found;
}

/** First value of the parameter `name` (upper case), or undefined. */
export function parameter(line: ContentLine, name: string): string | undefined {
  for (const param of line.params) if (param.name === name) return param.values[0];
  return undefined;
}

/**
 * TYPE words of a line in lower case: `TYPE=home,pref`, `TYPE="home,pref"`, repeated TYPE, and the nameless
 * parameters of vCard 2.1 (and of programs that write them into 3.0) all read alike.
 */
export function typeWords(line: ContentLine): string[] {
  const words: string[] = [];
  for (const param of line.params) {
    if (param.name !== 'TYPE' && param.name !== '') continue;
    for (const value of param.values)
      for (const word of value.split(',')) if (word) words.push(word.trim().toLowerCase());
  }
  return words;
}
