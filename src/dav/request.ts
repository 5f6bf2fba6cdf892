/** A DAV request as the methods see it: who asks, for what, how deep, with which preferences. */
import type { Context as KoaContext } from 'koa';
import type { Actor, Context } from '../commands/context.ts';
import { readBody } from '../http/body.ts';
import type { Element } from '../xml/element.ts';
import { parseKnownXml } from '../xml/known.ts';
import type { Name } from '../xml/names.ts';
import { DavError } from './error.ts';
import type { Resolution } from './resolve.ts';
import type { Owner, ResourceKind } from './resource.ts';

/** Limits of the protocol, beside those on what is stored. */
export interface DavLimits {
  /** Octets of an XML body. */
  readonly xmlBody: number;
  /** Hrefs in one multiget. */
  readonly multigetHrefs: number;
  /** Results of one query or sync report when the client names no limit; more are cut with 507. */
  readonly results: number;
}

export const DAV_LIMITS: DavLimits = { xmlBody: 16 * 1024 * 1024, multigetHrefs: 50_000, results: 200_000 };

export interface DavContext extends Context {
  readonly davLimits: DavLimits;
  /** URL people reach the server by; undefined: whatever the request says. */
  readonly baseUrl?: string | undefined;
}

export type Depth = '0' | '1' | 'infinity';

export interface Preferences {
  /** RFC 8144 §2: leave out what went as expected. */
  readonly minimal: boolean;
  /** RFC 8144 §3: give back the changed resource. */
  readonly representation: boolean;
  /** RFC 8144 §4, depth-noroot: the members without the collection itself. */
  readonly depthNoroot: boolean;
}

/** What the tables of methods and reports offer, for the properties and headers that tell it. */
export interface Tables {
  reportsOn(kind: ResourceKind): readonly Name[];
  methodsOn(kind: ResourceKind): readonly string[];
}

export interface DavRequest extends Resolution {
  readonly tables: Tables;
  readonly ctx: KoaContext;
  readonly app: DavContext;
  readonly actor: Actor;
  /** Id of the app password, or of the principal where it uses its own. */
  readonly deviceId: string;
  readonly principal: Owner;
}

/** The Depth header (RFC 4918 §10.2); undefined when absent. */
export function depthOf(ctx: KoaContext): Depth | undefined {
  const depth = ctx.get('Depth').trim().toLowerCase();
  if (depth === '') return undefined;
  if (depth === '0' || depth === '1' || depth === 'infinity') return depth;
  // Some clients send "1,noroot" (older Microsoft ones): the root comes along, which they bear.
  if (depth.startsWith('1,')) return '1';
  throw DavError.badRequest(`"${depth.slice(0, 40)}" is no Depth.`);
}

const NO_PREFERENCES: Preferences = { minimal: false, representation: false, depthNoroot: false };

/** Prefer (RFC 7240) and its ancestor Brief. */
export function preferencesOf(ctx: KoaContext): Preferences {
  if (ctx.get('Prefer') === '' && ctx.get('Brief') === '') return NO_PREFERENCES;
  const preferences = ctx
    .get('Prefer')
    .toLowerCase()
    .split(/[,;]/)
    .map((part) =>
      part
        .trim()
        .replaceAll('"', '')
        .replace(/\s*=\s*/, '='),
    );
  const minimal = preferences.includes('return=minimal') || ctx.get('Brief').trim().toLowerCase() === 't';
  return {
    minimal,
    representation: preferences.includes('return=representation') && !minimal,
    depthNoroot: preferences.includes('depth-noroot'),
  };
}

/** Overwrite header: absent means T (RFC 4918 §10.6). */
export function overwriteOf(ctx: KoaContext): boolean {
  const overwrite = ctx.get('Overwrite').trim().toUpperCase();
  if (overwrite === '' || overwrite === 'T') return true;
  if (overwrite === 'F') return false;
  throw DavError.badRequest('The Overwrite header must be T or F.');
}

/** The XML body, or undefined when there is none. */
export async function xmlBody(request: DavRequest): Promise<Element | undefined> {
  const octets = await readBody(request.ctx, request.app.davLimits.xmlBody);
  if (octets.length === 0) return undefined;
  return parseKnownXml(octets);
}

/** The XML body with its root called `root`; throws 400 otherwise. */
export async function xmlBodyNamed(request: DavRequest, root: string): Promise<Element> {
  const body = await xmlBody(request);
  if (!body) throw DavError.badRequest('This method needs an XML body.');
  if (body.name !== root) throw DavError.badRequest(`The body must be ${root}, not ${body.name.slice(0, 200)}.`);
  return body;
}

/**
 * Hosts that absolute URIs of this server may name: the one the request came to, and that of the settings, since a proxy may
 * ask by a name of its own while clients write the one they know (RFC 4918 §10.3).
 */
export function hostsOf({ ctx, app }: Pick<DavRequest, 'ctx' | 'app'>): readonly string[] {
  // Koa believes X-Forwarded-Host of a trusted proxy only
  const asked = ctx.host || 'localhost';
  return app.baseUrl === undefined ? [asked] : [asked, new URL(app.baseUrl).host];
}
