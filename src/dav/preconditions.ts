/** If-Match, If-None-Match (RFC 9110 §13) and the If header (RFC 4918 §10.4): read once, decided on the resource's state. */
import { DavError } from './error.ts';

/** A list of entity tags, or any. Weak tags never match strongly. */
export type EntityTags = '*' | readonly EntityTag[];

export interface EntityTag {
  readonly weak: boolean;
  /** Between the quotes. */
  readonly tag: string;
}

const ENTITY_TAG = /\s*(?:(W\/)?"([^"]*)"|([^\s,"]+))\s*(?:,|$)/gy;

/** Reads If-Match or If-None-Match; undefined when the header is absent. Unquoted tags of sloppy clients are taken as tags. */
export function parseEntityTags(header: string): EntityTags | undefined {
  const text = header.trim();
  if (text === '') return undefined;
  if (text === '*') return '*';
  const tags: EntityTag[] = [];
  ENTITY_TAG.lastIndex = 0;
  let end = 0;
  for (let match = ENTITY_TAG.exec(text); match && match[0] !== ''; match = ENTITY_TAG.exec(text)) {
    tags.push({ weak: match[1] !== undefined, tag: match[2] ?? match[3]! });
    end = ENTITY_TAG.lastIndex;
  }
  if (end < text.length) throw DavError.badRequest(`"${text.slice(0, 100)}" is no list of entity tags.`);
  return tags;
}

/** What compressing proxies such as Apache write behind the tag of an answer that they compressed. */
const CODING = /^(?:[-;](?:gzip|br|zstd|deflate))?$/;

/** True for the tag of this state, also as a proxy told it to the client: otherwise no change by such a client would ever be taken. */
const tells = ({ tag }: EntityTag, etag: string): boolean =>
  tag.startsWith(etag) && CODING.test(tag.slice(etag.length));

/** Strong comparison for If-Match: `etag` is the current one without quotes, undefined when nothing is there. */
export function matchesStrongly(tags: EntityTags, etag: string | undefined): boolean {
  if (etag === undefined) return false;
  return tags === '*' || tags.some((candidate) => !candidate.weak && tells(candidate, etag));
}

/** Weak comparison for If-None-Match. */
export function matchesWeakly(tags: EntityTags, etag: string | undefined): boolean {
  if (etag === undefined) return false;
  return tags === '*' || tags.some((candidate) => tells(candidate, etag));
}

export interface Condition {
  readonly not: boolean;
  readonly token?: string;
  readonly etag?: EntityTag;
}

/** One parenthesised list of an If header; `href` is the tagged resource, undefined: the request's own. */
export interface ConditionList {
  readonly href: string | undefined;
  readonly conditions: readonly Condition[];
}

/** Reads an If header. Throws 400 when it does not follow the grammar; undefined when absent. */
export function parseIfHeader(header: string): ConditionList[] | undefined {
  if (header.trim() === '') return undefined;
  const lists: ConditionList[] = [];
  let href: string | undefined;
  let rest = header.trim();
  const bad = () => DavError.badRequest(`The If header cannot be read at "${rest.slice(0, 60)}".`);
  while (rest !== '') {
    const tagged = /^<([^>]*)>\s*/.exec(rest);
    if (tagged) {
      href = tagged[1]!;
      rest = rest.slice(tagged[0].length);
    }
    const list = /^\(((?:[^()<>"[\]]|<[^>]*>|\[\s*(?:W\/)?"[^"]*"\s*\])*)\)\s*/.exec(rest);
    if (!list) throw bad();
    lists.push({ href, conditions: parseConditions(list[1]!) });
    rest = rest.slice(list[0].length);
  }
  return lists;
}

const CONDITION = /\s*(not\b\s*)?(?:<([^>]*)>|\[\s*(W\/)?"([^"]*)"\s*\])\s*/iy;

function parseConditions(text: string): Condition[] {
  const conditions: Condition[] = [];
  CONDITION.lastIndex = 0;
  let end = 0;
  for (let match = CONDITION.exec(text); match; match = CONDITION.exec(text)) {
    const not = match[1] !== undefined;
    if (match[2] !== undefined) conditions.push({ not, token: match[2] });
    else conditions.push({ not, etag: { weak: match[3] !== undefined, tag: match[4]! } });
    end = CONDITION.lastIndex;
  }
  if (conditions.length === 0 || end < text.length)
    throw DavError.badRequest('The If header holds an unreadable list.');
  return conditions;
}

/** What an If header is judged against: a resource's tag and the lock tokens that hold on it. */
export interface ResourceState {
  readonly etag: string | undefined;
  readonly tokens: readonly string[];
}

/** True when at least one list holds (RFC 4918 §10.4.3). `stateOf` gives the state of a tagged href, or of the request's own. */
export async function holdsIf(
  lists: readonly ConditionList[],
  stateOf: (href: string | undefined) => Promise<ResourceState>,
): Promise<boolean> {
  for (const list of lists) {
    const state = await stateOf(list.href);
    if (list.conditions.every((condition) => holdsCondition(condition, state))) return true;
  }
  return false;
}

function holdsCondition(condition: Condition, state: ResourceState): boolean {
  const holds =
    condition.token !== undefined
      ? state.tokens.includes(condition.token)
      : state.etag !== undefined && !condition.etag!.weak && tells(condition.etag!, state.etag);
  return holds !== condition.not;
}

/** Lock tokens a client submits with the request, wherever they stand in the If header (RFC 4918 §10.4.1). */
export function submittedTokens(lists: readonly ConditionList[] | undefined): string[] {
  return (lists ?? []).flatMap((list) => list.conditions.flatMap((condition) => condition.token ?? []));
}
