/** The Content-Disposition of a file to be saved (RFC 6266): a plain name for old clients, the real one beside it. */

/** Names that every client reads the same way. */
const PLAIN = /^[\w-][\w .-]*$/;

/** `name` without its extension, in any script. */
export function contentDisposition(name: string, extension: string): string {
  const plain = PLAIN.test(name) ? name : 'export';
  return `attachment; filename="${plain}.${extension}"; filename*=UTF-8''${encoded(`${name}.${extension}`)}`;
}

/** RFC 8187 §3.2.1: what encodeURIComponent leaves alone but the header may not hold. */
function encoded(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
