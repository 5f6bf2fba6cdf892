/** Thunderbird itself, without a screen: what it finds, reads and writes, and what it does about a merge it has not seen. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, apiClient, basic } from '../support/api-client.ts';
import {
  ANN,
  aCard,
  anEvent,
  BOOK,
  CALENDAR,
  type DavServer,
  ICALENDAR,
  startDavServer,
  VCARD,
} from '../support/dav-server.ts';
import { missingProgram } from './debian.ts';
import { startThunderbird, type Thunderbird } from './marionette.ts';

/** Stands before each script: the book and the calendar that the first test of each made. */
const BOOKS = `
  const { CardDAVDirectory } = ChromeUtils.importESModule("resource:///modules/CardDAVDirectory.sys.mjs");
  const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
  const book = MailServices.ab.directories.find(({ dirType }) => dirType === Ci.nsIAbManager.CARDDAV_DIRECTORY_TYPE);
  const dav = book && CardDAVDirectory.forFile(book.fileName);
  const told = (topic) => new Promise((resolve) => {
    const observer = { observe() { Services.obs.removeObserver(observer, topic); resolve(); } };
    Services.obs.addObserver(observer, topic);
  });
  const cards = () => Object.fromEntries(book.childCards.map((card) => [card.UID, card.getProperty("_vCard", "")]));
`;
const CALENDARS = `
  const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");
  const { CalEvent } = ChromeUtils.importESModule("resource:///modules/CalEvent.sys.mjs");
  const calendar = cal.manager.getCalendars().find(({ type }) => type === "caldav");
  const items = async () => calendar.getItemsAsArray(Ci.calICalendar.ITEM_FILTER_ALL_ITEMS, 0, null, null);
`;

const SOON = { timeout: 30_000 };

const missing = missingProgram('thunderbird');

