/** Bodies of every DAV method and report that takes one, and what a fuzzer makes of them. */
import fc from 'fast-check';
import { BOOK, CALENDAR, PREFIXES } from '../support/dav-server.ts';
import { hostileString, mutatedText } from './hostile.ts';

export interface XmlRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

const timed = (start: string, inside = '') =>
  `<C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range ${start}/>${inside}</C:comp-filter></C:comp-filter>`;
const card =
  '<D:prop><D:getetag/><CR:address-data content-type="text/vcard" version="4.0"><CR:prop name="FN"/></CR:address-data></D:prop>';
const event =
  '<D:prop><C:calendar-data><C:comp name="VCALENDAR"><C:allprop/><C:comp name="VEVENT"><C:prop name="UID" novalue="no"/></C:comp></C:comp><C:expand start="20260101T000000Z" end="20260201T000000Z"/><C:limit-freebusy-set start="20260101T000000Z" end="20260201T000000Z"/></C:calendar-data></D:prop>';

/** Method, path, root element (with its attributes) and what is in it. */
const BODIES: readonly (readonly [string, string, string, string])[] = [
  ['PROPFIND', BOOK, 'D:propfind', '<D:prop><D:getetag/><CR:supported-address-data/><x:y xmlns:x="urn:x"/></D:prop>'],
  ['PROPFIND', CALENDAR, 'D:propfind', '<D:allprop/><D:include><D:acl/><D:supported-report-set/></D:include>'],
  [
    'PROPPATCH',
    BOOK,
    'D:propertyupdate',
    '<D:set><D:prop><D:displayname xml:lang="en">Book</D:displayname><x:y xmlns:x="urn:x"><z/></x:y></D:prop></D:set><D:remove><D:prop><CR:addressbook-description/></D:prop></D:remove>',
  ],
  [
    'PROPPATCH',
    CALENDAR,
    'D:propertyupdate',
    '<D:set><D:prop><C:calendar-timezone>BEGIN:VCALENDAR</C:calendar-timezone><ICAL:calendar-color>#ff0000ff</ICAL:calendar-color><ICAL:calendar-order>3</ICAL:calendar-order></D:prop></D:set>',
  ],
  [
    'MKCOL',
    `${BOOK.replace('contacts', 'made')}`,
    'D:mkcol',
    '<D:set><D:prop><D:resourcetype><D:collection/><CR:addressbook/></D:resourcetype><D:displayname>Made</D:displayname></D:prop></D:set>',
  ],
  [
    'MKCALENDAR',
    `${CALENDAR.replace('calendar/', 'made/')}`,
    'C:mkcalendar',
    '<D:set><D:prop><C:supported-calendar-component-set><C:comp name="VTODO"/></C:supported-calendar-component-set></D:prop></D:set>',
  ],
  [
    'LOCK',
    `${BOOK}none.vcf`,
    'D:lockinfo',
    '<D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype><D:owner><D:href>me</D:href></D:owner>',
  ],
  [
    'ACL',
    BOOK,
    'D:acl',
    '<D:ace><D:principal><D:href>/dav/principals/users/bob/</D:href></D:principal><D:grant><D:privilege><D:read/></D:privilege></D:grant></D:ace>',
  ],
  [
    'REPORT',
    BOOK,
    'D:sync-collection',
    '<D:sync-token/><D:sync-level>1</D:sync-level><D:limit><D:nresults>3</D:nresults></D:limit><D:prop><D:getetag/></D:prop>',
  ],
  [
    'REPORT',
    '/dav/addressbooks/ann/',
    'D:sync-collection',
    '<D:sync-token/><D:sync-level>infinite</D:sync-level><D:prop><D:getetag/></D:prop>',
  ],
  [
    'REPORT',
    BOOK,
    'CR:addressbook-query',
    `${card}<CR:filter test="allof"><CR:prop-filter name="EMAIL" test="anyof"><CR:text-match collation="i;unicode-casemap" match-type="contains" negate-condition="no">a</CR:text-match><CR:param-filter name="TYPE"><CR:text-match>home</CR:text-match></CR:param-filter></CR:prop-filter><CR:prop-filter name="NICKNAME"><CR:is-not-defined/></CR:prop-filter></CR:filter><CR:limit><CR:nresults>2</CR:nresults></CR:limit>`,
  ],
  ['REPORT', BOOK, 'CR:addressbook-multiget', `${card}<D:href>${BOOK}one.vcf</D:href><D:href>${BOOK}none.vcf</D:href>`],
  [
    'REPORT',
    CALENDAR,
    'C:calendar-query',
    `${event}<C:filter>${timed('start="20260101T000000Z" end="20270101T000000Z"', '<C:prop-filter name="SUMMARY"><C:text-match collation="i;ascii-casemap">a</C:text-match></C:prop-filter><C:comp-filter name="VALARM"><C:time-range start="20260101T000000Z"/></C:comp-filter>')}</C:filter><C:timezone>BEGIN:VCALENDAR&#13;\nVERSION:2.0&#13;\nPRODID:x&#13;\nBEGIN:VTIMEZONE&#13;\nTZID:x&#13;\nBEGIN:STANDARD&#13;\nDTSTART:16010101T000000&#13;\nTZOFFSETFROM:+0100&#13;\nTZOFFSETTO:+0100&#13;\nEND:STANDARD&#13;\nEND:VTIMEZONE&#13;\nEND:VCALENDAR</C:timezone>`,
  ],
  [
    'REPORT',
    CALENDAR,
    'C:calendar-multiget',
    `${event.replace('C:expand', 'C:limit-recurrence-set')}<D:href>${CALENDAR}one.ics</D:href>`,
  ],
  ['REPORT', CALENDAR, 'C:free-busy-query', '<C:time-range start="20260101T000000Z" end="20270101T000000Z"/>'],
  [
    'REPORT',
    '/dav/principals/users/ann/',
    'D:expand-property',
    '<D:property name="group-membership" namespace="DAV:"><D:property name="displayname"/></D:property>',
  ],
  [
    'REPORT',
    '/dav/principals/',
    'D:principal-property-search',
    '<D:property-search><D:prop><D:displayname/></D:prop><D:match>an</D:match></D:property-search><D:prop><D:displayname/></D:prop>',
  ],
  ['REPORT', '/dav/principals/', 'D:principal-search-property-set', ''],
  ['REPORT', BOOK, 'D:principal-match', '<D:self/>'],
  ['REPORT', BOOK, 'D:acl-principal-prop-set', '<D:prop><D:displayname/></D:prop>'],
  [
    'REPORT',
    '/dav/principals/',
    'CS:calendarserver-principal-search',
    '<CS:search-token>an</CS:search-token><CS:limit><CS:nresults>5</CS:nresults></CS:limit>',
  ],
];

