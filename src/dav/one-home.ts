/** Programs that look into one home alone, whatever a home set names (RFC 6352 §7.1.1, RFC 4791 §6.2.1): they find in it what others share. */
import type { Context as KoaContext } from 'koa';
import type { Home } from './resource.ts';

interface OneHomeProgram {
  readonly agent: RegExp;
  /** Kinds of collections of others that its user's own home shows it. */
  readonly shows: readonly Home['holds'][];
}

/**
 * By the User-Agent, since nothing else tells. Apple's take one href of a home set, and not always the first: where another's home
 * stood beside the own one, a phone could show what is shared and nothing else.
 */
const PROGRAMS: readonly OneHomeProgram[] = [
  // of the address books of a home the Mac's Contacts shows one alone, which must not be somebody else's
  { agent: /AddressBook/, shows: ['calendar'] },
  { agent: /^(?:iOS|iPadOS|macOS|Mac[ +]OS[ +]X|visionOS|watchOS)\//, shows: ['addressbook', 'calendar'] },
  { agent: /\b(?:dataaccessd|CalendarAgent|remindd|accountsd)\b/, shows: ['addressbook', 'calendar'] },
  { agent: /^vdirsyncer\//, shows: ['addressbook', 'calendar'] },
];

const programOf = (ctx: KoaContext): OneHomeProgram | undefined => {
  const sent = ctx.get('User-Agent');
  return PROGRAMS.find(({ agent }) => agent.test(sent));
};

/** True: more than the user's own home would confuse the program that asks, or be lost on it. */
export const knowsOneHome = (ctx: KoaContext): boolean => programOf(ctx) !== undefined;

/** True: the program that asks is to find collections of this kind that others share in the user's own home. */
export const looksForShared = (ctx: KoaContext, kind: Home['holds']): boolean =>
  programOf(ctx)?.shows.includes(kind) === true;
