/** How each client is set up: the steps by message key, and what is to be copied. A table, so that a client is one entry. */
import type { NewAppPassword } from '../../../api/contract/devices.ts';
import type { PlainKey } from '../../messages/say.ts';

/** What the steps of one device are filled with. */
export interface Connection {
  readonly server: string;
  readonly principal: string;
  readonly addressbooks: string;
  readonly calendars: string;
  readonly userName: string;
  /** Null until an app password was made for it. */
  readonly secret: string | null;
}

/**
 * What a device of `userName` is given. Until the server says with the new password how people reach it (`made`), the page's
 * own address is taken. The server's address is that of DAV's root, which works below a path prefix, too.
 */
export function connectionOf(userName: string, made: NewAppPassword | null, page: string): Connection {
  const at = (path: string) => new URL(path, made?.urls.server ?? page).href;
  const segment = encodeURIComponent(userName);
  return {
    server: at('dav/'),
    principal: made?.urls.principal ?? at(`dav/principals/users/${segment}/`),
    addressbooks: made?.urls.addressbooks ?? at(`dav/addressbooks/${segment}/`),
    calendars: made?.urls.calendars ?? at(`dav/calendars/${segment}/`),
    userName: made?.userName ?? userName,
    secret: made?.secret ?? null,
  };
}

export interface Client {
  readonly id: string;
  /** Its own name, the same in every language. */
  readonly name: string;
  readonly steps: readonly PlainKey[];
  /** Values to type or paste, in the order in which the client asks. */
  values(connection: Connection): readonly { readonly label: PlainKey; readonly text: string }[];
  /** A file to copy. */
  config?(connection: Connection): string;
  /** True: a configuration profile is offered, by link and QR code. */
  readonly profile?: true;
  /** A link that opens the client with the account filled in; shown as a QR code too. */
  link?(connection: Connection): string;
}

/** True for an address that leads every device to itself. */
export function onlyHere(url: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}

const host = (connection: Connection) => new URL(connection.server).host;
const userName = (connection: Connection) => ({ label: 'setUp.userName', text: connection.userName }) as const;
const server = (connection: Connection) => ({ label: 'setUp.server', text: connection.server }) as const;

/** The path on the server that a DAVx5 link names, without its scheme. */
const davx5Link = (connection: Connection) => {
  const url = new URL(connection.server);
  const scheme = url.protocol === 'https:' ? 'davx5' : 'caldav';
  return `${scheme}://${encodeURIComponent(connection.userName)}@${url.host}${url.pathname}`;
};

export const CLIENTS: readonly Client[] = [
  {
    id: 'apple',
    name: 'iPhone, iPad, Mac',
    steps: ['setUp.apple.1', 'setUp.apple.2', 'setUp.apple.3', 'setUp.apple.4'],
    values: (connection) => [{ label: 'setUp.server', text: host(connection) }, userName(connection)],
    profile: true,
  },
  {
    id: 'davx5',
    name: 'Android (DAVx⁵)',
    steps: ['setUp.davx5.1', 'setUp.davx5.2', 'setUp.davx5.3'],
    values: (connection) => [server(connection), userName(connection)],
    link: davx5Link,
  },
  {
    id: 'thunderbird',
    name: 'Thunderbird',
    steps: ['setUp.thunderbird.1', 'setUp.thunderbird.2', 'setUp.thunderbird.3'],
    values: (connection) => [userName(connection), server(connection)],
  },
  {
    id: 'evolution',
    name: 'Evolution, GNOME',
    steps: ['setUp.evolution.1', 'setUp.evolution.2', 'setUp.evolution.3'],
    values: (connection) => [server(connection), userName(connection)],
  },
  {
    id: 'kde',
    name: 'KDE (Kontact)',
    steps: ['setUp.kde.1', 'setUp.kde.2', 'setUp.kde.3'],
    values: (connection) => [userName(connection), server(connection)],
  },
  {
    id: 'emclient',
    name: 'eM Client',
    steps: ['setUp.emclient.1', 'setUp.emclient.2', 'setUp.emclient.3'],
    values: (connection) => [server(connection), userName(connection)],
  },
  {
    id: 'windows',
    name: 'Windows',
    steps: ['setUp.windows.1', 'setUp.windows.2', 'setUp.windows.3'],
    values: (connection) => [server(connection), userName(connection)],
  },
  {
    id: 'outlook',
    name: 'Outlook (CalDav Synchronizer)',
    steps: ['setUp.outlook.1', 'setUp.outlook.2', 'setUp.outlook.3'],
    values: (connection) => [server(connection), userName(connection)],
  },
  {
    id: 'vdirsyncer',
    name: 'vdirsyncer',
    steps: ['setUp.vdirsyncer.1', 'setUp.vdirsyncer.2'],
    values: () => [],
    config: vdirsyncerConfig,
  },
  {
    id: 'other',
    name: '…',
    steps: ['setUp.other.1'],
    values: (connection) => [
      server(connection),
      { label: 'setUp.principal', text: connection.principal },
      { label: 'nav.books', text: connection.addressbooks },
      { label: 'books.calendars', text: connection.calendars },
      userName(connection),
    ],
  },
];

/** `~/.config/vdirsyncer/config` for all books and calendars of the account. */
export function vdirsyncerConfig(connection: Connection): string {
  const secret = connection.secret ?? '';
  // vdirsyncer's metasync ends with an error where an address book is asked for a colour.
  const pair = (name: string, type: 'carddav' | 'caldav', extension: 'vcf' | 'ics') => `
[pair doublon_${name}]
a = "doublon_${name}_local"
b = "doublon_${name}_remote"
collections = ["from a", "from b"]
metadata = ${JSON.stringify(type === 'caldav' ? ['displayname', 'color'] : ['displayname'])}

[storage doublon_${name}_local]
type = "filesystem"
path = "~/.local/share/vdirsyncer/${name}/"
fileext = ".${extension}"

[storage doublon_${name}_remote]
type = "${type}"
url = ${JSON.stringify(connection.server)}
username = ${JSON.stringify(connection.userName)}
password = ${JSON.stringify(secret)}
`;
  return `[general]
status_path = "~/.local/share/vdirsyncer/status/"
${pair('contacts', 'carddav', 'vcf')}${pair('calendars', 'caldav', 'ics')}`;
}
