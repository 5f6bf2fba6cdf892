import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { mergeSubcommand } from '../../src/cli/merge.ts';
import { scanSubcommand } from '../../src/cli/scan.ts';

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

  it('merges by what scan calls cards without a UID, of 2.1 and with a UID used twice, and says what it left out', async () => {
    const mobile = 'TEL;TYPE=CELL:+49 170 1234567';
    const old = '\ufeffBEGIN:VCARD\nVERSION:2.1\nN:Berger;Anna\nTEL;CELL:+49 170 1234567\nNOTE:old phone\nEND:VCARD\n';
    const twice = [
      card('x', 'FN:Anna Berger', 'N:Berger;Anna;;;', mobile),
      card('x', 'FN:Anna Berger', mobile, 'TITLE:Baker'),
    ];
    writeFileSync(at('odd.vcf'), `${old}${twice[0]}between\r\n${twice[1]}BEGIN:VCARD\r\nFN:Cut`);
    const said: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    expect(await scanSubcommand.run([at('odd.vcf'), '--json', at('odd.jsonl')])).toBe(0);
    said.length = 0;
    const args = [at('odd.vcf'), '--clusters', at('odd.jsonl'), '--out', at('odd-out.vcf')];
    expect(await mergeSubcommand.run(args)).toBe(0);
    const out = readFileSync(at('odd-out.vcf'), 'utf8');
    expect(out.match(/BEGIN:VCARD/g)).toHaveLength(1);
    for (const text of ['old phone', 'Baker', '+49 170 1234567']) expect(out).toContain(text);
    expect(said.join('')).toMatch(/line 14: this text is no card: between[\s\S]*line \d+: this card has no END:VCARD/);
    writeFileSync(at('none.jsonl'), '{"uids":["x","nobody"]}\n');
    expect(await mergeSubcommand.run([at('odd.vcf'), '--clusters', at('none.jsonl'), '--out', at('out.vcf')])).toBe(0);
    expect(said.join('')).toContain('1 clusters name cards that');
  });

  it('finds and merges the duplicates of a table of contacts', async () => {
    const rows = ['Vorname;Nachname;Mobiltelefon', 'Anna;Berger;0170 1234567', 'Ivo;Kern;0171 7654321', ';;'];
    writeFileSync(at('book.csv'), [...rows, 'Anna;Berger;+49 170 1234567'].join('\n'));
    expect(await scanSubcommand.run([at('book.csv'), '--region', 'DE', '--json', at('csv.jsonl')])).toBe(0);
    const args = [at('book.csv'), '--clusters', at('csv.jsonl'), '--out', at('csv.vcf'), '--region', 'DE'];
    expect(await mergeSubcommand.run(args)).toBe(0);
    expect(readFileSync(at('csv.vcf'), 'utf8').match(/^FN:.*/gm)).toEqual(['FN:Anna Berger', 'FN:Ivo Kern']);
  });

  it('names the line of the cluster file that it cannot read', async () => {
    writeFileSync(at('bad.jsonl'), '{"uids":["a"]}\n{"uid":"a"}\n');
    const args = [at('book.vcf'), '--clusters', at('bad.jsonl'), '--out', at('out.vcf')];
    await expect(mergeSubcommand.run(args)).rejects.toThrow(/bad\.jsonl, line 2/);
  });
});
