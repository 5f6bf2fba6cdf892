/** The words after `doublon`: found, explained, refused with exit code 2. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { SUBCOMMANDS } from '../../src/cli/subcommands.ts';

let stdout: string;
let stderr: string;
beforeEach(() => {
  stdout = '';
  stderr = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += String(text);
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

describe('doublon', () => {
  it.each([
    [[], 'usage: doublon SUBCOMMAND'],
    [['dance'], 'doublon: "dance" is not a subcommand; "doublon help" lists them'],
    [['user'], 'doublon: usage: doublon user add NAME'],
    [['user', 'add'], 'doublon: NAME is missing\ndoublon: usage: doublon user add NAME'],
    [['serve', 'now'], 'doublon: "now" is one word too many'],
    [['user', 'add', 'a', '--colour'], "doublon: Unknown option '--colour'"],
  ])('refuses %j with exit code 2', async (args, beginning) => {
    expect(await main(args)).toBe(2);
    expect(stdout + stderr).toContain(beginning);
  });

  it.each(['help', '--help', '-h'])('lists every subcommand for %s', async (word) => {
    expect(await main([word])).toBe(0);
    for (const { name, summary } of SUBCOMMANDS) {
      expect(stdout).toContain(`  ${name}`);
      expect(stdout).toContain(summary);
    }
  });

  it('tells of one subcommand, or of a family of them, by "help" and its name', async () => {
    expect(await main(['help', 'user', 'list'])).toBe(0);
    expect(stdout).toBe('  user list\n      List the users: name, display name, role\n');
    expect(await main(['help', 'app-password'])).toBe(0);
    expect(stdout).toContain('app-password revoke USER ID');
    expect(await main(['help', 'dance'])).toBe(2);
    expect(stderr).toContain('"dance" is not a subcommand');
  });

  it('explains one subcommand', async () => {
    expect(await main(['user', 'list', '--help'])).toBe(0);
    expect(stdout).toBe('usage: doublon user list\nList the users: name, display name, role.\n');
  });

  it('says its version', async () => {
    expect(await main(['--version'])).toBe(0);
    expect(stdout).toMatch(/^doublon \d+\.\d+\.\d+\n$/);
  });
});
