/** The settings of the process: the only reader of the environment, checked once and frozen. */
import path from 'node:path';
import { z } from 'zod';
import { AppError } from './base/errors.ts';
import { BRAKE_BOUNDS, type BrakeLimits } from './commands/deletion-brake.ts';
import { DEFAULT_LIMITS, type Limits } from './commands/limits.ts';
import type { OpenIdSettings } from './commands/open-id-accounts.ts';
import { DEFAULT_RETENTION, type Retention } from './commands/retention.ts';
import { readSecretKey, type SecretKey } from './commands/sealed-secrets.ts';
import { readOrigin } from './http/cors.ts';

const PROJECT = path.resolve(import.meta.dirname, '..');

const dateOf = (preset: string) =>
  z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
    .refine((text) => !Number.isNaN(Date.parse(text)))
    .default(preset)
    .describe('a date such as 1970-01-01');

const wholeNumber = (least: number, most: number, preset: number) =>
  z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most))
    .default(preset)
    .describe(`a whole number from ${least} to ${most}`);

const yesOrNo = (preset: boolean) =>
  z
    .enum(['true', 'false'])
    .transform((word) => word === 'true')
    .default(preset)
    .describe('true or false');

const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words, preset: NoInfer<Words[number]>) =>
  z
    .enum(words)
    .default(preset as never)
    .describe(`one of ${words.join(', ')}`);

/** Parts with commas between, each of which can be read. */
const listOf = <Part>(read: (text: string) => Part | undefined) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => read(part.trim())))
    .pipe(z.array(z.custom<Part>((part) => part !== undefined)))
    .optional();

const urlOf = (protocols: RegExp) => z.url({ protocol: protocols });

