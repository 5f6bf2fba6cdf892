/** The country whose national phone numbers a book is written in, told from the numbers themselves and from hints. */
import { decodedValue } from '../contentline/value.ts';
import type { Card } from '../vcard/card.ts';
import { countryOf } from './normalize/address.ts';
import { groupingLikelihood, regionsOfGrouping } from './normalize/number-grouping.ts';
import { type NumberingPlan, type NumberKind, planOf } from './normalize/numbering-plan.ts';
import { isInternational, nationalDigits, regionOf } from './normalize/phone.ts';

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
export function makeRegionGuess(): { hear(card: Card): void; region(): string | undefined } {
  const hints: Hints = { numbers: new Map(), regions: new Map() };
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
    const likelihood = likelihoodOfAll(hints.numbers, region, plan, Math.log(votes(region)), likeliest - LEAD);
    if (likelihood > likeliest) [best, likeliest, next] = [region, likelihood, likeliest];
    else next = Math.max(next, likelihood);
  }
  return best !== '' && next > Number.NEGATIVE_INFINITY && likeliest - next >= LEAD ? best : undefined;
}

/** What adding in another order may lose. */
const SLACK = 1e-6;

/**
 * The log-likelihood of all numbers, or what it is at most once that is out of reach: most plans are given up after a few, before
 * it is worked out how much they take.
 */
function likelihoodOfAll(
  numbers: Hints['numbers'],
  region: string,
  plan: NumberingPlan,
  before: number,
  reach: number,
): number {
  const mostByLength: number[] = [];
  const mostLikely = ({ length }: string): number => (mostByLength[length] ??= mostLikelyOf(length, plan));
  let most = before + SLACK;
  for (const digits of numbers.keys()) most += mostLikely(digits);
  const summed = (ofKind: OfKind): number => {
    let likelihood = before;
    let atMost = most;
    for (const [digits, written] of numbers) {
      if (atMost < reach) return atMost;
      const here = likelihoodOf(digits, plan, ofKind) + groupingLikelihood(written, region);
      likelihood += here;
      atMost += here - mostLikely(digits);
    }
    return likelihood;
  };
  const narrowest = summed(mostOfKind);
  return narrowest + SLACK < reach ? narrowest : summed(kindLikelihood);
}

/** As `kindLikelihood` if the plan took nothing but this number. */
const mostOfKind: OfKind = (national, { pattern, lengths }) =>
  lengths.includes(national.length) && pattern.test(national) ? mostOfLength(national.length, lengths) : 0;

const mostOfLength = (length: number, lengths: readonly number[]): number =>
  usual(length) / usualSum(lengths) / (LEAST_DENSITY * 10 ** length);

/** What `likelihoodOf` is at most for so many digits: as if the plan were the narrowest that takes numbers of its lengths. */
function mostLikelyOf(length: number, plan: NumberingPlan): number {
  const narrowest = ({ lengths }: NumberKind, national: number): number =>
    lengths.includes(national) ? mostOfLength(national, lengths) : 0;
  const written = (trunked: boolean): number => likelihoodAs(plan, trunked, length, narrowest);
  return Math.max(written(false), written(true));
}

function collect(card: Card, { numbers, regions }: Hints): void {
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
    if (isInternational(value)) vote(regionOf(`+${digits}`));
    else if (digits.length >= 7 && digits.length <= 13 && numbers.size < NUMBER_LIMIT)
      numbers.set(digits, regionsOfGrouping(value.replace(/^tel:/i, '')));
  }
}

/** The country that the domain of an e-mail address belongs to, or undefined for `.com`, `.io` and the like. */
export function regionOfMail(address: string): string | undefined {
  const ending = /\.([a-z]{2})>?\s*$/i.exec(address)?.[1]?.toUpperCase();
  if (!ending || WORLDWIDE_DOMAINS.has(ending)) return undefined;
  const region = ending === 'UK' ? 'GB' : ending;
  return planOf(region) ? region : undefined;
}

/** Share of numbers that are foreign, short or mistyped: what a number no plan takes is put down to. */
const STRAY = 0.01;
/** Share of numbers in ranges that were opened since the plan was written down, or are invented. */
const UNASSIGNED = 0.03;
const MOBILE_SHARE = 0.6;
/** How often the trunk prefix is written: nearly always, but for countries (calling codes) that dial without it. */
const TRUNK_SHARE = 0.95;
const WRITTEN_TRUNK = new Map([
  ...['1', '55', '52', '54', '57', '86', '91', '62', '63'].map((callingCode) => [callingCode, 0.1] as const),
  ...['7', '90', '380', '84'].map((callingCode) => [callingCode, 0.6] as const),
]);

