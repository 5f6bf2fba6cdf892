/** Queries on cards and events, and free-busy. */
import { check, timed } from '../load.ts';
import { NAMES, type Operation, prop, responses, type Scene, withClient, XML } from '../scene.ts';

const MONTH = 'start="20240301T000000Z" end="20240401T000000Z"';
const EVENTS_OF_MONTH = `<C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range ${MONTH}/></C:comp-filter></C:comp-filter>`;

interface Query {
  readonly path: string;
  readonly xml: string;
  /** Throws when the answer is wrong. */
  verify(body: Buffer): void;
}

const query = (
  name: string,
  needs: 'query' | 'calendar',
  of: (scene: Scene) => Query,
  status: 200 | 207 = 207,
): Operation => ({
  name,
  unit: 'requests',
  needs,
  run: (scene, limitMs) =>
    withClient(scene, 1, (client) => {
      const { path, xml, verify } = of(scene);
      return timed(50, 1, limitMs / 2, async () => {
        verify(
          (await client.send({ method: 'REPORT', path, headers: { ...XML, depth: '1' }, body: xml }, status)).body,
        );
      });
    }),
});

const expectResponses = (name: string, expected: number) => (body: Buffer) => {
  check(responses(body) === expected, `${name}: ${responses(body)} found instead of ${expected}`);
};

/** Cards among the first `items` whose number ends so that the text is in their mail address, `….NUMBER@example.org`. */
const countEnding = (items: number, ending: string): number =>
  Array.from({ length: items }, (_, i) => String(i)).filter((number) => number === ending).length;

const cardQuery = (property: string, text: string): string =>
  `<CR:addressbook-query ${NAMES}>${prop('')}<CR:filter><CR:prop-filter name="${property}"><CR:text-match match-type="contains">${text}</CR:text-match></CR:prop-filter></CR:filter></CR:addressbook-query>`;

const eventQuery = (data: string): string =>
  `<C:calendar-query ${NAMES}>${prop(data)}<C:filter>${EVENTS_OF_MONTH}</C:filter></C:calendar-query>`;

const someResponses = (name: string) => (body: Buffer) => check(responses(body) > 0, `${name} found nothing`);

export const QUERY_OPERATIONS: readonly Operation[] = [
  query('addressbook-query EMAIL contains', 'query', (scene) => ({
    path: scene.server.book,
    xml: cardQuery('EMAIL', '.77@example'),
    verify: expectResponses('EMAIL contains', countEnding(scene.items, '77')),
  })),
  query('addressbook-query FN contains', 'query', (scene) => ({
    path: scene.server.book,
    xml: cardQuery('FN', 'birnstiel0'),
    // families change every 14 cards, their number every 140
    verify: expectResponses('FN contains', 14),
  })),
  query('calendar-query of a month', 'calendar', (scene) => ({
    path: scene.server.calendar,
    xml: eventQuery(''),
    verify: someResponses('a month'),
  })),
  query('calendar-query of a month, expanded', 'calendar', (scene) => ({
    path: scene.server.calendar,
    xml: eventQuery(`<C:calendar-data><C:expand ${MONTH}/></C:calendar-data>`),
    verify: (body) => {
      someResponses('a month')(body);
      check(!body.includes('RRULE'), 'the answer is not expanded');
    },
  })),
  query(
    'free-busy of a month',
    'calendar',
    (scene) => ({
      path: scene.server.calendar,
      xml: `<C:free-busy-query ${NAMES}><C:time-range ${MONTH}/></C:free-busy-query>`,
      verify: (body) => check(body.includes('FREEBUSY'), 'no busy time'),
    }),
    200,
  ),
];
