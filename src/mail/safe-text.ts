/** Text from cards and clients, where anything may be in it, made fit for a letter. */
const LONGEST_NAME = 120;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** As text in HTML. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

/** On one line, shortened. Direction marks go too: a name must not turn the sentence around it. */
export const oneLine = (text: string): string =>
  [...text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim()].slice(0, LONGEST_NAME).join('');

/** A letter in HTML around parts that are escaped already. */
export const htmlLetter = (language: string, parts: readonly string[]): string =>
  [
    `<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8"></head><body style="font-family:sans-serif">`,
    ...parts,
    '</body></html>',
  ].join('\n');
