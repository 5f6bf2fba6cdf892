/** A web server on this machine that plays whoever publishes calendars: a test says what it answers. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HostAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface CalendarHost {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Requests so far, oldest first. */
  readonly requests: readonly IncomingMessage[];
  /** What a path answers from now on. */
  answer(path: string, answer: HostAnswer | ((request: IncomingMessage, response: ServerResponse) => void)): void;
  stop(): Promise<void>;
}

export async function startCalendarHost(): Promise<CalendarHost> {
  const answers = new Map<string, Parameters<CalendarHost['answer']>[1]>();
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const answer = answers.get(request.url!.split('?')[0]!) ?? { status: 404 };
    if (typeof answer === 'function') return answer(request, response);
    response.writeHead(answer.status ?? 200, { 'Content-Type': 'text/calendar', ...answer.headers });
    response.end(answer.body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: (path, answer) => void answers.set(path, answer),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An .ics file around components given as their lines. */
export function icsFile(...components: readonly (readonly string[])[]): string {
  const header = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Host//EN', 'X-WR-CALNAME:Holidays'];
  return [...header, ...components.flat(), 'END:VCALENDAR', ''].join('\r\n');
}

/** Lines of an all-day event; without a UID when it is undefined. */
export function hostEvent(uid: string | undefined, summary: string, day = '20260801', ...more: string[]): string[] {
  return [
    'BEGIN:VEVENT',
    ...(uid === undefined ? [] : [`UID:${uid}`]),
    'DTSTAMP:20260101T000000Z',
    `DTSTART;VALUE=DATE:${day}`,
    `SUMMARY:${summary}`,
    ...more,
    'END:VEVENT',
  ];
}
