/** Log lines: JSON for machines, readable on a terminal, secrets hidden in both. */
import { describe, expect, it } from 'vitest';
import { makeLog } from '../src/logger.ts';

function captured(format: 'auto' | 'json' | 'text', isTTY = false, logLevel: 'info' | 'warn' | 'silent' = 'info') {
  const lines: string[] = [];
  const log = makeLog({ logLevel, logFormat: format }, { write: (line) => lines.push(line), isTTY });
  return { log, lines };
}

describe('the log', () => {
  it('writes one JSON object on one line, with level, time and message', () => {
    const { log, lines } = captured('json');
    log.info({ status: 201, note: 'two\nlines' }, 'request');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^\{.*\}\n$/);
    expect(JSON.parse(lines[0]!)).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      status: 201,
      note: 'two\nlines',
      message: 'request',
    });
  });

  it('writes for people on a terminal, and JSON into a file, unless it is told', () => {
    const onTerminal = captured('auto', true);
    onTerminal.log.warn({ seconds: 3 }, 'slow');
    expect(onTerminal.lines[0]).toMatch(/^\d\d:\d\d:\d\d warn {2}slow seconds=3\n$/);
    const intoFile = captured('auto', false);
    intoFile.log.warn({}, 'slow');
    expect(intoFile.lines[0]).toMatch(/^\{/);
  });

  it.each(['json', 'text'] as const)('hides secrets, also one level down (%s)', (format) => {
    const { log, lines } = captured(format);
    log.info({ password: 'swordfish', headers: { authorization: 'Basic swordfish' }, body: 'FN:swordfish' }, 'request');
    expect(lines[0]).toContain('[hidden]');
    expect(lines[0]).not.toContain('swordfish');
  });

  it('is silent below its level', () => {
    const { log, lines } = captured('json', false, 'warn');
    log.info({}, 'not shown');
    expect(lines).toEqual([]);
  });
});
