/** The settings of the process: the only reader of the environment, checked once and frozen. */
import path from 'node:path';
import { z } from 'zod';
import { AppError } from './base/errors.ts';
import type { BrakeLimits } from './commands/deletion-brake.ts';
import { DEFAULT_LIMITS, type Limits } from './commands/limits.ts';
import type { OpenIdSettings } from './commands/open-id-accounts.ts';
import type { Retention } from './commands/retention.ts';
import type { SecretKey } from './commands/sealed-secrets.ts';
import { SECRET, SETTINGS, TOGETHER } from './settings.ts';

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
  /** Cards of others that are compared with each user's own. */
  readonly mostSharedCards: number;
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

/** The limits of stored objects, with what the settings say of them. */
export function limitsOf(config: Config): Limits {
  const { maxCardSize, maxCalendarObjectSize, calendarLimits, defaultQuota, mostSharedCards, brake } = config;
  return {
    ...DEFAULT_LIMITS,
    ...calendarLimits,
    maxCardSize,
    maxCalendarObjectSize,
    defaultQuota,
    mostSharedCards,
    brake,
  };
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
    mostSharedCards: values.DOUBLON_SHARED_CARDS,
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