/** One row per setting. `describe` says what is allowed: the error line and the README's table repeat it. */
export const SETTINGS = {
  DATABASE_URL: urlOf(/^postgres(ql)?$/)
    .optional()
    .describe('a URL such as postgres://user:password@host:5432/database'),
  DOUBLON_DATA: z.string().min(1).default(path.join(PROJECT, 'data')).describe('a folder'),
  DOUBLON_HOST: z.string().min(1).default('127.0.0.1').describe('a host name or address to listen on'),
  DOUBLON_PORT: wholeNumber(0, 65535, 8008),
  DOUBLON_BASE_URL: urlOf(/^https?$/)
    .optional()
    .describe('the URL people reach the server by, such as https://contacts.example.org/'),
  DOUBLON_TRUST_PROXY: yesOrNo(false),
  DOUBLON_CORS_ORIGINS: listOf(readOrigin).describe('origins such as https://c.example.org with commas between, or *'),
  DOUBLON_LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error', 'silent'], 'info'),
  DOUBLON_LOG_FORMAT: oneOf(['auto', 'json', 'text'], 'auto'),
  DOUBLON_DATABASE_CONNECTIONS: wholeNumber(2, 500, 10),
  DOUBLON_PREPARED_STATEMENTS: yesOrNo(true),
  DOUBLON_MAX_CARD_BYTES: wholeNumber(1024, 100_000_000, 10 * 1024 * 1024),
  DOUBLON_MAX_CALENDAR_OBJECT_BYTES: wholeNumber(1024, 100_000_000, 10 * 1024 * 1024),
  DOUBLON_MAX_INSTANCES: wholeNumber(1, 10_000_000, 100_000),
  DOUBLON_MAX_ATTENDEES: wholeNumber(1, 1_000_000, 1000),
  DOUBLON_MIN_DATE: dateOf('0001-01-01'),
  DOUBLON_MAX_DATE: dateOf('9999-12-31'),
  DOUBLON_MAX_REQUEST_BYTES: wholeNumber(1024, 1_000_000_000, 16 * 1024 * 1024),
  DOUBLON_NIGHTLY_TIME: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .default('02:30')
    .describe('a time of day from 00:00 to 23:59'),
  DOUBLON_TIME_ZONE: z.string().refine(isTimeZone).default('UTC').describe('a time zone such as Europe/Paris'),
  DOUBLON_SMTP_URL: urlOf(/^smtps?$/)
    .optional()
    .describe('a URL such as smtp://user:password@host:587 or smtps://user:password@host'),
  DOUBLON_MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/)
    .optional()
    .describe('an address such as doublon@example.org or "Doublon <doublon@example.org>"'),
  DOUBLON_HISTORY_DAYS: wholeNumber(1, 3650, DEFAULT_RETENTION.historyDays),
  DOUBLON_HISTORY_BYTES: wholeNumber(0, Number.MAX_SAFE_INTEGER, DEFAULT_RETENTION.historyOctets),
  DOUBLON_UNDO_DAYS: wholeNumber(1, 3650, DEFAULT_RETENTION.undoDays),
  DOUBLON_DELETIONS: wholeNumber(0, BRAKE_BOUNDS.objects, DEFAULT_LIMITS.brake.objects),
  DOUBLON_DELETIONS_PERCENT: wholeNumber(0, BRAKE_BOUNDS.percent, DEFAULT_LIMITS.brake.percent),
  DOUBLON_DELETIONS_MINUTES: wholeNumber(1, BRAKE_BOUNDS.minutes, DEFAULT_LIMITS.brake.minutes),
  DOUBLON_STOP_SECONDS: wholeNumber(1, 600, 15),
  DOUBLON_ALLOW_INTERNAL_FETCH: yesOrNo(false),
  DOUBLON_DEMO: yesOrNo(true),
  DOUBLON_QUOTA_BYTES: wholeNumber(0, Number.MAX_SAFE_INTEGER, 0),
  DOUBLON_PLAIN_HTTP: yesOrNo(false),
  DOUBLON_TLS_CERT: z.string().min(1).optional().describe('a file with the certificate and its chain, PEM'),
  DOUBLON_TLS_KEY: z.string().min(1).optional().describe('a file with the private key, PEM'),
  DOUBLON_SECRET_KEY: listOf(readSecretKey).describe(
    '32 random octets in base64 or hexadecimal digits, older keys after it with commas between',
  ),
  DOUBLON_SECRET_KEY_FILE: z.string().min(1).optional().describe('a file with such keys, one a line'),
  DOUBLON_OIDC_ISSUER: urlOf(/^https?$/)
    .optional()
    .describe('the issuer URL of an OpenID provider'),
  DOUBLON_OIDC_CLIENT_ID: z.string().min(1).optional().describe('the client identifier at the OpenID provider'),
  DOUBLON_OIDC_CLIENT_SECRET: z.string().min(1).optional().describe('the client secret at the OpenID provider'),
  DOUBLON_OIDC_NAME: z.string().min(1).max(100).default('OpenID Connect').describe('what the button is called'),
  DOUBLON_OIDC_SCOPE: z.string().min(1).default('openid email profile').describe('scopes, with a space between'),
  DOUBLON_OIDC_NEW_USERS: yesOrNo(false),
  DOUBLON_OIDC_ORGANISATION: z.string().min(1).optional().describe('the name of an organisation'),
} as const;

const Environment = z.object(SETTINGS);
type Values = z.infer<typeof Environment>;

