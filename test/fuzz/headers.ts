/** Requests whose headers and targets are valid, nearly valid, or nothing of the kind: every header that the server reads. */
import fc from 'fast-check';
import { hostileText, mutatedText, withoutControls } from './hostile.ts';
import type { RawRequest } from './raw-request.ts';

/** Every header that is read somewhere, with values as clients send them; a test compares the list with the sources. */
export const HEADERS: Readonly<Record<string, readonly string[]>> = {
  Accept: ['text/vcard; version=4.0', 'text/calendar, */*;q=0.1', 'application/x-ndjson'],
  'Accept-Encoding': ['gzip, br;q=0.5', 'identity;q=0'],
  'Accept-Language': ['de-CH, fr;q=0.5'],
  'Access-Control-Request-Headers': ['authorization, depth'],
  'Access-Control-Request-Method': ['PROPFIND', 'PUT, GET'],
  Authorization: ['Basic YW5uOmNvcnJlY3QgaG9yc2U=', 'Bearer x', 'Basic ====', 'Digest username="ann"'],
  Brief: ['t', 'f'],
  'CalDAV-Timezones': ['T', 'F'],
  'Content-Encoding': ['gzip', 'br', 'deflate', 'identity', 'compress'],
  'Content-Length': ['0', '5', '007', '18446744073709551616'],
  'Content-Range': ['bytes 0-4/10'],
  'Content-Type': [
    'text/vcard; charset=utf-8',
    'application/xml',
    'application/json',
    'multipart/form-data; boundary=x',
  ],
  Cookie: ['doublon_session=abc', 'a=b; c'],
  Depth: ['0', '1', 'infinity', '1,noroot'],
  Destination: ['/dav/addressbooks/ann/contacts/moved.vcf', 'http://other.example/x', '//', 'urn:x'],
  Expect: ['100-continue'],
  Host: ['localhost', 'other.example:80', '[::1]'],
  'Idempotency-Key': ['one'],
  If: ['(<urn:uuid:0>)', '</dav/> (["x"] <y>) (Not <DAV:no-lock>)'],
  'If-Match': ['*', '"x"', 'W/"x", "y"'],
  'If-None-Match': ['*', '"x"'],
  'If-Modified-Since': ['Sat, 29 Oct 1994 19:43:31 GMT'],
  'If-Range': ['"x"', 'Sat, 29 Oct 1994 19:43:31 GMT'],
  'If-Unmodified-Since': ['Sat, 29 Oct 1994 19:43:31 GMT'],
  'Lock-Token': ['<urn:uuid:0>'],
  Origin: ['http://other.example', 'null'],
  Overwrite: ['T', 'F'],
  Prefer: ['return=minimal', 'return=representation, depth-noroot'],
  Range: ['bytes=0-4', 'bytes=-5', 'bytes=5-', 'bytes=0-1,3-4'],
  'Sec-Fetch-Site': ['cross-site'],
  Timeout: ['Second-600', 'Infinite, Second-4100000000'],
  'Transfer-Encoding': ['chunked', 'gzip, chunked'],
  'User-Agent': ['iOS/26 dataaccessd/1.0'],
  'X-CSRF-Token': ['abc'],
  'X-Forwarded-For': ['10.0.0.1, 10.0.0.2', 'unknown'],
  'X-Forwarded-Host': ['cloud.example'],
  'X-Forwarded-Proto': ['https'],
  'X-Request-Id': ['abc'],
};

const METHODS =
  'GET HEAD OPTIONS PUT DELETE PROPFIND PROPPATCH REPORT MKCOL MKCALENDAR COPY MOVE LOCK UNLOCK ACL POST PATCH FOO'.split(
    ' ',
  );

const TARGETS = [
  '/dav/addressbooks/ann/contacts/',
  '/dav/addressbooks/ann/contacts/one.vcf',
  '/dav/calendars/ann/calendar/one.ics',
  '/dav/calendars/ann/',
  '/dav/principals/users/ann/',
  '/dav/directory/',
  '/.well-known/caldav',
  '/api/v1/session',
  '/api/v1/collections',
  '/published/abc.ics',
  '/metrics',
  '/',
] as const;

const header = fc.constantFrom(...Object.keys(HEADERS)).chain((name) =>
  fc
    .constantFrom(...HEADERS[name]!)
    .chain((usual) => fc.oneof(fc.constant(usual), mutatedText(usual).map(withoutControls), hostileText))
    .map((value) => [name, value] as const),
);

const target = fc.constantFrom(...TARGETS).chain((usual) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<string>(usual) },
    { weight: 1, arbitrary: mutatedText(usual).map((text) => `/${text.replace(/[^\u0021-\u00ff]/g, '')}`) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('%00', '%2e%2e', '%2F', '%c0%ae', '%', 'a'.repeat(4000), '?%', '#')
        .map((end) => usual + end),
    },
  ),
);

export const oddRequest = (authorization: string): fc.Arbitrary<RawRequest> =>
  fc.record({
    method: fc.constantFrom(...METHODS),
    target,
    headers: fc
      .array(header, { maxLength: 5 })
      .map((headers) => [
        ...headers,
        ...(headers.some(([name]) => name === 'Authorization') ? [] : [['Authorization', authorization] as const]),
      ]),
    body: fc.constantFrom<string>(
      '',
      '',
      '<D:propfind xmlns:D="DAV:"><D:allprop/></D:propfind>',
      'BEGIN:VCARD\r\n',
      '{"name":"x"}',
      '\u001f\ufffd',
    ),
  });
