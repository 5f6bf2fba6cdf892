/** What people read of an event. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeText } from '../../src/contentline/value.ts';
import { foldText } from '../../src/contentline/write.ts';
import { readCalendarObject } from '../../src/icalendar/calendar-object.ts';
import { displayFields } from '../../src/icalendar/display-fields.ts';

const fieldsOf = (...lines: string[]) => {
  const folded = lines.map((line) => foldText(line).toString()).join('');
  const object = readCalendarObject(
    Buffer.from(`BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\n${folded}END:VEVENT\r\nEND:VCALENDAR\r\n`),
  );
  return displayFields(object.octets, object.master!);
};

describe('the display fields of an event', () => {
  it('are its texts as they were before they were escaped and folded, whatever they are', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 300 }).filter((each) => !/[\r\v\f\0-\x08]/.test(each));
    fc.assert(
      fc.property(text, (summary) => {
        expect(fieldsOf(`SUMMARY:${escapeText(summary)}`).summary).toBe(summary.trim());
      }),
    );
  });

  it('are read where the line is odd', () => {
    for (const line of [
      'SUMMARY;LANGUAGE=de:Chor',
      'SUMMARY;X="a;b:c":Chor',
      'SUMMARY;=;x:Chor',
      'SUMMARY;VALUE=BINARY:Chor',
    ])
      expect(fieldsOf(line).summary, line).toBe('Chor');
    expect(fieldsOf(`DESCRIPTION:${'x'.repeat(50_000)}`).description).toHaveLength(10_000);
  });

  it('tell the status in whatever case it is written', () => {
    expect(['CONFIRMED', 'Tentative', 'cancelled'].map((word) => fieldsOf(`STATUS:${word}`).status)).toEqual([
      'confirmed',
      'tentative',
      'cancelled',
    ]);
  });

  it('are empty where the event does not have them', () => {
    expect(fieldsOf('STATUS:WHATEVER')).toEqual({ summary: '', location: '', description: '', status: null });
  });
});
