/** The mail after a night, sent to a real mail server. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '../../src/commands/context.ts';
import { changeNightSettings, type NightSettingsPatch } from '../../src/commands/night-settings.ts';
import { sendDigests } from '../../src/jobs/digests.ts';
import type { MailContext } from '../../src/jobs/due-mails.ts';
import type { Mailer } from '../../src/mail/letter.ts';
import { makeSmtpMailer } from '../../src/mail/smtp.ts';
import { claimMail, findNight, type NightKey } from '../../src/store/nights.ts';
import { updatePrincipal } from '../../src/store/principals.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { type TestClock, testClock } from '../support/server.ts';
import { contextOf, night, putCertain, putCopies, type Sleeping, sleeping } from './night-people.ts';

const HOUR = 3_600_000;
const PAGE = 'https://contacts.example.org/';
const FROM = 'Doublon <doublon@example.org>';
let database: FreshDatabase;
let context: Context;
let clock: TestClock;
let server: MailServer;
let mailer: Mailer;
let digests: MailContext;

beforeAll(async () => {
  database = await freshDatabase();
  clock = testClock();
  context = contextOf(database.db, clock);
});
beforeEach(async () => {
  server = await startMailServer();
  mailer = makeSmtpMailer({ url: server.url, from: FROM });
  digests = { ...context, mailer, pageUrl: PAGE };
});
afterEach(async () => {
  await server.stop();
  clock.advance(48 * HOUR);
});
afterAll(() => database.drop());

/** Somebody whose night found one cluster. */
async function afterNight(wish: NightSettingsPatch & { language?: string } = {}): Promise<[Sleeping, NightKey]> {
  const person = await sleeping(context, { mail: true, ...wish });
  await putCertain(context, person, 'karl', 'Karl Lindqvist');
  return [person, (await night(context, person)).key];
}

const mailOf = async (key: NightKey) => (await findNight(context.db, key))?.mail;

/** The source with soft line ends and escapes of quoted-printable (RFC 2045 §6.7) taken back. */
const readable = (source: string): string => {
  const octets = source
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(octets, 'latin1').toString('utf8');
};

