import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANN, aCard, anEvent, type DavServer, startDavServer } from '../support/dav-server.ts';
import { missingProgram, run, runWell } from './debian.ts';

let server: DavServer;
let home: string;
beforeAll(async () => {
  server = await startDavServer();
  home = mkdtempSync(path.join(os.tmpdir(), 'doublon-clients-'));
});
afterAll(async () => {
  rmSync(home, { recursive: true, force: true });
  await server.stop();
});

/** A suite that says in its name why it is left out. */
function withPrograms(programs: readonly string[], suite: () => void): void {
  const missing = programs.map(missingProgram).find((reason) => reason !== undefined);
  describe.skipIf(missing)(`${programs.join(' and ')}${missing ? ` left out: ${missing}` : ''}`, suite);
}

withPrograms(['cadaver'], () => {
  it('uploads, lists, copies, moves, downloads and deletes', async () => {
    writeFileSync(path.join(home, '.netrc'), `machine 127.0.0.1\nlogin ${ANN.name}\npassword "${ANN.password}"\n`, {
      mode: 0o600,
    });
    writeFileSync(path.join(home, 'c.vcf'), aCard('cadaver-card', 'Cad Aver'));
    const commands = ['put c.vcf', 'ls', 'move c.vcf d.vcf', 'get d.vcf back.vcf', 'delete d.vcf', 'ls', 'quit'];
    const output = await runWell('cadaver', [`${server.url}dav/addressbooks/ann/contacts/`], {
      input: `${commands.join('\n')}\n`,
      env: { HOME: home },
      cwd: home,
    });
    expect(output).not.toMatch(/failed|error/i);
    expect(readdirSync(home)).toContain('back.vcf');
    expect((await server.ann('GET', '/dav/addressbooks/ann/contacts/d.vcf')).status).toBe(404);
  });
});

