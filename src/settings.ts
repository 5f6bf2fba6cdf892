/** The settings of the process by name: what each may be, and what it is when it is not set. */
import path from 'node:path';
import { z } from 'zod';
import { BRAKE_BOUNDS } from './commands/deletion-brake.ts';
import { DEFAULT_LIMITS } from './commands/limits.ts';
import { DEFAULT_RETENTION } from './commands/retention.ts';
import { readSecretKey } from './commands/sealed-secrets.ts';
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

/** One row per setting. `describe` says what is allowed: the error line repeats it. */
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
  DOUBLON_SHARED_CARDS: wholeNumber(0, 1_000_000, DEFAULT_LIMITS.mostSharedCards),
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

/** Settings whose values are never repeated. */
export const SECRET: ReadonlySet<string> = new Set([
  'DATABASE_URL',
  'DOUBLON_OIDC_CLIENT_SECRET',
  'DOUBLON_SECRET_KEY',
  'DOUBLON_SMTP_URL',
]);

/** Settings that mean nothing without another. */
export const TOGETHER: readonly (readonly [keyof typeof SETTINGS, keyof typeof SETTINGS])[] = [
  ['DOUBLON_TLS_CERT', 'DOUBLON_TLS_KEY'],
  ['DOUBLON_TLS_KEY', 'DOUBLON_TLS_CERT'],
  ['DOUBLON_OIDC_ISSUER', 'DOUBLON_OIDC_CLIENT_ID'],
  ['DOUBLON_OIDC_CLIENT_ID', 'DOUBLON_OIDC_ISSUER'],
  ['DOUBLON_OIDC_CLIENT_SECRET', 'DOUBLON_OIDC_ISSUER'],
  ['DOUBLON_SMTP_URL', 'DOUBLON_MAIL_FROM'],
  ['DOUBLON_MAIL_FROM', 'DOUBLON_SMTP_URL'],
];

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
