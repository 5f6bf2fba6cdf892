/** Blocking: which cards are compared at all, and which values are counted to know how rare they are. */
import { type Named, namedOf } from '../named.ts';
import { subscriberKey } from '../normalize/phone.ts';
import type { ContactRecord } from '../types.ts';
import { seededKey, seedOf } from './key.ts';
import {
  birthdayKeys,
  birthdayNameKeys,
  cityNameKeys,
  type Emit,
  emailPersonKeys,
  emitEach,
  emitOne,
  initialKeys,
  mailNames,
  organizationNameKeys,
  pairKeys,
  phonePersonKeys,
  postcodeNameKeys,
  shortFormKeys,
  streetKeys,
  streetNameKeys,
} from './values.ts';

export interface BlockingRule {
  readonly name: string;
  /** Blocks with more distinct contents than this are not crossed; 0: the key is only counted. */
  readonly limit: number;
  /** Scores ask how many hold a value, since a rare one says more. */
  readonly weighs?: boolean;
  /** They ask it of pairs, too, of which one card alone holds the value. */
  readonly oneSided?: boolean;
  /** What a rarer value would make of a pair is thought of beforehand: such pairs are stored as latent. */
  readonly foreseen?: boolean;
  /** Counts up to this one all say the same. */
  readonly alike?: number;
  /** Calls `emit` with each value of the record; doubles do no harm. */
  values(record: ContactRecord, emit: Emit, named: Named): void;
}

/** A desk number, a company or a default date never brings everybody together. */
const WIDE = 60;
const USUAL = 150;
/** One name with one number or mailbox: a device that made copy after copy, each a little different. */
const COPIED = 400;
/** Two weak facts together: worth comparing only where few share them. */
const NARROW = 30;
const TIGHT = 12;
const COUNTED = 0;

/** Words of a name that a card counts for, to tell how common they are: the first ones. */
export const COUNTED_WORDS = { given: 1, family: 2 } as const;

/** Up to this scale (5 to 8 cards) an identifier still says something about its holders. */
export const TELLING_SCALE = 3;
/** How many hold a number or a mailbox under one name is asked only where more than that hold it. */
const NAMED_ALIKE = 2 ** TELLING_SCALE;

/** A word that one or two cards hold is as rare as a word can be: the two that are compared may be all. */
export const PAIR = 2;

/** The rules, most telling first. Stored keys depend on them: a change here needs a new ENGINE_VERSION. */
export const BLOCKING_RULES: readonly BlockingRule[] = [
  {
    name: 'phone',
    limit: WIDE,
    weighs: true,
    values: (record, emit) => {
      for (const phone of record.phones) emit(subscriberKey(phone.number));
    },
  },
  {
    name: 'email',
    limit: WIDE,
    weighs: true,
    values: (record, emit) => {
      for (const email of record.emails) emit(email.mailbox);
    },
  },
  { name: 'phoneperson', limit: COPIED, weighs: true, oneSided: true, alike: NAMED_ALIKE, values: phonePersonKeys },
  { name: 'emailperson', limit: COPIED, weighs: true, oneSided: true, alike: NAMED_ALIKE, values: emailPersonKeys },
  { name: 'local', limit: WIDE, values: mailNames },
  { name: 'han', limit: USUAL, values: (record, emit) => emitOne(record.name.han, emit) },
  { name: 'sound', limit: USUAL, values: (record, emit, named) => pairKeys(record, emit, named, 'sound') },
  { name: 'consonants', limit: USUAL, values: (record, emit, named) => pairKeys(record, emit, named, 'bones') },
  { name: 'initial', limit: NARROW, values: initialKeys },
  { name: 'shortform', limit: WIDE, values: shortFormKeys },
  { name: 'birthday', limit: WIDE, weighs: true, values: birthdayKeys },
  { name: 'birthdayname', limit: TIGHT, values: birthdayNameKeys },
  { name: 'street', limit: TIGHT, values: streetKeys },
  { name: 'postcodename', limit: NARROW, values: postcodeNameKeys },
  { name: 'cityname', limit: TIGHT, values: cityNameKeys },
  { name: 'streetname', limit: TIGHT, values: streetNameKeys },
  { name: 'orgname', limit: WIDE, values: organizationNameKeys },
  { name: 'url', limit: WIDE, values: (record, emit) => emitEach(record.urls, emit) },
  { name: 'photo', limit: WIDE, values: (record, emit) => emitOne(record.photo, emit) },
  { name: 'org', limit: COUNTED, weighs: true, values: (record, emit) => emitEach(record.organizations, emit) },
  {
    name: 'given',
    limit: COUNTED,
    weighs: true,
    foreseen: true,
    alike: PAIR,
    values: (record, emit) => emitEach(record.name.given.slice(0, COUNTED_WORDS.given), emit),
  },
  {
    name: 'family',
    limit: COUNTED,
    weighs: true,
    foreseen: true,
    alike: PAIR,
    values: (record, emit) => emitEach(record.name.family.slice(0, COUNTED_WORDS.family), emit),
  },
  { name: 'fullname', limit: COUNTED, weighs: true, values: (_, emit, { fullName }) => emitOne(fullName, emit) },
];

const seeds = BLOCKING_RULES.map((rule) => seedOf(rule.name));

/** The keys of the rule at work. */
let told = new Float64Array(256);

/** Tells every key of the record with the rule's place in the table; doubles are left out, groups have none. */
export function eachKey(
  record: ContactRecord,
  visit: (key: number, rule: number) => void,
  named: Named = namedOf(record),
): void {
  if (record.kind === 'group') return;
  let rule = 0;
  let count = 0;
  const emit: Emit = (value, second) => {
    const key = seededKey(seeds[rule]!, value, second);
    for (let i = 0; i < count; i++) if (told[i] === key) return;
    if (count === told.length) told = withRoom(told);
    told[count++] = key;
    visit(key, rule);
  };
  for (; rule < BLOCKING_RULES.length; rule++) {
    count = 0;
    BLOCKING_RULES[rule]!.values(record, emit, named);
  }
}

function withRoom(keys: Float64Array): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(keys.length * 2);
  wider.set(keys);
  return wider;
}

/** As `eachKey`, in two lists. */
export function keysByRule(record: ContactRecord): { readonly keys: number[]; readonly rules: number[] } {
  const keys: number[] = [];
  const rules: number[] = [];
  eachKey(record, (key, rule) => {
    keys.push(key);
    rules.push(rule);
  });
  return { keys, rules };
}