/** The likelihood of a national number among the numbers of a kind. */
type OfKind = (national: string, kind: NumberKind) => number;

/** Log-likelihood (natural) of the written digits under a plan, to be compared between plans. */
function likelihoodOf(digits: string, plan: NumberingPlan, ofKind: OfKind): number {
  const trunked = plan.trunk !== '' && !plan.trunkKept && digits.startsWith(plan.trunk);
  const national = trunked ? digits.slice(plan.trunk.length) : digits;
  return likelihoodAs(plan, trunked, digits.length, (kind) => ofKind(national, kind));
}

/** The same of so many digits, with or without the trunk prefix before them; `ofKind`: the likelihood among the numbers of a kind. */
function likelihoodAs(
  plan: NumberingPlan,
  trunked: boolean,
  length: number,
  ofKind: (kind: NumberKind, national: number) => number,
): number {
  const { trunk, trunkKept, mobile, fixed } = plan;
  const national = trunked ? length - trunk.length : length;
  const share = trunk === '' || trunkKept ? 1 : writtenShare(plan, trunked);
  const ofMobile = mobile && MOBILE_SHARE * ofKind(mobile, national);
  const ofFixed = fixed && ofKind(fixed, national) * (mobile ? 1 - MOBILE_SHARE : 1);
  const unassigned = plan.lengths.includes(national) ? 10 ** -national : 0;
  const known = (1 - STRAY - UNASSIGNED) * ((ofMobile ?? 0) + (ofFixed ?? 0)) + UNASSIGNED * unassigned;
  return Math.log(share * known + STRAY * 0.1 * 10 ** -length);
}

function writtenShare(plan: NumberingPlan, trunked: boolean): number {
  const share = WRITTEN_TRUNK.get(plan.callingCode) ?? TRUNK_SHARE;
  return trunked ? share : 1 - share;
}

/** Usual lengths first, then every valid number alike. */
function kindLikelihood(national: string, kind: NumberKind): number {
  if (!kind.lengths.includes(national.length) || !kind.pattern.test(national)) return 0;
  const { lengths, densities } = figuresOf(kind);
  let density = densities.get(national.length);
  if (density === undefined) {
    density = densityOf(kind, national.length);
    densities.set(national.length, density);
  }
  return usual(national.length) / lengths / (density * 10 ** national.length);
}

const usual = (length: number): number => (length >= 8 && length <= 11 ? 1 : 0.15);
const usualSum = (lengths: readonly number[]): number => lengths.reduce((sum, length) => sum + usual(length), 0);

/** What is worked out once for a kind: all its lengths by how usual they are, and the density of each length that was asked for. */
interface KindFigures {
  readonly lengths: number;
  readonly densities: Map<number, number>;
}

const knownFigures = new WeakMap<NumberKind, KindFigures>();

function figuresOf(kind: NumberKind): KindFigures {
  const known = knownFigures.get(kind);
  if (known) return known;
  const figures = { lengths: usualSum(kind.lengths), densities: new Map() };
  knownFigures.set(kind, figures);
  return figures;
}

const DRAWS = 400;
const LEAST_DENSITY = 0.5 / (DRAWS + 1);

/** Which share of all numbers of a length the pattern takes, by drawing some. */
function densityOf(kind: NumberKind, length: number): number {
  let taken = 0;
  for (const number of drawnNumbers(length)) if (kind.pattern.test(number)) taken++;
  return Math.max(LEAST_DENSITY, (taken + 0.5) / (DRAWS + 1));
}

const drawn = new Map<number, readonly string[]>();

/** Numbers of a length, the same for all plans and on every run. */
function drawnNumbers(length: number): readonly string[] {
  const known = drawn.get(length);
  if (known) return known;
  let state = length;
  const numbers = Array.from({ length: DRAWS }, () => {
    let number = '';
    for (let i = 0; i < length; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      number += String(Math.floor((state / 2 ** 32) * 10));
    }
    return number;
  });
  drawn.set(length, numbers);
  return numbers;
}
