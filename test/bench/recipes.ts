/** How each measured server is started in a scratch folder on a port of its own. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { card, cardUid, event, eventUid } from './contents.ts';

export const USER = 'bench';
export const PASSWORD = 'bench-password';

/** What a server may lack: its operations are then left out. */
export type Feature = 'calendar' | 'query';

export interface Recipe {
  readonly name: string;
  readonly program: string;
  /** Ask with the name and password above. */
  readonly signsIn: boolean;
  readonly book: string;
  readonly calendar: string;
  /** Path that answers without a server error once the server is up. */
  readonly up: string;
  readonly makesCollections: boolean;
  readonly lacks?: readonly Feature[];
  /** Path of metrics for Prometheus, with the longest delay of the event loop. */
  readonly metrics?: string;
  command(
    folder: string,
    port: number,
  ): { readonly args: readonly string[]; readonly env?: Readonly<Record<string, string>> };
  /** What is to be done before the server starts. */
  lay?(folder: string, port: number): void;
  /** What is to be done before the first request. */
  prepare?(env: NodeJS.ProcessEnv, folder: string, port: number): void;
  /** Puts items `from` to `to` where the server finds them: by PUT it would take very long. */
  fill?(env: NodeJS.ProcessEnv, folder: string, from: number, to: number): void;
}

const DOUBLON = path.resolve(import.meta.dirname, '../../src/doublon.mjs');

/** Runs a program; throws with what it printed when it fails. */
function run(program: string, args: readonly string[], options: { env?: NodeJS.ProcessEnv; input?: string } = {}) {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  if (status !== 0) throw new Error(`${program} ${args[0]} failed: ${stderr}`);
}

function writeItems(book: string, calendar: string, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    fs.writeFileSync(path.join(book, `${cardUid(i)}.vcf`), card(i));
    fs.writeFileSync(path.join(calendar, `${eventUid(i)}.ics`), event(i));
  }
}

function doublon(name: string, ...args: readonly string[]): Recipe {
  return {
    name,
    program: process.execPath,
    signsIn: true,
    book: `/dav/addressbooks/${USER}/bench/`,
    calendar: `/dav/calendars/${USER}/bench/`,
    up: '/ready',
    makesCollections: true,
    metrics: '/metrics',
    command: (folder, port) => ({
      // as `npm start` does
      args: ['--max-semi-space-size=16', DOUBLON, 'serve', ...args],
      env: {
        DOUBLON_DATA: path.join(folder, 'data'),
        DOUBLON_PORT: String(port),
        DOUBLON_LOG_LEVEL: 'error',
        DOUBLON_DEMO: 'false',
        DOUBLON_DELETIONS: '0',
      },
    }),
    prepare: (env, folder) => {
      const plan = path.join(folder, 'plan.json');
      fs.writeFileSync(plan, JSON.stringify({ users: [{ name: USER, password: PASSWORD }] }));
      run(process.execPath, [DOUBLON, 'provision', plan], { env });
    },
    fill: (env, folder, from, to) => {
      for (const [file, item] of [
        ['fill.vcf', card],
        ['fill.ics', event],
      ] as const) {
        const all = path.join(folder, file);
        fs.writeFileSync(all, Array.from({ length: to - from }, (_, i) => item(from + i)).join(''));
        run(process.execPath, [DOUBLON, 'import', USER, USER, all], { env });
      }
    },
  };
}

/** One prepared statement of a bare table for each request: what no server on this Postgres can beat. */
const FLOOR: Recipe = {
  name: 'floor',
  program: process.execPath,
  signsIn: false,
  book: '/book/',
  calendar: '/calendar/',
  up: '/',
  makesCollections: false,
  lacks: ['calendar', 'query'],
  command: (folder, port) => ({
    args: [path.join(import.meta.dirname, 'floor-server.ts'), path.join(folder, 'data'), String(port)],
  }),
};

/** As Debian ships it, without checking passwords, files on disk. */
const RADICALE: Recipe = {
  name: 'radicale',
  program: 'radicale',
  signsIn: true,
  book: `/${USER}/book/`,
  calendar: `/${USER}/calendar/`,
  up: '/',
  makesCollections: true,
  command: (folder, port) => ({
    args: [
      ...['--config', '', '--server-hosts', `127.0.0.1:${port}`, '--storage-filesystem-folder', folder],
      ...['--auth-type', 'none', '--logging-level', 'error'],
    ],
  }),
  fill: (_env, folder, from, to) => {
    const collections = path.join(folder, 'collection-root', USER);
    writeItems(path.join(collections, 'book'), path.join(collections, 'calendar'), from, to);
  },
};