describe('the mail about a night', () => {
  it('reaches who asked for it, in their language, with names and links, as text and as HTML', async () => {
    const [person, key] = await afterNight({ language: 'de-CH' });
    expect(await sendDigests(digests)).toBe(1);
    const [mail] = server.received;
    expect([mail!.from, mail!.to]).toEqual(['doublon@example.org', [`${person.actor.name}@example.org`]]);
    const source = readable(mail!.source);
    expect(source).toMatch(/^Content-Type: multipart\/alternative/m);
    expect(source).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    const id = `<night.${person.actor.principalId}.`;
    expect(mail!.source.replace(/\r\n /g, ' ')).toContain(`Message-ID: ${id}`);
    expect(source).toContain('1 neues mögliches Duplikat');
    expect(source).toContain('Karl Lindqvist (2 Karten)');
    expect(source.split(`${PAGE}#/duplicates/`).length).toBeGreaterThan(2);
    expect(await mailOf(key)).toBe('sent');
  });

  it('tells of merges that were made unattended, with the way to undo them', async () => {
    const person = await sleeping(context, { mail: true, unattended: 'exact', mailTo: 'elsewhere@example.net' });
    await putCopies(context, person, 'ida', 'Ida Roth');
    await night(context, person);
    await sendDigests(digests);
    expect(server.received.map((mail) => mail.to)).toEqual([['elsewhere@example.net']]);
    const source = readable(server.received[0]!.source);
    expect(source).toContain('1 merge made for you');
    expect(source).toContain(`${PAGE}#/history`);
  });

  it('goes to nobody who did not ask for it, or for whom the night brought nothing', async () => {
    const quiet = await sleeping(context, { mail: true });
    const [, unasked] = await afterNight({ mail: false });
    const { key } = await night(context, quiet);
    expect(await sendDigests(digests)).toBe(0);
    expect([await mailOf(key), await mailOf(unasked), server.received]).toEqual(['none', 'none', []]);
  });

  it('is sent once a night, by one of several processes, and not again the next night for the same', async () => {
    const [person] = await afterNight();
    await Promise.all([1, 2, 3].map(() => sendDigests(digests)));
    await sendDigests(digests);
    clock.advance(24 * HOUR);
    await night(context, person);
    await sendDigests(digests);
    expect(server.received).toHaveLength(1);
  });

  it('is not sent any more once the user has switched it off, or the account is disabled', async () => {
    const [person, key] = await afterNight();
    await changeNightSettings(context, person.actor, { mail: false });
    const [other, otherKey] = await afterNight();
    const { organisationId, principalId } = other.actor;
    await updatePrincipal(context.db, organisationId, principalId, { disabled_at: new Date(clock.now()) });
    expect(await sendDigests(digests)).toBe(0);
    expect([await mailOf(key), await mailOf(otherKey)]).toEqual(['none', 'none']);
  });

  it('waits longer and longer for a mail server that cannot take it now, and the night is done all the same', async () => {
    server.refuse(451);
    const [, key] = await afterNight();
    expect((await findNight(context.db, key))?.state).toBe('done');
    await sendDigests(digests);
    clock.advance(HOUR / 5);
    await sendDigests(digests);
    expect(await findNight(context.db, key)).toMatchObject({ mail: 'due', mail_attempts: 1 });
    clock.advance(HOUR / 5);
    await sendDigests(digests);
    expect(await findNight(context.db, key)).toMatchObject({ mail: 'due', mail_attempts: 2 });
    server.refuse(undefined);
    clock.advance(HOUR);
    await sendDigests(digests);
    expect([await mailOf(key), server.received.length]).toEqual(['sent', 1]);
  });

  it('is tried again when there is no server at all, and given up at last', async () => {
    const [, key] = await afterNight();
    const nowhere = makeSmtpMailer({ url: 'smtp://127.0.0.1:1', from: FROM });
    for (let n = 0; n < 4 * 24 * 3; n++) {
      await sendDigests({ ...digests, mailer: nowhere });
      clock.advance(HOUR / 4);
    }
    expect(await findNight(context.db, key)).toMatchObject({ mail: 'failed', mail_attempts: 8 });
  });

  it('is not sent days later, when the operator names a mail server at last', async () => {
    const [, key] = await afterNight();
    expect(await sendDigests({ ...digests, mailer: undefined })).toBe(0);
    expect(await mailOf(key)).toBe('due');
    clock.advance(4 * 24 * HOUR);
    expect(await sendDigests(digests)).toBe(0);
    expect([await mailOf(key), server.received]).toEqual(['none', []]);
  });

  it('is given up at once when the server refuses it for good (RFC 5321 §4.2.1), or may have it already', async () => {
    server.refuse(550);
    const [, refused] = await afterNight();
    await sendDigests(digests);
    server.refuse(undefined);
    server.cutAfterData(true);
    const [, cut] = await afterNight();
    await sendDigests(digests);
    expect([await mailOf(refused), await mailOf(cut), server.received.length]).toEqual(['failed', 'failed', 1]);
  });

  it('is never sent twice, even when the process dies while it sends', async () => {
    const [, key] = await afterNight();
    await claimMail(context.db, key);
    expect(await sendDigests(digests)).toBe(0);
    expect(await mailOf(key)).toBe('sending');
  });

  it('shows no password of the mail server when it is refused', async () => {
    const wrong = makeSmtpMailer({ url: server.url.replace('correct%20horse', 'battery'), from: FROM });
    const letter = { to: 'a@example.org', subject: 's', text: 't', html: 'h', id: 'x', language: 'en' };
    const delivery = await wrong.send(letter);
    expect(delivery).toMatchObject({ outcome: 'failed' });
    expect(JSON.stringify(delivery)).not.toMatch(/battery|correct/);
  });

  it('takes no address for another header', async () => {
    const letter = {
      to: 'a@example.org\r\nBcc: b@example.org',
      subject: 's\r\nBcc: c@example.org',
      text: 't',
      html: 'h',
    };
    await mailer.send({ ...letter, id: 'x', language: 'en' });
    for (const { to, source } of server.received) {
      expect(to).toHaveLength(1);
      expect(source).not.toMatch(/^Bcc:/im);
    }
  });
});
