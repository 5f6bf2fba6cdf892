/** Files in UTF-16, as programs of Windows write them, read as UTF-8: told by their byte order mark (RFC 3629 §6). */

const MARKS = [
  { label: 'utf-16le', octets: [0xff, 0xfe] },
  { label: 'utf-16be', octets: [0xfe, 0xff] },
] as const;

/** The octets of a file, those of one in UTF-16 as UTF-8 without its mark; any other file as it is. Unpaired surrogates become U+FFFD. */
export async function* inUtf8(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array<ArrayBufferLike>> {
  // the mark may come in two chunks
  let head: Uint8Array | undefined = Buffer.alloc(0);
  let decoder: TextDecoder | undefined;
  for await (const chunk of source) {
    let octets: Uint8Array = chunk;
    if (head) {
      octets = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      head = octets.length < 2 ? octets : undefined;
      if (head) continue;
      decoder = decoderOf(octets);
    }
    yield decoder ? Buffer.from(decoder.decode(octets, { stream: true })) : octets;
  }
  if (head) yield head;
  if (decoder) yield Buffer.from(decoder.decode());
}

function decoderOf(octets: Uint8Array): TextDecoder | undefined {
  const mark = MARKS.find((each) => each.octets.every((octet, i) => octets[i] === octet));
  return mark && new TextDecoder(mark.label);
}
