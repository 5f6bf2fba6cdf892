/** Partial address-data: the asked properties of a card, each line octet for octet (RFC 6352 §10.4). */
import { unfoldedText } from '../contentline/read.ts';
import { foldText } from '../contentline/write.ts';
import type { Card } from './card.ts';

/** One `prop` of address-data (§10.4.2). */
export interface PropRequest {
  /** Property name in any letter case; without a group it asks for the property in every group. */
  readonly name: string;
  /** True for `novalue="yes"`: name and parameters without the value. */
  readonly noValue: boolean;
}

/**
 * Octets of `card` with the asked properties only; BEGIN, VERSION and END always come along.
 * `props` undefined or empty asks for all (`allprop` and no child mean the same): the card's own octets.
 */
export function projectCard(card: Card, props: readonly PropRequest[] | undefined): Buffer {
  if (props === undefined || props.length === 0) return card.octets;
  const requests = new Map(props.map((prop) => [prop.name.toUpperCase(), prop]));
  const pieces: Buffer[] = [];
  for (const line of card.lines) {
    const grouped = line.group === '' ? undefined : requests.get(`${line.group.toUpperCase()}.${line.name}`);
    const request = grouped ?? requests.get(line.name);
    const octets = card.octets.subarray(line.start, line.end);
    if (/^(?:BEGIN|VERSION|END)$/.test(line.name)) pieces.push(octets);
    else if (request !== undefined) pieces.push(request.noValue ? withoutValue(card, line) : octets);
  }
  return Buffer.concat(pieces);
}

function withoutValue(card: Card, line: Card['lines'][number]): Buffer {
  const text = unfoldedText(card.octets, line);
  const octets = card.octets.subarray(line.start, line.end);
  const lineEnd = /[\r\n]*$/.exec(octets.toString('latin1', Math.max(0, octets.length - 4)))![0];
  return foldText(text.slice(0, text.length - line.value.length), lineEnd || '\r\n');
}
