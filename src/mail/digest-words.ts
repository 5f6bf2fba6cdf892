/** The words of the mail after a night, in the languages of the page. */

/** A number of things, as the language says it. */
type Counted = (n: number) => string;

export interface DigestWords {
  readonly found: Counted;
  readonly merged: Counted;
  readonly hello: (name: string) => string;
  readonly cards: Counted;
  readonly more: Counted;
  readonly review: string;
  readonly history: string;
  /** Why this mail came and how it is switched off; a link follows. */
  readonly why: string;
}

export const DIGEST_WORDS = {
  en: {
    found: (n) => (n === 1 ? '1 new possible duplicate' : `${n} new possible duplicates`),
    merged: (n) => (n === 1 ? '1 merge made for you' : `${n} merges made for you`),
    hello: (name) => `Hello ${name},`,
    cards: (n) => `${n} cards`,
    more: (n) => (n === 1 ? 'and 1 more' : `and ${n} more`),
    review: 'Review the suggestions',
    history: 'See the merges, and undo them if they are wrong',
    why: 'You asked for a mail after such nights. Switch it off here:',
  },
  de: {
    found: (n) => (n === 1 ? '1 neues mögliches Duplikat' : `${n} neue mögliche Duplikate`),
    merged: (n) => (n === 1 ? '1 Zusammenführung für Sie erledigt' : `${n} Zusammenführungen für Sie erledigt`),
    hello: (name) => `Guten Tag ${name},`,
    cards: (n) => `${n} Karten`,
    more: (n) => (n === 1 ? 'und 1 weiteres' : `und ${n} weitere`),
    review: 'Vorschläge ansehen',
    history: 'Zusammenführungen ansehen und, wenn sie falsch sind, rückgängig machen',
    why: 'Sie möchten nach solchen Nächten eine Mail. Hier schalten Sie sie ab:',
  },
  fr: {
    found: (n) => (n === 1 ? '1 nouveau doublon possible' : `${n} nouveaux doublons possibles`),
    merged: (n) => (n === 1 ? '1 fusion faite pour vous' : `${n} fusions faites pour vous`),
    hello: (name) => `Bonjour ${name},`,
    cards: (n) => `${n} fiches`,
    more: (n) => (n === 1 ? 'et 1 autre' : `et ${n} autres`),
    review: 'Voir les suggestions',
    history: 'Voir les fusions et les annuler si elles sont fausses',
    why: 'Vous avez demandé un message après ces nuits. Désactivez-le ici :',
  },
  it: {
    found: (n) => (n === 1 ? '1 nuovo possibile doppione' : `${n} nuovi possibili doppioni`),
    merged: (n) => (n === 1 ? '1 unione fatta per lei' : `${n} unioni fatte per lei`),
    hello: (name) => `Buongiorno ${name},`,
    cards: (n) => `${n} schede`,
    more: (n) => (n === 1 ? 'e 1 altro' : `e altri ${n}`),
    review: 'Vedere i suggerimenti',
    history: 'Vedere le unioni e annullarle se sono sbagliate',
    why: 'Ha chiesto un messaggio dopo queste notti. Lo disattivi qui:',
  },
} as const satisfies Readonly<Record<string, DigestWords>>;

export type DigestLanguage = keyof typeof DIGEST_WORDS;

/** The language of the mail for a language tag such as `de-CH` (RFC 5646); English for all that have no words here. */
export function digestLanguage(tag: string | null): DigestLanguage {
  const primary = (tag ?? '').toLowerCase().split(/[-_]/)[0] ?? '';
  return Object.hasOwn(DIGEST_WORDS, primary) ? (primary as DigestLanguage) : 'en';
}
