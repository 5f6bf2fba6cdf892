/** Qualified names of DAV bodies in Clark notation (`{namespace}local`) and the fixed prefixes they are written with. */

export const NAMESPACES = {
  dav: 'DAV:',
  caldav: 'urn:ietf:params:xml:ns:caldav',
  carddav: 'urn:ietf:params:xml:ns:carddav',
  calendarserver: 'http://calendarserver.org/ns/',
  ical: 'http://apple.com/ns/ical/',
  twisted: 'http://twistedmatrix.com/xml_namespace/dav/',
} as const;

/** Prefix of each namespace in everything we write; other namespaces are declared where they occur. */
export const PREFIXES: ReadonlyMap<string, string> = new Map([
  [NAMESPACES.dav, 'D'],
  [NAMESPACES.caldav, 'C'],
  [NAMESPACES.carddav, 'CR'],
  [NAMESPACES.calendarserver, 'CS'],
  [NAMESPACES.ical, 'ICAL'],
  [NAMESPACES.twisted, 'T'],
]);

/** A qualified name in Clark notation: `{DAV:}href`. Two names are equal when their strings are. */
export type Name = `{${string}}${string}`;

export const clark = (namespace: string, local: string): Name => `{${namespace}}${local}`;

/** Names of RFC 4918, 3744, 5397, 5689, 6578 and their kin. */
export const dav = (local: string): Name => clark(NAMESPACES.dav, local);
/** Names of RFC 4791 and its extensions. */
export const caldav = (local: string): Name => clark(NAMESPACES.caldav, local);
/** Names of RFC 6352. */
export const carddav = (local: string): Name => clark(NAMESPACES.carddav, local);
/** Names of Apple's calendarserver extensions (getctag and others). */
export const calendarserver = (local: string): Name => clark(NAMESPACES.calendarserver, local);
/** Names that Apple's calendar program writes (calendar-color, calendar-order). */
export const ical = (local: string): Name => clark(NAMESPACES.ical, local);
/** The one name of calendarserver's framework that clients know: `error-description`, a sentence for people. */
export const twisted = (local: string): Name => clark(NAMESPACES.twisted, local);

/** Splits a Clark name into namespace and local name. */
export function partsOf(name: Name): { readonly namespace: string; readonly local: string } {
  const end = name.lastIndexOf('}');
  return { namespace: name.slice(1, end), local: name.slice(end + 1) };
}
