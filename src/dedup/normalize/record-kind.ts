/** What a card is about: a person, a company, a couple or household. */
import { isFirstName } from '../names/first-names.ts';
import type { RecordKind } from '../types.ts';
import { isCutUp } from './cut-name.ts';
import { isCoupleName, isHouseholdName, isJoinedOn, isNamedCouple } from './joint-name.ts';
import type { NameFields } from './name.ts';
import { hasLegalForm, normalizeOrganization } from './organization.ts';
import { cleanText } from './text.ts';

/**
 * The kind of a card that is no group. `organization`: its first company, normalised; `declared`: what KIND says;
 * `hasOwnLine`: whether it holds a mobile or a mailbox of one person.
 */
export function kindOf(
  { family, given, additional, formatted }: Pick<NameFields, 'family' | 'given' | 'additional' | 'formatted'>,
  organization: string,
  declared: string,
  hasOwnLine: () => boolean,
): Exclude<RecordKind, 'group'> {
  if (declared === 'org') return 'organization';
  const nameless = family === '' && given === '';
  // some programs put all that they have into one field
  const oneField = nameless || (family === '' ? given : given === '' ? family : undefined) === formatted;
  const isCut = isCutUp({ additional }, given, family, formatted);
  if (oneField) {
    if (namesOrganization(formatted, organization)) return 'organization';
    if (hasLegalForm(formatted) || FIRM.test(formatted) || HOUSE.test(formatted)) return 'organization';
    if (formatted === '' && organization !== '' && !hasOwnLine()) return 'organization';
  } else if (isCut && isCompanyCutUp(given, family, formatted, organization)) return 'organization';
  if (isHouseholdName(oneField ? formatted : given)) return 'couple';
  const joined =
    namesCouple(given) ||
    namesCouple(family) ||
    (nameless && namesCouple(formatted)) ||
    (isJoinedOn(family) && namesCouple(`${given} ${family}`)) ||
    // programs that cut at blanks leave one word in the given field
    (isCut && !given.includes(' ') && isNamedCouple(formatted));
  return joined && !hasLegalForm(formatted) ? 'couple' : 'individual';
}

/** Programs cut companies' names into given name and surname, too: `Fysio Dekker` of the company Fysio Dekker is nobody's. */
function isCompanyCutUp(given: string, family: string, formatted: string, organization: string): boolean {
  if (hasLegalForm(formatted) || FIRM.test(formatted) || HOUSE.test(formatted)) return true;
  // few people are called like their company: reading all names as one took a tenth of all reading
  if (organization === '' || !(mayStandIn(organization, family) || mayStandIn(organization, given))) return false;
  return normalizeOrganization(formatted) === organization && !organization.split(' ').some(isFirstName);
}

/** False for a word that is certainly none of the normalised name. */
const mayStandIn = (organization: string, word: string): boolean =>
  /[^a-z]/i.test(word) || organization.includes(word.toLowerCase());

const FIRM = /^(?:firma|fa\.)\s/i;
/** What stands before the name of a house that serves guests or sells food or cars: `Pizzeria Da Mario`. */
const HOUSE =
  /^(?:pizzeria|trattoria|osteria|ristorante|restaurante?|hotel|gasthof|gasthaus|bistro|brasserie|boulangerie|patisserie|pâtisserie|b(?:ä|ae)ckerei|metzgerei|fleischerei|konditorei|autohaus|spedition|snackbar|lokanta)\s+\S/i;

/** The company itself, or a desk of it (`Comcast customer service`), but not somebody who is called like it (`Becker Anna`). */
function namesOrganization(formatted: string, organization: string): boolean {
  if (organization === '') return false;
  const named = normalizeOrganization(formatted);
  if (!named.startsWith(organization)) return false;
  const rest = named.slice(organization.length);
  return rest === '' || (rest.startsWith(' ') && !rest.split(' ').some(isFirstName));
}

function namesCouple(text: string): boolean {
  // the & of an entity joins nobody
  const plain = text.includes('&') ? cleanText(text) : text;
  return plain.includes(',') ? plain.split(',').some(isCoupleName) : isCoupleName(plain);
}
