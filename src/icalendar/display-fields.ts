/** What people read of an event: a few text properties, nothing that needs the rest of the component. */
import ICAL from 'ical.js';
import { unfoldedText } from '../contentline/read.ts';
import { unescapeText } from '../contentline/value.ts';
import { type Component, property } from './component.ts';

export interface DisplayFields {
  readonly summary: string;
  readonly location: string;
  readonly description: string;
  readonly status: 'confirmed' | 'tentative' | 'cancelled' | null;
}

/** Characters of one field that are read; what people see of more is nothing. */
const LONGEST = 10_000;
const STATES = ['confirmed', 'tentative', 'cancelled'] as const;

/** Reads the fields from the octets that the component stands in. Never throws: what cannot be parsed is read as plain text. */
export function displayFields(octets: Buffer, component: Component): DisplayFields {
  const text = (name: string) => displayText(octets, component, name);
  const status = text('STATUS').toLowerCase();
  return {
    summary: text('SUMMARY'),
    location: text('LOCATION'),
    description: text('DESCRIPTION'),
    status: STATES.find((state) => state === status) ?? null,
  };
}

function displayText(octets: Buffer, component: Component, name: string): string {
  const line = property(component, name);
  if (!line) return '';
  const text = unfoldedText(octets, line);
  if (text.length <= LONGEST) {
    try {
      const value = ICAL.Property.fromString(text).getFirstValue();
      if (typeof value === 'string') return value.trim();
    } catch {
      // parameters as no RFC knows them: the value can be read all the same
    }
  }
  return unescapeText(line.value.slice(0, LONGEST)).trim();
}
