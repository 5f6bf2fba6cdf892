/** Address books of people who do not exist, as large as one wants. */
const STARTS = 'al be car do el fi gu ha il jo ka li mo na ol pe ri sa to ul vi wa'.split(' ');
const MIDDLES = 'ra me lin dor ber ste nic ham vel tur gen ros mar kow'.split(' ');
const ENDS = 'a e o an in er ert us ina ette mann son berg ski ez eau'.split(' ');

/** Same numbers on every run: a linear congruential generator. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** An invented book: one card in eight is another card of a person already in it. The same seed (its size by default) gives the same book. */
export function inventedBook(size: number, seed = size): Buffer[] {
  const draw = numbers(seed);
  const pick = (list: readonly string[]): string => list[draw(list.length)]!;
  const name = (): string => `${pick(STARTS)}${pick(MIDDLES)}${pick(ENDS)}`.replace(/^./, (c) => c.toUpperCase());
  const people: { given: string; family: string; phone: string; mail: string }[] = [];
  const cards: Buffer[] = [];
  for (let i = 0; i < size; i++) {
    const again = people.length > 0 && draw(8) === 0;
    const [given, family] = [name(), name()];
    const mail = `${given}.${family}${draw(100)}@post${draw(40)}.example`.toLowerCase();
    const person = again
      ? people[draw(people.length)]!
      : { given, family, phone: `01${50 + draw(30)}${1e6 + draw(9e6)}`, mail };
    if (!again) people.push(person);
    const lines = [
      'BEGIN:VCARD',
      'VERSION:3.0',
      `UID:bench-${i}`,
      `N:${person.family};${person.given};;;`,
      `FN:${person.given} ${person.family}`,
    ];
    if (draw(10) < 8) lines.push(`TEL;TYPE=CELL:${person.phone}`);
    if (draw(10) < 7) lines.push(`EMAIL;TYPE=HOME:${person.mail}`);
    if (draw(10) < 3) lines.push(`ADR;TYPE=HOME:;;${name()}straße ${1 + draw(140)};${name()};;${10000 + draw(80000)};`);
    if (draw(10) < 4) lines.push(`ORG:${name()} GmbH`, 'TITLE:Engineer');
    if (draw(10) < 3)
      lines.push(
        `BDAY:${1940 + draw(65)}-${String(1 + draw(12)).padStart(2, '0')}-${String(1 + draw(28)).padStart(2, '0')}`,
      );
    cards.push(Buffer.from([...lines, 'END:VCARD', ''].join('\r\n')));
  }
  return cards;
}