export const VALID: readonly XmlRequest[] = BODIES.map(([method, path, root, inside]) => ({
  method,
  path,
  body: `<${root} ${PREFIXES}>${inside}</${root}>`,
}));

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
/** Pieces that are whole in themselves: elements without children, attribute values, texts. */
const PIECES = [/<[\w:-]+(?: [^<>]*)?\/>/g, /(?<==")[^"<>]*(?=")/g, /(?<=>)[^<>]+(?=<)/g] as const;
const NAMES = [
  'D:prop',
  'D:href',
  'C:comp',
  'C:comp-filter',
  'C:time-range',
  'CR:prop-filter',
  'CR:text-match',
  'D:allprop',
  'C:is-not-defined',
  'x',
];
const MOMENTS = [
  'urn:doublon:sync:0:1',
  'urn:doublon:sync:0190c0de-0000-7000-8000-000000000000:99999999999999999999',
  '20260101',
  '20260101T000000',
  '99991231T235959Z',
  '00000000T000000Z',
  '20261301T000000Z',
  '-20260101T000000Z',
  '20260230T250000Z',
];
const whole: fc.Arbitrary<string> = fc.oneof(
  hostileString.map(escaped),
  fc.constantFrom(...MOMENTS, '&#0;', '&#xd800;', '&x;', '&amp;'),
  fc.constantFrom(...NAMES).map((name) => `<${name}/>`),
  fc
    .tuple(fc.constantFrom(...NAMES), fc.integer({ min: 2, max: 90 }))
    .map(([name, deep]) => `<${name}>`.repeat(deep) + `</${name}>`.repeat(deep)),
  fc.constantFrom(
    '<![CDATA[x]]>',
    '<!-- x -->',
    '<?x y?>',
    '<!DOCTYPE x>',
    '<x:y/>',
    '<a xmlns="" b="c" b="d"/>',
    `<a ${'b="" '.repeat(80)}/>`,
  ),
);

/** One piece of a body put otherwise: taken away, doubled, or something else in its place. */
function odd(body: string): fc.Arbitrary<string> {
  const places = PIECES.flatMap((pattern) =>
    [...body.matchAll(pattern)].map((match) => [match.index, match[0].length] as const),
  );
  if (places.length === 0) return mutatedText(body);
  const put = fc.tuple(fc.constantFrom(...places), whole, fc.constantFrom('put', 'double', 'drop'));
  const exact = put.map(([[at, length], text, how]) => {
    const old = body.slice(at, at + length);
    const instead = how === 'put' ? text : how === 'double' ? old + old : '';
    return body.slice(0, at) + instead + body.slice(at + length);
  });
  return fc.oneof({ weight: 5, arbitrary: exact }, { weight: 1, arbitrary: mutatedText(body) });
}

export const oddXml: fc.Arbitrary<XmlRequest> = fc.constantFrom(...VALID).chain((valid) =>
  odd(valid.body)
    .chain((once) => fc.oneof(fc.constant(once), odd(once)))
    .map((body) => ({ ...valid, body })),
);
