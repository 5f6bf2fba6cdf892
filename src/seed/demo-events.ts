/** The sample calendar: a few events of the demo user. */

/** One event: the last part of its UID and its lines after DTSTAMP. Times are UTC, or floating. */
export interface DemoEvent {
  readonly id: string;
  readonly lines: readonly string[];
}

export const DEMO_EVENTS: readonly DemoEvent[] = [
  {
    id: 'book-club',
    lines: [
      'SUMMARY:Book club',
      'DTSTART:20260903T183000Z',
      'DTEND:20260903T203000Z',
      'RRULE:FREQ=MONTHLY;BYDAY=1TH',
      'LOCATION:At Freja’s',
    ],
  },
  {
    id: 'quartet',
    lines: [
      'SUMMARY:Quartet rehearsal',
      'DTSTART:20260907T170000Z',
      'DURATION:PT1H30M',
      'RRULE:FREQ=WEEKLY;BYDAY=MO',
      'EXDATE:20261228T170000Z',
    ],
  },
  {
    id: 'birthday-hannah',
    lines: ['SUMMARY:Hannah’s birthday', 'DTSTART;VALUE=DATE:19910214', 'RRULE:FREQ=YEARLY', 'TRANSP:TRANSPARENT'],
  },
  {
    id: 'dentist',
    lines: [
      'SUMMARY:Dentist',
      'DTSTART:20261210T091500Z',
      'DTEND:20261210T094500Z',
      'LOCATION:Park Row Dental',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'DESCRIPTION:Dentist in an hour',
      'TRIGGER:-PT1H',
      'END:VALARM',
    ],
  },
  {
    id: 'book-fair',
    lines: [
      'SUMMARY:Book fair',
      'DTSTART;VALUE=DATE:20270312',
      'DTEND;VALUE=DATE:20270315',
      'LOCATION:Exhibition hall 3',
    ],
  },
];
