/** The mail that tells an owner that deletions wait to be confirmed or discarded. */
import { type DigestLanguage, digestLanguage } from './digest-words.ts';
import type { Letter } from './letter.ts';
import { escaped, htmlLetter, oneLine } from './safe-text.ts';

export interface HeldDeletions {
  readonly name: string;
  /** Language tag of the owner, or null. */
  readonly language: string | null;
  /** URL of the page, with a slash at the end. */
  readonly pageUrl: string;
  readonly device: string;
  readonly collection: string;
  readonly held: number;
}

interface Words {
  readonly subject: (held: number) => string;
  readonly hello: (name: string) => string;
  readonly what: (device: string, collection: string, held: number) => string;
  readonly where: string;
}

const WORDS: Readonly<Record<DigestLanguage, Words>> = {
  en: {
    subject: (n) => (n === 1 ? '1 deletion waits for you' : `${n} deletions wait for you`),
    hello: (name) => `Hello ${name},`,
    what: (device, collection, n) =>
      `the device "${device}" deletes much of "${collection}" in a short time. What it has deleted since (${n}) is still there, and waits until you confirm or discard it. If that was not you, discard it and look after the device.`,
    where: 'Confirm or discard it on the page:',
  },
  de: {
    subject: (n) => (n === 1 ? '1 Löschung wartet auf Sie' : `${n} Löschungen warten auf Sie`),
    hello: (name) => `Guten Tag ${name},`,
    what: (device, collection, n) =>
      `das Gerät „${device}“ löscht in kurzer Zeit einen großen Teil von „${collection}“. Was es seither gelöscht hat (${n}), ist noch da und wartet, bis Sie es bestätigen oder verwerfen. Waren Sie das nicht, so verwerfen Sie es und sehen Sie nach dem Gerät.`,
    where: 'Auf der Seite bestätigen oder verwerfen:',
  },
  fr: {
    subject: (n) => (n === 1 ? '1 suppression vous attend' : `${n} suppressions vous attendent`),
    hello: (name) => `Bonjour ${name},`,
    what: (device, collection, n) =>
      `l’appareil « ${device} » supprime une grande partie de « ${collection} » en peu de temps. Ce qu’il a supprimé depuis (${n}) est toujours là et attend que vous le confirmiez ou le rejetiez. Si ce n’était pas vous, rejetez-le et vérifiez l’appareil.`,
    where: 'Confirmer ou rejeter sur la page :',
  },
  it: {
    subject: (n) => (n === 1 ? '1 eliminazione la attende' : `${n} eliminazioni la attendono`),
    hello: (name) => `Buongiorno ${name},`,
    what: (device, collection, n) =>
      `il dispositivo «${device}» elimina gran parte di «${collection}» in poco tempo. Ciò che ha eliminato da allora (${n}) c’è ancora e attende che lei lo confermi o lo respinga. Se non è stato lei, lo respinga e controlli il dispositivo.`,
    where: 'Confermare o respingere sulla pagina:',
  },
};

/** Writes the letter; names of devices and collections come from clients, so anything may be in them. */
export function heldDeletionsLetter(held: HeldDeletions): Pick<Letter, 'subject' | 'text' | 'html' | 'language'> {
  const language = digestLanguage(held.language);
  const words = WORDS[language];
  const lines = [
    words.hello(oneLine(held.name)),
    words.what(oneLine(held.device), oneLine(held.collection), held.held),
    words.where,
  ];
  const { pageUrl } = held;
  const paragraphs = lines.map((line) => `<p>${escaped(line)}</p>`);
  return {
    subject: `Doublon: ${words.subject(held.held)}`,
    text: `${[...lines, pageUrl].join('\n\n')}\n`,
    html: htmlLetter(language, [...paragraphs, `<p><a href="${escaped(pageUrl)}">${escaped(pageUrl)}</a></p>`]),
    language,
  };
}
