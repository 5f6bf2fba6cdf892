/** A property list in XML read back, by an XML reader that knows nothing of the writer. */
import { SaxesParser } from 'saxes';

type Dict = Record<string, unknown>;

/** The value of a plist document; throws when it is no well-formed XML. */
export function readPlist(text: string): unknown {
  const parser = new SaxesParser();
  const open: { items: unknown[]; key?: string; dict: Dict }[] = [{ items: [], dict: {} }];
  let characters = '';
  const add = (value: unknown) => {
    const inside = open.at(-1)!;
    if (inside.key !== undefined) inside.dict[inside.key] = value;
    inside.items.push(value);
  };
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => {
    characters = '';
    if (name === 'dict' || name === 'array') open.push({ items: [], dict: {} });
  });
  parser.on('text', (piece) => {
    characters += piece;
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'key') open.at(-1)!.key = characters;
    else if (name === 'string') add(characters);
    else if (name === 'integer') add(Number(characters));
    else if (name === 'true' || name === 'false') add(name === 'true');
    else if (name === 'dict') add(open.pop()!.dict);
    else if (name === 'array') add(open.pop()!.items);
    characters = '';
  });
  parser.write(text).close();
  return open[0]!.items[0];
}
