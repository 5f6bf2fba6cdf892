/** What a starting server tells the person in front of it. */
import type { Config } from './config.ts';
import type { FirstStart } from './seed/first-start.ts';

/** The text for standard output: where, and on the first start the passwords that are shown only now. */
export function welcome(url: string, config: Pick<Config, 'databaseUrl' | 'dataFolder'>, first?: FirstStart): string {
  const data =
    config.databaseUrl === undefined ? `Data is kept in ${config.dataFolder}.` : 'Data is kept in DATABASE_URL.';
  const sections = [
    [`Doublon is running at ${url}`],
    ...(first ? firstStart(url, first) : [laterStart(url)]),
    [`${data} Stop with Ctrl-C.`],
  ];
  return `\n${sections.map((lines) => lines.map((line) => `  ${line}\n`).join('')).join('\n')}\n`;
}

function laterStart(url: string): string[] {
  return [
    `See the duplicates:  sign in at ${url}`,
    `Connect a client:    ${url}dav/ with a user's name and an app password`,
    'Forgotten password:  node src/doublon.mjs user password NAME',
  ];
}

function firstStart(url: string, { administrator, demo }: FirstStart): string[][] {
  const sections = [
    [
      'This is the first start. These passwords are shown only now:',
      `  Administrator  user ${administrator.name}    one-time password ${administrator.password}`,
      ...(demo ? [`  Demo user      user ${demo.name}     password ${demo.password}`] : []),
    ],
  ];
  if (!demo) return [...sections, laterStart(url)];
  return [
    ...sections,
    [
      `See the duplicates: sign in at ${url} as ${demo.name}. ${demo.cards} cards, ${demo.clusters} groups of duplicates.`,
    ],
    [
      'Connect a client (CardDAV and CalDAV):',
      `  URL           ${url}dav/`,
      `  User          ${demo.name}`,
      `  App password  ${demo.appPassword}`,
    ],
  ];
}