/** The settings by what they mean. */
export interface Config {
  /** undefined: the embedded Postgres. */
  readonly databaseUrl: string | undefined;
  readonly databaseConnections: number;
  /** False behind a pooler that gives each transaction another connection and cannot keep prepared statements. */
  readonly preparedStatements: boolean;
  /** Absolute path of the folder of the embedded Postgres. */
  readonly dataFolder: string;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** With a slash at the end; undefined: whatever the request says. */
  readonly baseUrl: string | undefined;
  /** Believe X-Forwarded-For and X-Forwarded-Proto of whoever connects. */
  readonly trustProxy: boolean;
  /** Origins whose web programs may use DAV; `*`: any. */
  readonly corsOrigins: readonly string[];
  readonly logLevel: Values['DOUBLON_LOG_LEVEL'];
  readonly logFormat: Values['DOUBLON_LOG_FORMAT'];
  readonly maxCardSize: number;
  readonly maxCalendarObjectSize: number;
  /** What a calendar takes (RFC 4791 §5.2.6 to §5.2.9); times in milliseconds since 1970 UTC, the last day included. */
  readonly calendarLimits: Pick<Limits, 'maxInstances' | 'maxAttendeesPerInstance' | 'minDateTime' | 'maxDateTime'>;
  /** Octets of a request body that is neither a card nor a calendar object nor a streamed import. */
  readonly maxRequestSize: number;
  /** HH:MM in `timeZone`. */
  readonly nightlyTime: string;
  readonly timeZone: string;
  /** undefined: no mail is sent. */
  readonly mail: { readonly url: string; readonly from: string } | undefined;
  readonly retention: Retention;
  /** How much one device may delete of a collection before the rest waits for its owner. */
  readonly brake: BrakeLimits;
  /** How long requests may take to finish after SIGTERM. */
  readonly stopSeconds: number;
  /** Fetch subscribed calendars from addresses inside the network, too. */
  readonly allowInternalFetch: boolean;
  /** Make a demo user with a sample book at the very first start. */
  readonly demo: boolean;
  /** Octets that each user may keep; undefined: no quota. */
  readonly defaultQuota: number | undefined;
  /** Take passwords over plain HTTP from other machines, too. */
  readonly plainHttp: boolean;
  /** PEM files; undefined: plain HTTP. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined;
  readonly openId: OpenIdSettings | undefined;
  /** What secrets at rest are sealed under; undefined: `secretKeyFile` has it. */
  readonly secretKeys: readonly SecretKey[] | undefined;
  /** Absolute path; undefined: in the data folder. */
  readonly secretKeyFile: string | undefined;
}

const SECRET: ReadonlySet<string> = new Set([
  'DATABASE_URL',
  'DOUBLON_OIDC_CLIENT_SECRET',
  'DOUBLON_SECRET_KEY',
  'DOUBLON_SMTP_URL',
]);

/**
 * Reads the settings from environment variables (default: the process's own). Throws AppError 'invalid' whose message has
 * one line for each wrong, misspelt or unknown DOUBLON_ setting.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = Environment.safeParse(given);
  const wrong = result.success ? [] : result.error.issues.map((issue) => String(issue.path[0]));
  const lines = [...new Set(wrong)].map((name) => {
    // A database URL holds a password, the other one is a secret: they are not repeated.
    const shown = SECRET.has(name) ? '' : `, not ${JSON.stringify(given[name])}`;
    return `${name} must be ${SETTINGS[name as keyof typeof SETTINGS].description}${shown}`;
  });
  for (const name of Object.keys(given)) {
    if (name.startsWith('DOUBLON_') && !name.startsWith('DOUBLON_TEST_') && !(name in SETTINGS)) {
      lines.push(`${name} is not a setting of Doublon; the settings are ${Object.keys(SETTINGS).join(', ')}`);
    }
  }
  for (const [name, needed] of TOGETHER) {
    if (given[name] !== undefined && given[needed] === undefined)
      lines.push(`${name} must be set together with ${needed}`);
  }
  if (lines.length > 0 || !result.success) throw new AppError('invalid', 'wrong-settings', lines.join('\n'));
  return configOf(result.data);
}

/** Settings that mean nothing without another. */
const TOGETHER: readonly (readonly [keyof typeof SETTINGS, keyof typeof SETTINGS])[] = [
  ['DOUBLON_TLS_CERT', 'DOUBLON_TLS_KEY'],
  ['DOUBLON_TLS_KEY', 'DOUBLON_TLS_CERT'],
  ['DOUBLON_OIDC_ISSUER', 'DOUBLON_OIDC_CLIENT_ID'],
  ['DOUBLON_OIDC_CLIENT_ID', 'DOUBLON_OIDC_ISSUER'],
  ['DOUBLON_OIDC_CLIENT_SECRET', 'DOUBLON_OIDC_ISSUER'],
  ['DOUBLON_SMTP_URL', 'DOUBLON_MAIL_FROM'],
  ['DOUBLON_MAIL_FROM', 'DOUBLON_SMTP_URL'],
];

