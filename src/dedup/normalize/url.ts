/** Web addresses and profiles: protocol, `www.` and the trailing slash taken off. */

/** Comparable form of a URL, or the empty string when it names no host. */
export function normalizeUrl(text: string): string {
  const bare = text
    .replace(/\\:/g, ':')
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/{0,2}/, '');
  return /^[^/\s]+\.[^/\s]+/.test(bare)
    ? bare
        .replace(/^(www|m|mobile)\./, '')
        .replace(/[?#].*$/, '')
        .replace(/\/+$/, '')
    : '';
}
