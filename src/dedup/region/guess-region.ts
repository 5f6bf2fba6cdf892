/** The country whose national phone numbers a book is written in, told from the numbers themselves and from hints. */
import { decodedValue } from '../../contentline/value.ts';
import type { Card } from '../../vcard/card.ts';
import { countryOf } from '../normalize/address.ts';
import { regionsOfGrouping } from '../normalize/number-grouping.ts';
import { type NumberingPlan, planOf } from '../normalize/numbering-plan.ts';
import { isInternational, nationalDigits, regionOf } from '../normalize/phone.ts';
import { likelihoodOfAll } from './number-likelihood.ts';

/** Countries tried in every book, many people's ones first; others only where a card hints at them. */
const MANY_PEOPLE = 'US DE GB FR IT ES PL BR JP CN IN RU TR MX KR CA NL UA'.split(' ');
const FEWER_PEOPLE =
  `BE AT CH PT AU CZ SE NO DK FI IE GR HU RO AR CO CL ZA IL AE SA EG MA NG KE ID PH VN TH SG MY HK TW NZ SK HR BG LT LV EE
  SI LU`.split(/\s+/);
const FREQUENT = new Map([
  ...MANY_PEOPLE.map((code) => [code, 0.6] as const),
  ...FEWER_PEOPLE.map((code) => [code, 0.3] as const),
]);
const SELDOM = 0.1;
/** National numbers looked at: more say nothing new. */
const NUMBER_LIMIT = 1000;
/** Domains that look like a country's but are sold to everybody. */
const WORLDWIDE_DOMAINS = new Set(['CO', 'IO', 'ME', 'TV', 'AI', 'CC', 'FM', 'WS', 'TO', 'LY', 'GG', 'SH', 'AM', 'LI']);
/** How sure a guess must be: the best country this many times likelier than the next. */
const LEAD = Math.log(5);

interface Hints {
  /** Digits of the numbers without a country, and where numbers are grouped as they are. */
  readonly numbers: Map<string, ReadonlySet<string> | undefined>;
  /** How often cards point to a country by an international number, an address, an e-mail domain. */
  readonly regions: Map<string, number>;
  /** Digits of international numbers by country. */
  readonly abroad: Map<string, Set<string>>;
}

/**
 * ISO 3166 code of the country under whose numbering plan the national numbers of these cards are likeliest, or
 * undefined when neither numbers nor hints (international numbers, ADR countries, X-ABADR, e-mail domains) say enough.
 * A sample of the book is enough. Each number speaks by how narrow the plan is that takes it: a plan that takes
 * everything explains nothing.
 */
export function guessRegion(cards: Iterable<Card>): string | undefined {
  const guess = makeRegionGuess();
  for (const card of cards) guess.hear(card);
  return guess.region();
}

/** As `guessRegion`, card by card. */
function makeRegionGuess(): { hear(card: Card): void; region(): string | undefined } {
  const hints: Hints = { numbers: new Map(), regions: new Map(), abroad: new Map() };
  return { hear: (card) => collect(card, hints), region: () => likeliestRegion(hints) };
}

function likeliestRegion(hints: Hints): string | undefined {
  if (hints.numbers.size === 0 && hints.regions.size === 0) return undefined;
  const votes = (region: string): number => (hints.regions.get(region) ?? 0) + (FREQUENT.get(region) ?? SELDOM);
  const candidates = [...new Set([...hints.regions.keys(), ...FREQUENT.keys()])].sort((x, y) => votes(y) - votes(x));
  let [best, likeliest, next] = ['', Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const region of candidates) {
    const plan = planOf(region);
    if (!plan) continue;
    const before = Math.log(votes(region)) + twiceWritten(hints, region, plan) * BOTH_WAYS;
    const likelihood = likelihoodOfAll(hints.numbers, region, plan, before, likeliest - LEAD);
    if (likelihood > likeliest) [best, likeliest, next] = [region, likelihood, likeliest];
    else next = Math.max(next, likelihood);
  }
  return best !== '' && next > Number.NEGATIVE_INFINITY && likeliest - next >= LEAD ? best : undefined;
}

/** How much a number says that stands in the book both ways, `0903 441 208` and `+84 903 441 208`: hardly any two of all are equal by chance. */
const BOTH_WAYS = Math.log(100_000);

/** How many national numbers a country's international ones are with another beginning. */
function twiceWritten({ numbers, abroad }: Hints, region: string, { callingCode, trunk }: NumberingPlan): number {
  let found = 0;
  for (const digits of abroad.get(region) ?? []) {
    const national = digits.slice(callingCode.length);
    if (numbers.has(trunk + national) || numbers.has(national)) found++;
  }
  return found;
}

function collect(card: Card, { numbers, regions, abroad }: Hints): void {
  const vote = (region: string | undefined): void => {
    if (region && planOf(region)) regions.set(region, (regions.get(region) ?? 0) + 1);
  };
  for (const line of card.lines) {
    if (line.name === 'ADR') vote(countryOf(decodedValue(line)));
    else if (line.name === 'X-ABADR') vote(line.value.trim().toUpperCase());
    else if (line.name === 'EMAIL') vote(regionOfMail(line.value));
    if (line.name !== 'TEL') continue;
    const value = decodedValue(line).slice(0, 60);
    const digits = nationalDigits(value);
    if (isInternational(value)) {
      const region = regionOf(`+${digits}`);
      vote(region);
      if (region) noteAbroad(abroad, region, digits);
    } else if (digits.length >= 7 && digits.length <= 13 && numbers.size < NUMBER_LIMIT)
      numbers.set(digits, regionsOfGrouping(value.replace(/^tel:/i, '')));
  }
}

function noteAbroad(abroad: Map<string, Set<string>>, region: string, digits: string): void {
  const known = abroad.get(region);
  if (known === undefined) abroad.set(region, new Set([digits]));
  else if (known.size < NUMBER_LIMIT) known.add(digits);
}

/** The country that the domain of an e-mail address belongs to, or undefined for `.com`, `.io` and the like. */
export function regionOfMail(address: string): string | undefined {
  const ending = /\.([a-z]{2})>?\s*$/i.exec(address)?.[1]?.toUpperCase();
  if (!ending || WORLDWIDE_DOMAINS.has(ending)) return undefined;
  const region = ending === 'UK' ? 'GB' : ending;
  return planOf(region) ? region : undefined;
}
