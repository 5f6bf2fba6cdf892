/** Postal addresses: street stem, house number, postcode, town. */

import { remembering } from '../../base/remembering.ts';
import { splitValue, unescapeText } from '../../contentline/value.ts';
import type { AddressRecord } from '../types.ts';
import { foldText, foldWords } from './text.ts';

/** Words for "street" in many languages, before or behind the name: left out of the stem. */
const STREET_WORDS = new Set(
  `strasse str street st avenue ave av road rd boulevard blvd bd drive dr lane ln court ct place pl plaza square sq
  crescent cres circuit cct close cl terrace tce parade pde way highway hwy rue chemin ch allee route rte impasse
  quai calle c carrer cl paseo ps avda avenida plza camino via viale v corso piazza vicolo largo rua r travessa
  praca estrada ulica ul aleja al aleje plac os osiedle ulitsa prospekt pr pereulok straat laan weg plein gracht kade
  platz pl gasse ring allee damm ufer cadde caddesi cad sokak sokagi sk bulvari bulvar sharia tariq lu jie dao`.split(
    /\s+/,
  ),
);
const GLUED = /(?:strasse|str|straat|weg|gasse|platz|allee|laan|plein|gracht|gata|gatan|vej|veien|utca)$/;
const LEADING = new Set(['de', 'du', 'des', 'la', 'le', 'les', 'l', 'del', 'di', 'da', 'do', 'dos', 'the', 'of']);

/**
 * Reads the value of ADR: post office box; extended; street; locality; region; postcode; country (RFC 6350 §6.3.1).
 * Returns undefined when every component is empty.
 */
export function normalizeAddress(value: string, work: boolean): AddressRecord | undefined {
  if (/^[;\s]*$/.test(value)) return undefined;
  const part = splitValue(value, ';').map((piece) => unescapeText(piece).trim());
  const [box = '', extended = '', street = '', city = '', , postcode = ''] = part;
  const [name, number] = splitStreet(street || extended);
  const extra = street ? `${extended} ${box}` : box;
  return {
    street: name,
    number,
    postcode: /^\d*$/.test(postcode) ? postcode : foldText(postcode).replace(/[^a-z0-9]/g, ''),
    city: wordsOf(city),
    extra: extra === '' || extra === ' ' ? '' : wordsOf(extra),
    work,
  };
}

/** Folded words joined by spaces: towns come again and again. */
const wordsOf = remembering(20_000, (text) => foldWords(text).join(' '));

/** Stem of the street's name and its house number: `12 rue de la Paix`, `Paixstr. 12 b`, `12-14 Peace St`. */
export function splitStreet(text: string): [stem: string, number: string] {
  const words =
    foldText(text.replace(/\n/g, ' '))
      .replace(/[.']/g, ' ')
      .match(/[a-z0-9]+/g) ?? [];
  let number = '';
  const names: string[] = [];
  for (const word of words) {
    if (/^\d/.test(word) && word.length < 7) number ||= word;
    else if (number !== '' && /^[a-z]$/.test(word) && words.at(-1) === word) number += word;
    else if (!STREET_WORDS.has(word) && !LEADING.has(word)) names.push(word.replace(GLUED, ''));
  }
  const stem = names.filter((word) => word !== '').join(' ');
  return [stem || words.filter((word) => word !== number).join(' '), number];
}

/** The country an ADR names as a region code known from its spelling, or undefined; used to read national numbers. */
export function countryOf(value: string): string | undefined {
  const written = splitValue(value, ';')[6] ?? '';
  if (written === '') return undefined;
  const country = foldText(unescapeText(written)).trim();
  return COUNTRY_NAMES.get(country) ?? (/^[a-z]{2}$/.test(country) ? country.toUpperCase() : undefined);
}

const COUNTRY_NAMES: ReadonlyMap<string, string> = new Map(
  `DE deutschland|DE germany|DE allemagne|DE alemania|DE germania|DE niemcy|AT osterreich|AT oesterreich|AT austria
  |CH schweiz|CH switzerland|CH suisse|CH svizzera|FR france|FR frankreich|FR francia|ES spain|ES espana|ES spanien
  |IT italia|IT italy|IT italien|PT portugal|BR brasil|BR brazil|NL nederland|NL netherlands|NL niederlande
  |BE belgie|BE belgique|BE belgium|BE belgien|LU luxembourg|PL polska|PL poland|PL polen|CZ cesko|CZ czechia
  |RU russia|RU rossiya|RU russland|UA ukraine|UA ukraina|TR turkiye|TR turkey|TR turkei|GB united kingdom|GB uk
  |GB england|GB great britain|IE ireland|US usa|US united states|US united states of america|US u.s.a.|CA canada
  |AU australia|NZ new zealand|CN china|CN zhongguo|JP japan|JP riben|KR south korea|KR korea|KR hangug|MX mexico
  |AR argentina|EG egypt|SA saudi arabia|AE united arab emirates|MA maroc|MA morocco|DK danmark|DK denmark
  |SE sverige|SE sweden|NO norge|NO norway|FI suomi|FI finland|HU magyarorszag|HU hungary|GR greece|GR ellada
  |IN india|IL israel`
    .split('|')
    .map((entry) => [entry.trim().slice(3), entry.trim().slice(0, 2)]),
);
