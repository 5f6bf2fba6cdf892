/** Apple's configuration profile with a CardDAV and a CalDAV account: a property list, unsigned. */
import { createHash } from 'node:crypto';

export const APPLE_PROFILE_TYPE = 'application/x-apple-aspen-config';

export interface AppleAccount {
  /** The identifiers are made from it: a profile installed again replaces the one before. */
  readonly appPasswordId: string;
  /** Shown as the account's name on the device. */
  readonly title: string;
  /** Base URL of the server with a slash at its end. */
  readonly server: string;
  readonly principal: string;
  readonly userName: string;
  readonly secret: string;
}

/** What a property list holds, as far as a profile needs it. */
type PlistValue = string | number | boolean | readonly PlistValue[] | PlistDict;
interface PlistDict {
  readonly [key: string]: PlistValue;
}

const SERVICES = [
  { name: 'CardDAV', type: 'com.apple.carddav.account' },
  { name: 'CalDAV', type: 'com.apple.caldav.account' },
] as const;

/** The octets of the profile: the same ones for the same account, so that they can be signed (CMS, DER) as they are. */
export function appleProfile(account: AppleAccount): Buffer {
  const identifier = `doublon.${account.appPasswordId}`;
  const profile: PlistDict = {
    PayloadContent: SERVICES.map((service) => accountPayload(account, service)),
    PayloadDescription: `${account.userName} · ${new URL(account.server).host}`,
    PayloadDisplayName: account.title,
    PayloadIdentifier: identifier,
    PayloadOrganization: 'Doublon',
    PayloadRemovalDisallowed: false,
    PayloadType: 'Configuration',
    PayloadUUID: stableUuid(identifier),
    PayloadVersion: 1,
  };
  return Buffer.from(plist(profile));
}

function accountPayload(account: AppleAccount, { name, type }: (typeof SERVICES)[number]): PlistDict {
  const { hostname, port, protocol } = new URL(account.server);
  const secure = protocol === 'https:';
  const identifier = `doublon.${account.appPasswordId}.${name.toLowerCase()}`;
  return {
    [`${name}AccountDescription`]: account.title,
    [`${name}HostName`]: hostname.replace(/^\[|\]$/g, ''),
    [`${name}Password`]: account.secret,
    [`${name}Port`]: port === '' ? (secure ? 443 : 80) : Number(port),
    [`${name}PrincipalURL`]: new URL(account.principal).pathname,
    [`${name}UseSSL`]: secure,
    [`${name}Username`]: account.userName,
    PayloadDisplayName: `${account.title} (${name})`,
    PayloadIdentifier: identifier,
    PayloadType: type,
    PayloadUUID: stableUuid(identifier),
    PayloadVersion: 1,
  };
}

/** A UUID of version 8 (RFC 9562 §5.8) made from a name: always the same one for it. */
export function stableUuid(name: string): string {
  const octets = createHash('sha256').update(name).digest().subarray(0, 16);
  octets[6] = (octets[6]! & 0x0f) | 0x80;
  octets[8] = (octets[8]! & 0x3f) | 0x80;
  return octets
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    .toUpperCase();
}

const DOCTYPE =
  '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">';

/** A property list in XML. Characters that XML 1.0 cannot hold are left out. */
export function plist(value: PlistValue): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${DOCTYPE}\n<plist version="1.0">${element(value)}</plist>\n`;
}

function element(value: PlistValue): string {
  if (typeof value === 'string') return `<string>${escaped(value)}</string>`;
  if (typeof value === 'number') return `<integer>${value}</integer>`;
  if (typeof value === 'boolean') return value ? '<true/>' : '<false/>';
  if (isList(value)) return `<array>${value.map(element).join('')}</array>`;
  const entries = Object.entries(value).map(([key, item]) => `<key>${escaped(key)}</key>${element(item)}`);
  return `<dict>${entries.join('')}</dict>`;
}

const isList = (value: PlistValue): value is readonly PlistValue[] => Array.isArray(value);

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };
const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

function escaped(text: string): string {
  return text.replace(NOT_XML, '').replace(/[&<>\r]/g, (character) => ENTITIES[character]!);
}