withPrograms(['litmus'], () => {
  it.each(['basic', 'copymove', 'props', 'locks', 'http'])(
    'passes the suite %s on a plain collection (RFC 4918)',
    async (suite) => {
      const { output } = await run('litmus', ['-k', `${server.url}dav/addressbooks/ann/`, ANN.name, ANN.password], {
        env: { TESTS: suite, HOME: home },
        cwd: home,
      });
      expect(output).toMatch(/summary for `/);
      expect(output).not.toMatch(/ FAIL /);
    },
  );
});

const SETTINGS = (url: string) => `
[general]
status_path = "HOME/status"
[pair book]
a = "book_here"
b = "book_there"
collections = ["contacts"]
[storage book_here]
type = "filesystem"
path = "HOME/book"
fileext = ".vcf"
[storage book_there]
type = "carddav"
url = "${url}"
username = "${ANN.name}"
password = "${ANN.password}"
[pair plans]
a = "plans_here"
b = "plans_there"
collections = ["calendar"]
[storage plans_here]
type = "filesystem"
path = "HOME/plans"
fileext = ".ics"
[storage plans_there]
type = "caldav"
url = "${url}"
username = "${ANN.name}"
password = "${ANN.password}"
`;

withPrograms(['vdirsyncer', 'khard', 'khal', 'todoman'], () => {
  const sync = () => runWell('vdirsyncer', ['-c', path.join(home, 'vdirsyncer'), 'sync'], { env: { HOME: home } });
  beforeAll(async () => {
    for (const folder of ['book/contacts', 'plans/calendar', '.config/khard', '.config/khal', '.config/todoman']) {
      mkdirSync(path.join(home, folder), { recursive: true });
    }
    writeFileSync(path.join(home, 'vdirsyncer'), SETTINGS(server.url).replaceAll('HOME', home));
    await runWell('vdirsyncer', ['-c', path.join(home, 'vdirsyncer'), 'discover'], {
      input: 'y\ny\n',
      env: { HOME: home },
    });
  });

  it('khard reads a card of the server and creates one that reaches it', async () => {
    await server.ann(
      'PUT',
      '/dav/addressbooks/ann/contacts/k.vcf',
      aCard('khard-1', 'Karin Hard', 'EMAIL:karin@hard.example'),
      { 'content-type': 'text/vcard' },
    );
    await sync();
    writeFileSync(
      path.join(home, '.config/khard/khard.conf'),
      `[addressbooks]\n[[contacts]]\npath = ${home}/book/contacts\n`,
    );
    const env = { HOME: home, XDG_CONFIG_HOME: path.join(home, '.config') };
    expect(await runWell('khard', ['list'], { env })).toMatch(/Karin Hard/);
    const filled = path.join(home, 'new.yaml');
    writeFileSync(filled, 'First name : Neu\nLast name : Karte\nEmail :\n    home : neu@karte.example\n');
    await runWell('khard', ['new', '-a', 'contacts', '-i', filled], { env });
    await sync();
    const listed = await server.ann('PROPFIND', '/dav/addressbooks/ann/contacts/', undefined, { depth: '1' });
    const bodies = await Promise.all(
      [...listed.responses().keys()].filter((href) => !href.endsWith('/')).map((href) => server.ann('GET', href)),
    );
    expect(bodies.map(({ text }) => text).join('')).toMatch(/neu@karte\.example/);
  });

  it('khal shows a recurring event of the server on its days, and adds one', async () => {
    const weekly = anEvent('khal-1', 'DTSTART:20260706T090000Z', 'DTEND:20260706T100000Z', 'RRULE:FREQ=WEEKLY;COUNT=3');
    await server.ann('PUT', '/dav/calendars/ann/calendar/khal.ics', weekly, { 'content-type': 'text/calendar' });
    await sync();
    const settings = `[calendars]\n[[cal]]\npath = ${home}/plans/calendar\n[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\nlocal_timezone = UTC\ndefault_timezone = UTC\n[default]\ndefault_calendar = cal\n`;
    writeFileSync(path.join(home, '.config/khal/config'), settings);
    const khal = (...args: string[]) =>
      runWell('khal', ['-c', path.join(home, '.config/khal/config'), ...args], { env: { HOME: home } });
    expect(await khal('list', '2026-07-13', '2026-07-14')).toMatch(/09:00-10:00/);
    await khal('new', '2026-07-15', '12:00', '13:00', 'Lunch');
    await sync();
    const found = await server.ann('REPORT', '/dav/calendars/ann/calendar/', LUNCH, { depth: '1' });
    expect(found.text).toMatch(/SUMMARY:Lunch/);
  });

  it('todoman creates a task that the server finds, and completes it', async () => {
    writeFileSync(
      path.join(home, '.config/todoman/config.py'),
      `path = "${home}/plans/*"\ndefault_list = "calendar"\ntime_format = "%H:%M"\ndate_format = "%Y-%m-%d"\n`,
    );
    const todo = (...args: string[]) =>
      runWell('todoman', ['--config', path.join(home, '.config/todoman/config.py'), ...args], { env: { HOME: home } });
    await todo('new', '-l', 'calendar', 'Water the plants');
    await sync();
    const tasks = () => server.ann('REPORT', '/dav/calendars/ann/calendar/', TASKS, { depth: '1' });
    expect((await tasks()).text).toMatch(/SUMMARY:Water the plants/);
    await todo('done', '1');
    await sync();
    expect((await tasks()).text).toMatch(/STATUS:COMPLETED/);
  });
});

const query = (component: string, inner: string) =>
  `<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><C:calendar-data/></D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="${component}">${inner}</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>`;
const LUNCH = query('VEVENT', '<C:time-range start="20260715T110000Z" end="20260715T140000Z"/>');
const TASKS = query('VTODO', '');

const PYTHON = `
import sys, datetime, caldav
url, name, password = sys.argv[1:4]
principal = caldav.DAVClient(url, username=name, password=password).principal()
calendar = principal.make_calendar(name="From Python")
start = datetime.datetime(2026, 8, 1, 10, tzinfo=datetime.timezone.utc)
calendar.save_event(dtstart=start, dtend=start + datetime.timedelta(hours=1), summary="Weekly", rrule={"FREQ": "WEEKLY", "COUNT": 4})
calendar.save_todo(summary="A task", due=start)
found = calendar.date_search(start=start + datetime.timedelta(days=6), end=start + datetime.timedelta(days=8), expand=True)
print("found", len(found), found[0].vobject_instance.vevent.summary.value)
print("todos", len(calendar.todos()))
event = calendar.events()[0]
event.vobject_instance.vevent.summary.value = "Renamed"
event.save()
print("by uid", calendar.event_by_uid(event.vobject_instance.vevent.uid.value).vobject_instance.vevent.summary.value)
print("calendars", sorted(str(c.get_display_name() if hasattr(c, "get_display_name") else c.name) for c in principal.calendars()))
event.delete()
print("left", len(calendar.events()))
calendar.delete()
`;

/** Searching as its own compatibility checks do: by window, expanded, open tasks, by category, free-busy, by token. */
const SEARCHES = `
import sys, datetime, caldav
url, name, password = sys.argv[1:4]
utc = datetime.timezone.utc
day = lambda month, day, hour=0: datetime.datetime(2026, month, day, hour, tzinfo=utc)
principal = caldav.DAVClient(url, username=name, password=password).principal()
calendar = principal.make_calendar(name="Searches", cal_id="searches")
calendar.save_event(dtstart=day(8, 3, 10), dtend=day(8, 3, 11), summary="Once", categories=["WORK"])
calendar.save_event(dtstart=day(8, 4, 10), dtend=day(8, 4, 11), summary="Weekly", rrule={"FREQ": "WEEKLY"})
calendar.save_event(dtstart=datetime.date(2026, 8, 20), dtend=datetime.date(2026, 8, 22), summary="Days")
calendar.save_todo(summary="Open", due=day(8, 10))
calendar.save_todo(summary="Later", dtstart=day(11, 1), due=day(11, 2))
done = calendar.save_todo(summary="Done", due=day(8, 11))
done.complete()
calendar.save_journal(dtstart=datetime.date(2026, 8, 5), summary="Note")
names = lambda found: sorted(str(item.icalendar_instance.subcomponents[0]["SUMMARY"]) for item in found)
print("august", names(calendar.search(start=day(8, 1), end=day(9, 1), event=True)))
print("expanded", len(calendar.search(start=day(8, 1), end=day(9, 1), event=True, expand=True)))
print("far", names(calendar.search(start=day(8, 1).replace(year=2046), end=day(8, 8).replace(year=2046), event=True)))
print("work", names(calendar.search(event=True, category="WORK")))
print("summary", names(calendar.search(event=True, summary="Weekly")))
print("open", names(calendar.todos()), "all", names(calendar.todos(include_completed=True)))
print("due", names(calendar.search(todo=True, start=day(8, 9), end=day(8, 12), include_completed=True)))
print("journals", names(calendar.journals()))
busy = calendar.freebusy_request(day(8, 3), day(8, 5)).vobject_instance.vfreebusy
print("busy", sorted(part for line in busy.contents["freebusy"] for part in [str(start) for start, _ in line.value]))
known = calendar.objects(load_objects=False)
calendar.search(event=True, summary="Once")[0].delete()
calendar.save_event(dtstart=day(8, 6, 10), dtend=day(8, 6, 11), summary="New")
updated, deleted = known.sync()
print("changes", len(list(updated)), len(list(deleted)))
calendar.delete()
`;

withPrograms(['python3'], () => {
  it('python-caldav finds by window, expands, completes tasks, asks for free-busy and follows a sync token', async (test) => {
    if ((await run('/usr/bin/python3', ['-c', 'import caldav, icalendar'])).status !== 0)
      return test.skip('python3-caldav is not installed');
    const output = await runWell('/usr/bin/python3', ['-c', SEARCHES, `${server.url}dav/`, ANN.name, ANN.password]);
    expect(output.split('\n').filter((line) => /^[a-z]+ /.test(line))).toEqual([
      "august ['Days', 'Once', 'Weekly']",
      'expanded 6',
      "far ['Weekly']",
      "work ['Once']",
      "summary ['Weekly']",
      "open ['Later', 'Open'] all ['Done', 'Later', 'Open']",
      "due ['Done', 'Open']",
      "journals ['Note']",
      "busy ['2026-08-03 10:00:00+00:00', '2026-08-04 10:00:00+00:00']",
      'changes 1 1',
    ]);
  });

  it('python-caldav makes a calendar, searches, renames and deletes', async (test) => {
    if ((await run('/usr/bin/python3', ['-c', 'import caldav'])).status !== 0)
      return test.skip('python3-caldav is not installed');
    const output = await runWell('/usr/bin/python3', ['-c', PYTHON, `${server.url}dav/`, ANN.name, ANN.password]);
    expect(output).toMatch(/found 1 Weekly\ntodos 1\nby uid Renamed\n[^\n]*From Python[^\n]*\nleft 0/);
  });
});
