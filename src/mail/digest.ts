/** The mail after a night that found or merged something: as text and as plain HTML, with links to the page. */
import { DIGEST_WORDS, type DigestWords, digestLanguage } from './digest-words.ts';
import type { Letter } from './letter.ts';
import { escaped, htmlLetter, oneLine } from './safe-text.ts';

export interface DigestSuggestion {
  readonly id: string;
  /** The name on the proposed reference card. */
  readonly name: string;
  readonly cards: number;
}

export interface Digest {
  readonly name: string;
  /** Language tag of the user, or null. */
  readonly language: string | null;
  /** URL of the page, with a slash at the end. */
  readonly pageUrl: string;
  /** New suggestions that still wait, best first. */
  readonly suggestions: readonly DigestSuggestion[];
  /** How many there are, also those that are not in the list. */
  readonly found: number;
  /** Merges made at night that stand. */
  readonly merged: number;
}

interface Link {
  readonly text: string;
  readonly href: string;
}

/** What both forms are made of. */
interface Parts {
  readonly words: DigestWords;
  readonly summary: string;
  readonly lines: readonly Link[];
  readonly more: string | undefined;
  readonly actions: readonly Link[];
  readonly settings: string;
}

/** Writes the letter. Names come from cards, so anything may be in them: control characters go, HTML is escaped. */
export function digestLetter(digest: Digest): Pick<Letter, 'subject' | 'text' | 'html' | 'language'> {
  const language = digestLanguage(digest.language);
  const words: DigestWords = DIGEST_WORDS[language];
  const { found, merged, pageUrl } = digest;
  const summary = [found > 0 ? words.found(found) : '', merged > 0 ? words.merged(merged) : ''].filter(Boolean);
  const rest = found - digest.suggestions.length;
  const parts: Parts = {
    words,
    summary: summary.join(', '),
    lines: digest.suggestions.map(({ id, name, cards }) => ({
      text: `${oneLine(name)} (${words.cards(cards)})`,
      href: `${pageUrl}#/duplicates/${encodeURIComponent(id)}`,
    })),
    more: rest > 0 && digest.suggestions.length > 0 ? words.more(rest) : undefined,
    actions: [
      ...(found > 0 ? [{ text: words.review, href: `${pageUrl}#/duplicates` }] : []),
      ...(merged > 0 ? [{ text: words.history, href: `${pageUrl}#/history/merges` }] : []),
    ],
    settings: `${pageUrl}#/history/nights`,
  };
  const name = oneLine(digest.name);
  return {
    subject: `Doublon: ${parts.summary}`,
    text: asText(name, parts),
    html: asHtml(name, language, parts),
    language,
  };
}

function asText(name: string, { words, summary, lines, more, actions, settings }: Parts): string {
  return [
    words.hello(name),
    `${summary}.`,
    ...lines.map(({ text, href }) => `- ${text}\n  ${href}`),
    ...(more ? [more] : []),
    ...actions.map(({ text, href }) => `${text}:\n${href}`),
    `-- \n${words.why}\n${settings}`,
  ]
    .join('\n\n')
    .concat('\n');
}

function asHtml(name: string, language: string, { words, summary, lines, more, actions, settings }: Parts): string {
  const link = ({ text, href }: Link) => `<a href="${escaped(href)}">${escaped(text)}</a>`;
  const list = lines.length > 0 ? `<ul>${lines.map((line) => `<li>${link(line)}</li>`).join('')}</ul>` : '';
  return htmlLetter(language, [
    `<p>${escaped(words.hello(name))}</p><p>${escaped(summary)}.</p>`,
    list,
    more ? `<p>${escaped(more)}</p>` : '',
    ...actions.map((action) => `<p>${link(action)}</p>`),
    `<p style="color:#666"><small>${escaped(words.why)} ${link({ text: settings, href: settings })}</small></p>`,
  ]);
}
