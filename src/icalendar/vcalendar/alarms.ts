/** AALARM, DALARM and MALARM of vCalendar 1.0 as VALARM components (RFC 5545 §3.6.6). */
import type { ContentLine } from '../../contentline/content-line.ts';
import { decodedValue, escapeText, splitValue, unescapeText } from '../../contentline/value.ts';
import type { LineContent } from '../../contentline/write.ts';
import { formatDateTime, formatDuration, parseDateTime, parseDuration, SECOND } from '../date-time.ts';
import { type OldTimes, plainLine } from './times.ts';

interface AlarmKind {
  readonly action: 'AUDIO' | 'DISPLAY' | 'EMAIL';
  /** What stands behind run time, snooze time and repeat count. */
  readonly content: (parts: readonly string[], summary: string) => LineContent[];
}

const text = (name: string, value: string): LineContent => plainLine(name, escapeText(value));

const KINDS: Readonly<Record<string, AlarmKind>> = {
  AALARM: {
    action: 'AUDIO',
    content: ([uri = '']) => (/^[a-z][a-z0-9+.-]+:/i.test(uri.trim()) ? [plainLine('ATTACH', uri.trim())] : []),
  },
  DALARM: { action: 'DISPLAY', content: ([note = ''], summary) => [text('DESCRIPTION', note || summary)] },
  MALARM: {
    action: 'EMAIL',
    content: ([address = '', note = ''], summary) => [
      text('SUMMARY', summary),
      text('DESCRIPTION', note || summary),
      plainLine('ATTENDEE', `mailto:${address.trim().replace(/^mailto:/i, '')}`),
    ],
  },
};

/** The VALARM for a line, or undefined when it is no alarm or names no time. A recurring component is warned of each time. */
export function upgradeAlarm(line: ContentLine, times: OldTimes, summary: string): LineContent[] | undefined {
  const kind = KINDS[line.name];
  if (!kind) return undefined;
  const [run = '', snooze = '', repeat = '', ...content] = splitValue(decodedValue(line), ';').map(unescapeText);
  const trigger = triggerOf(run, times);
  if (!trigger || (kind.action === 'EMAIL' && !content[0]?.includes('@'))) return undefined;
  const pause = parseDuration(snooze);
  const again = /^\d{1,4}$/.test(repeat.trim()) ? Number(repeat) : 0;
  const repeats =
    pause && again > 0 && pause.days + pause.exact > 0
      ? [plainLine('REPEAT', String(again)), plainLine('DURATION', formatDuration(pause))]
      : [];
  return [
    plainLine('BEGIN', 'VALARM'),
    plainLine('ACTION', kind.action),
    trigger,
    ...repeats,
    ...kind.content(content, summary || 'Reminder'),
    plainLine('END', 'VALARM'),
  ];
}

/** The distance from DTSTART (from DUE where there is none), so that the alarm moves with its component; else the instant. */
function triggerOf(run: string, times: OldTimes): LineContent | undefined {
  const value = parseDateTime(run.replace(/[-:]/g, ''));
  if (!value) return undefined;
  const at = times.instantOf(value);
  const anchor = times.start ?? times.due;
  if (!anchor)
    return {
      group: '',
      name: 'TRIGGER',
      params: [{ name: 'VALUE', values: ['DATE-TIME'] }],
      value: formatDateTime(at, 'utc'),
    };
  const seconds = Math.round((at - times.instantOf(anchor)) / SECOND);
  const params = times.start ? [] : [{ name: 'RELATED', values: ['END'] }];
  const days = Math.trunc(seconds / 86_400);
  const duration = formatDuration({ days, exact: (seconds - days * 86_400) * SECOND });
  return { group: '', name: 'TRIGGER', params, value: duration };
}
