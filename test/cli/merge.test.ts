import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { mergeSubcommand } from '../../src/cli/merge.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'doublon-merge-'));
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const card = (uid: string, ...lines: string[]) =>
  ['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, ...lines, 'END:VCARD', ''].join('\r\n');
const at = (name: string) => path.join(folder, name);

describe('doublon merge', () => {
  it('merges the named cards, re-points groups, and leaves all other octets alone', async () => {
    const stranger = card('s', 'FN:Stranger', 'X-UNKNOWN;A=b:c');
    const group = card('g', 'FN:All', 'X-ADDRESSBOOKSERVER-KIND:group', 'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:b');
    writeFileSync(
      at('book.vcf'),
      card('a', 'FN:Ann') + stranger + card('b', 'FN:Ann', 'EMAIL:ann@example.org') + group,
    );
    writeFileSync(at('clusters.jsonl'), '{"uids":["b","a"],"reference":"a"}\n');
    const args = [
      at('book.vcf'),
      '--clusters',
      at('clusters.jsonl'),
      '--out',
      at('out.vcf'),
      '--record',
      at('record.jsonl'),
    ];
    expect(await mergeSubcommand.run(args)).toBe(0);
    const merged = card('a', 'FN:Ann', 'EMAIL:ann@example.org');
    const regrouped = group.replace('urn:uuid:b', 'urn:uuid:a');
    expect(readFileSync(at('out.vcf'), 'utf8')).toBe(merged + stranger + regrouped);
    expect(JSON.parse(readFileSync(at('record.jsonl'), 'utf8'))).toMatchObject({ target: 'a', sources: ['b'] });
  });

  it('names the line of the cluster file that it cannot read', async () => {
    writeFileSync(at('bad.jsonl'), '{"uids":["a"]}\n{"uid":"a"}\n');
    const args = [at('book.vcf'), '--clusters', at('bad.jsonl'), '--out', at('out.vcf')];
    await expect(mergeSubcommand.run(args)).rejects.toThrow(/bad\.jsonl, line 2/);
  });
});