describe.skipIf(missing)(`Thunderbird${missing ? ` left out: ${missing}` : ''}`, () => {
  let server: DavServer;
  let thunderbird: Thunderbird;
  let api: ApiClient;
  beforeAll(async () => {
    server = await startDavServer();
    api = apiClient(server.url, basic(ANN.name, ANN.password));
    const lines = ['TEL;TYPE=CELL:+41 79 123 45 67', 'EMAIL:mia@example.org'];
    for (const uid of ['kept', 'gone'])
      expect((await server.ann('PUT', `${BOOK}${uid}.vcf`, aCard(uid, 'Mia Keller', ...lines), VCARD)).status).toBe(
        201,
      );
    expect((await server.ann('PUT', `${CALENDAR}old.ics`, anEvent('old'), ICALENDAR)).status).toBe(201);
    thunderbird = await startThunderbird();
  });
  afterAll(async () => {
    await thunderbird?.stop();
    await server.stop();
  });

  /** Resolves when a run that begins now has found the duplicates. */
  async function searched(): Promise<void> {
    const { id } = await api.call('startRun');
    const ended = async () => (await api.call('listRuns')).items.find((run) => run.id === id)?.state;
    await expect.poll(ended, SOON).toBe('done');
  }

  it('finds the book from the name of the server alone, and reads it', async () => {
    const found = await thunderbird.evaluate<string[]>(
      `${BOOKS}
      const { CardDAVUtils } = ChromeUtils.importESModule("resource:///modules/CardDAVUtils.sys.mjs");
      const found = await CardDAVUtils.detectAddressBooks(args[0], args[1], args[2], false);
      const synced = told("addrbook-directory-synced");
      const made = await found[0].create();
      await synced;
      return [found.length + " " + made.dirName, ...made.childCards.map(({ UID }) => UID).sort()];`,
      ANN.name,
      ANN.password,
      server.url,
    );
    expect(found).toEqual(['1 Contacts', 'gone', 'kept']);
  });

  it('adds, changes and deletes contacts', async () => {
    const uid = await thunderbird.evaluate<string>(`${BOOKS}
      const { AddrBookCard } = ChromeUtils.importESModule("resource:///modules/AddrBookCard.sys.mjs");
      const card = new AddrBookCard();
      card.displayName = "Zoë Thunder";
      card.primaryEmail = "zoe@example.org";
      const stored = told("addrbook-contact-updated");
      const { UID } = book.addCard(card);
      await stored;
      const known = book.childCards.find((each) => each.UID === UID);
      known.vCardProperties.addValue("title", "Pilot");
      dav.modifyCard(known);
      return UID;`);
    await expect.poll(async () => (await server.ann('GET', `${BOOK}${uid}.vcf`)).text, SOON).toContain('TITLE:Pilot');
    await thunderbird.evaluate(`${BOOKS} book.deleteCards(book.childCards.filter(({ UID }) => UID === args[0]));`, uid);
    await expect.poll(async () => (await server.ann('GET', `${BOOK}${uid}.vcf`)).status, SOON).toBe(404);
  });

  it('loses nothing when it changes a card that was merged away meanwhile', async () => {
    await searched();
    const { items } = await api.call('listSuggestions');
    const { cards } = await api.call('showSuggestion', { parameters: { id: items[0]!.id } });
    const [reference, member] = ['kept', 'gone'].map((uid) => cards.find((card) => card.uid === uid)!);
    const wanted = { referenceId: reference!.id, memberIds: [member!.id] };
    const { etags } = await api.call('previewMerge', { body: wanted });
    await api.call('mergeCards', { body: { ...wanted, etags }, headers: { 'Idempotency-Key': 'thunderbird' } });
    await thunderbird.evaluate(`${BOOKS}
      const card = book.childCards.find(({ UID }) => UID === "gone");
      card.vCardProperties.addValue("note", "written offline");
      dav.modifyCard(card);`);
    await expect.poll(async () => (await server.ann('GET', `${BOOK}gone.vcf`)).status, SOON).toBe(200);
    const left = await thunderbird.evaluate<Record<string, string>>(
      `${BOOKS} await dav.syncWithServer(); return cards();`,
    );
    expect(Object.values(left).join()).toContain('written offline');
    await searched();
    const again = await api.call('listSuggestions');
    expect(again.items[0]!.reasons.map(({ code }) => code)).toContain('merged.before');
  });

  it('finds the calendar, and writes a weekly event with one instance of its own', async () => {
    const known = await thunderbird.evaluate<string[]>(
      `${CALENDARS}
      const found = await cal.provider.detection.detect(args[0], args[1], args[2], true, [], {});
      const [made] = [...found.values()].flat();
      const loaded = new Promise((resolve) => made.addObserver({ QueryInterface: ChromeUtils.generateQI(["calIObserver"]),
        onLoad: resolve, onStartBatch() {}, onEndBatch() {}, onAddItem() {}, onModifyItem() {}, onDeleteItem() {},
        onError() {}, onPropertyChanged() {}, onPropertyDeleting() {} }));
      cal.manager.registerCalendar(made);
      await loaded;
      return (await made.getItemsAsArray(Ci.calICalendar.ITEM_FILTER_ALL_ITEMS, 0, null, null)).map(({ id }) => id);`,
      ANN.name,
      ANN.password,
      server.url,
    );
    expect(known).toEqual(['old']);
    await thunderbird.evaluate(
      `${CALENDARS}
      const added = await calendar.addItem(new CalEvent(args[0]));
      const range = ["20260708T000000Z", "20260709T000000Z"].map((text) => cal.createDateTime(text));
      const instance = added.recurrenceInfo.getOccurrences(...range, 0)[0].clone();
      instance.title = "Elsewhere";
      const changed = added.clone();
      changed.recurrenceInfo.modifyException(instance, true);
      await calendar.modifyItem(changed, added);`,
      anEvent('weekly', 'DTSTART:20260701T100000Z', 'DTEND:20260701T110000Z', 'RRULE:FREQ=WEEKLY'),
    );
    const { text } = await server.ann('GET', `${CALENDAR}weekly.ics`);
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(2);
    expect(text).toContain('RECURRENCE-ID:20260708T100000Z');
  });
});