/** As Debian ships it, without authentication, a git repository on disk. */
const XANDIKOS: Recipe = {
  name: 'xandikos',
  program: 'xandikos',
  signsIn: false,
  book: `/${USER}/contacts/addressbook/`,
  calendar: `/${USER}/calendars/calendar/`,
  up: '/',
  makesCollections: false,
  command: (folder, port) => ({
    args: [
      ...['-d', path.join(folder, 'data'), '--autocreate', '--defaults'],
      ...['--current-user-principal', `/${USER}/`, '-l', '127.0.0.1', '-p', String(port)],
    ],
  }),
  fill: (_env, folder, from, to) => {
    const home = path.join(folder, 'data', USER);
    const [book, calendar] = [path.join(home, 'contacts/addressbook'), path.join(home, 'calendars/calendar')];
    writeItems(book, calendar, from, to);
    for (const each of [book, calendar]) {
      const author = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.org', '-c', 'gc.auto=0'];
      run('git', ['-C', each, 'add', '--all']);
      run('git', ['-C', each, ...author, 'commit', '--quiet', '-m', 'fill']);
    }
  },
};

const IMAPD = '/usr/lib/cyrus/bin/imapd';

/** As Debian ships it, httpd under its master, which needs root and the user `cyrus`; passwords by sasldb. */
const CYRUS: Recipe = {
  name: 'cyrus',
  program: 'cyrmaster',
  signsIn: true,
  book: `/dav/addressbooks/user/${USER}/Default/`,
  calendar: `/dav/calendars/user/${USER}/Default/`,
  up: '/',
  makesCollections: false,
  command: (folder) => ({
    args: [
      ...['-C', path.join(folder, 'imapd.conf'), '-M', path.join(folder, 'cyrus.conf')],
      ...['-p', path.join(folder, 'pid'), '-D'],
    ],
  }),
  lay: (folder, port) => {
    for (const below of ['conf', 'conf/socket', 'spool']) fs.mkdirSync(path.join(folder, below));
    const settings = {
      configdirectory: `${folder}/conf`,
      'partition-default': `${folder}/spool`,
      defaultpartition: 'default',
      servername: 'localhost',
      httpmodules: 'caldav carddav',
      http_allowbasicauth: 'yes',
      allowplaintext: 'yes',
      sasl_pwcheck_method: 'auxprop',
      sasl_auxprop_plugin: 'sasldb',
      sasl_sasldb_path: `${folder}/sasldb2`,
      sasl_mech_list: 'PLAIN',
      autocreate_quota: '0',
      virtdomains: 'off',
      unixhierarchysep: 'yes',
    };
    const lines = Object.entries(settings).map(([name, value]) => `${name}: ${value}\n`);
    fs.writeFileSync(path.join(folder, 'imapd.conf'), lines.join(''));
    const program = (name: string, more: string) =>
      `cmd="${path.join(IMAPD, '..', name)} -C ${folder}/imapd.conf ${more}`;
    const services = [
      `http ${program('httpd', '-U 100000"')} listen="127.0.0.1:${port}" prefork=8 maxchild=64 proto=tcp4`,
      `imap ${program('imapd', '"')} listen="${folder}/conf/socket/imap" prefork=0 maxchild=2`,
    ];
    fs.writeFileSync(
      path.join(folder, 'cyrus.conf'),
      `START {\n recover ${program('ctl_cyrusdb', '-r"')}\n}\nSERVICES {\n ${services.join('\n ')}\n}\nEVENTS {\n}\n`,
    );
    run('saslpasswd2', ['-p', '-c', '-f', `${folder}/sasldb2`, '-u', 'localhost', USER], { input: PASSWORD });
    run('chown', ['-R', 'cyrus:mail', folder]);
  },
  prepare: (_env, folder) => {
    // the first sign-in by IMAP makes the mailbox, without which there are no collections
    const dialogue = `import socket\ns=socket.socket(socket.AF_UNIX)\ns.connect(${JSON.stringify(`${folder}/conf/socket/imap`)})\nf=s.makefile('rwb',0)\nf.readline()\nf.write(b'a LOGIN ${USER} ${PASSWORD}\\r\\nb LOGOUT\\r\\n')\nf.read()`;
    run('python3', ['-c', dialogue]);
  },
};

/** The first is the one the ratios speak of. */
export const RECIPES: readonly Recipe[] = [
  doublon('doublon'),
  doublon('doublon-workers', '--workers', '2'),
  FLOOR,
  RADICALE,
  XANDIKOS,
  CYRUS,
];