/** The limits of stored objects, with what the settings say of them. */
export function limitsOf({ maxCardSize, maxCalendarObjectSize, calendarLimits, defaultQuota, brake }: Config): Limits {
  return { ...DEFAULT_LIMITS, ...calendarLimits, maxCardSize, maxCalendarObjectSize, defaultQuota, brake };
}

function configOf(values: Values): Config {
  return Object.freeze({
    databaseUrl: values.DATABASE_URL,
    databaseConnections: values.DOUBLON_DATABASE_CONNECTIONS,
    preparedStatements: values.DOUBLON_PREPARED_STATEMENTS,
    dataFolder: path.resolve(values.DOUBLON_DATA),
    host: values.DOUBLON_HOST,
    port: values.DOUBLON_PORT,
    baseUrl: values.DOUBLON_BASE_URL?.replace(/\/*$/, '/'),
    trustProxy: values.DOUBLON_TRUST_PROXY,
    corsOrigins: values.DOUBLON_CORS_ORIGINS ?? [],
    logLevel: values.DOUBLON_LOG_LEVEL,
    logFormat: values.DOUBLON_LOG_FORMAT,
    maxCardSize: values.DOUBLON_MAX_CARD_BYTES,
    maxCalendarObjectSize: values.DOUBLON_MAX_CALENDAR_OBJECT_BYTES,
    calendarLimits: {
      maxInstances: values.DOUBLON_MAX_INSTANCES,
      maxAttendeesPerInstance: values.DOUBLON_MAX_ATTENDEES,
      minDateTime: Date.parse(values.DOUBLON_MIN_DATE),
      maxDateTime: Date.parse(`${values.DOUBLON_MAX_DATE}T23:59:59Z`),
    },
    maxRequestSize: values.DOUBLON_MAX_REQUEST_BYTES,
    nightlyTime: values.DOUBLON_NIGHTLY_TIME,
    timeZone: values.DOUBLON_TIME_ZONE,
    mail:
      values.DOUBLON_SMTP_URL && values.DOUBLON_MAIL_FROM
        ? { url: values.DOUBLON_SMTP_URL, from: values.DOUBLON_MAIL_FROM }
        : undefined,
    retention: {
      historyDays: values.DOUBLON_HISTORY_DAYS,
      historyOctets: values.DOUBLON_HISTORY_BYTES,
      undoDays: values.DOUBLON_UNDO_DAYS,
    },
    brake: {
      objects: values.DOUBLON_DELETIONS,
      percent: values.DOUBLON_DELETIONS_PERCENT,
      minutes: values.DOUBLON_DELETIONS_MINUTES,
    },
    stopSeconds: values.DOUBLON_STOP_SECONDS,
    allowInternalFetch: values.DOUBLON_ALLOW_INTERNAL_FETCH,
    demo: values.DOUBLON_DEMO,
    defaultQuota: values.DOUBLON_QUOTA_BYTES || undefined,
    plainHttp: values.DOUBLON_PLAIN_HTTP,
    tls:
      values.DOUBLON_TLS_CERT && values.DOUBLON_TLS_KEY
        ? { certFile: path.resolve(values.DOUBLON_TLS_CERT), keyFile: path.resolve(values.DOUBLON_TLS_KEY) }
        : undefined,
    openId: openIdOf(values),
    secretKeys: values.DOUBLON_SECRET_KEY,
    secretKeyFile: values.DOUBLON_SECRET_KEY_FILE && path.resolve(values.DOUBLON_SECRET_KEY_FILE),
  });
}

function openIdOf(values: Values): OpenIdSettings | undefined {
  const { DOUBLON_OIDC_ISSUER: issuer, DOUBLON_OIDC_CLIENT_ID: clientId } = values;
  if (!issuer || !clientId) return undefined;
  return {
    issuer,
    clientId,
    clientSecret: values.DOUBLON_OIDC_CLIENT_SECRET,
    name: values.DOUBLON_OIDC_NAME,
    scope: values.DOUBLON_OIDC_SCOPE,
    newUsers: values.DOUBLON_OIDC_NEW_USERS,
    organisation: values.DOUBLON_OIDC_ORGANISATION,
  };
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
