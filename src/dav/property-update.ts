/** The instructions of PROPPATCH, MKCOL and MKCALENDAR: judged one by one, applied all or none (RFC 4918 §9.2, RFC 5689 §3). */
import type { DeadChange, PrincipalChange } from '../commands/patch-properties.ts';
import type { CollectionPatch } from '../store/collections.ts';
import { child, childrenOf, type Element } from '../xml/element.ts';
import { propstat } from '../xml/multistatus.ts';
import { dav, type Name } from '../xml/names.ts';
import { element, standaloneXml } from '../xml/write.ts';
import { DavError } from './error.ts';
import { isProtected, liveProperty } from './properties/registry.ts';
import type { DavRequest } from './request.ts';
import type { Resource } from './resource.ts';

/** Octets of one dead property. */
const LONGEST_DEAD_PROPERTY = 1024 * 1024;

/** Each is a write of its own in one transaction. */
const MOST_INSTRUCTIONS = 1000;

export interface Instruction {
  readonly name: Name;
  /** Undefined: remove. */
  readonly value: Element | undefined;
}

/** The set and remove instructions of a body, in document order. */
export function instructionsIn(body: Element): Instruction[] {
  const instructions: Instruction[] = [];
  for (const step of childrenOf(body)) {
    if (step.name !== dav('set') && step.name !== dav('remove')) continue;
    const prop = child(step, dav('prop'));
    for (const property of prop ? childrenOf(prop) : []) {
      instructions.push({ name: property.name, value: step.name === dav('set') ? property : undefined });
    }
  }
  if (instructions.length > MOST_INSTRUCTIONS) {
    throw DavError.badRequest(
      `One request may set or remove ${MOST_INSTRUCTIONS} properties; this one has ${instructions.length}.`,
    );
  }
  return instructions;
}

export interface JudgedUpdate {
  readonly columns: CollectionPatch;
  readonly dead: readonly DeadChange[];
  readonly names: readonly Name[];
  /** Why each refused property was; empty: all can be done. */
  readonly refused: ReadonlyMap<Name, DavError>;
}

/** Judges instructions for a resource; `creating` names properties that only creation may set. */
export function judge(
  instructions: readonly Instruction[],
  resource: Resource,
  creating: ReadonlyMap<Name, (value: Element) => CollectionPatch> = new Map(),
): JudgedUpdate {
  let columns: CollectionPatch = {};
  const dead = new Map<Name, DeadChange>();
  const refused = new Map<Name, DavError>();
  for (const { name, value } of instructions) {
    try {
      const special = value && creating.get(name);
      const row = liveProperty(resource.kind, name);
      if (special) columns = { ...columns, ...special(value) };
      else if (row?.patch) columns = { ...columns, ...row.patch(value, resource) };
      else if (row?.patchPrincipal) continue;
      else if (isProtected(resource.kind, name)) throw protectedProperty(name);
      else dead.set(name, deadChange(name, value));
    } catch (error) {
      if (!(error instanceof DavError)) throw error;
      refused.set(name, error);
    }
  }
  return { columns, dead: [...dead.values()], names: [...new Set(instructions.map((each) => each.name))], refused };
}

/** The judged update with what the instructions change of a principal. */
export async function judgePrincipal(
  update: JudgedUpdate,
  instructions: readonly Instruction[],
  request: DavRequest,
  resource: Resource,
): Promise<JudgedUpdate & { readonly principal: PrincipalChange }> {
  const refused = new Map(update.refused);
  let principal: PrincipalChange = {};
  for (const { name, value } of instructions) {
    try {
      const change = await liveProperty(resource.kind, name)?.patchPrincipal?.(value, resource, request);
      principal = { ...principal, ...change };
    } catch (error) {
      if (!(error instanceof DavError)) throw error;
      refused.set(name, error);
    }
  }
  return { ...update, refused, principal };
}

function protectedProperty(name: Name): DavError {
  return DavError.unmet(403, dav('cannot-modify-protected-property'), `${name} is protected.`);
}

function deadChange(name: Name, value: Element | undefined): DeadChange {
  const end = name.lastIndexOf('}');
  const change = { namespace: name.slice(1, end), localName: name.slice(end + 1) };
  if (value === undefined) return { ...change, xml: undefined };
  const xml = standaloneXml(value);
  if (Buffer.byteLength(xml) > LONGEST_DEAD_PROPERTY)
    throw new DavError(507, `A property may hold ${LONGEST_DEAD_PROPERTY} octets.`);
  return { ...change, xml };
}

/** The propstats of an update: all done, or each refused one with its reason and the others with 424. */
export function updatePropstats({ names, refused }: JudgedUpdate): string {
  if (refused.size === 0) return propstat(200, names.map((name) => element(name)).join(''));
  let propstats = '';
  for (const [name, error] of refused) propstats += propstat(error.status, element(name), error.condition);
  const waiting = names.filter((name) => !refused.has(name));
  return waiting.length === 0 ? propstats : propstats + propstat(424, waiting.map((name) => element(name)).join(''));
}
