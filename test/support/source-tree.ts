/** Source files as the architecture test sees them: what they import, which functions they hold, what they touch. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAst } from 'vite';

export interface SourceFile {
  /** Relative to the project, with forward slashes: `src/store/database.ts`. */
  readonly path: string;
  readonly text: string;
}

export interface Import {
  readonly specifier: string;
  /** True when nothing of it is left at run time. */
  readonly typeOnly: boolean;
}

export interface Reading {
  readonly path: string;
  readonly lines: number;
  readonly firstLine: string;
  readonly imports: readonly Import[];
  /** Lines of each function, by where it begins. */
  readonly functions: readonly { readonly line: number; readonly lines: number }[];
  /** Such as `process.env`, `Date.now`, `new Date()`, `Math.random`. */
  readonly touches: ReadonlySet<string>;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** All TypeScript files below `folder` of the project. */
export function readTree(project: string, folder: string): SourceFile[] {
  return readdirSync(path.join(project, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .map((name) => ({ path: name, text: readFileSync(path.join(project, name), 'utf8') }));
}

/** Parses a file and collects what the rules ask for. */
export function read({ path: name, text }: SourceFile): Reading {
  const imports: Import[] = [];
  const functions: { line: number; lines: number }[] = [];
  const touches = new Set<string>();
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
  walk(parseAst(text, { lang: name.endsWith('x') ? 'tsx' : 'ts' }) as unknown as Node, (node) => {
    const found = importOf(node);
    if (found) imports.push(found);
    if (/Function(Declaration|Expression)$/.test(node.type)) {
      const line = lineAt(node.start);
      functions.push({ line, lines: lineAt(node.end) - line + 1 });
    }
    const touched = touchOf(node);
    if (touched) touches.add(touched);
  });
  const lines = text.trimEnd().split('\n');
  return { path: name, lines: lines.length, firstLine: lines[0] ?? '', imports, functions, touches };
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === 'object' && child !== null && 'type' in child) walk(child as Node, visit);
    }
  }
}

const textOf = (node: unknown) => (node as { value?: unknown } | null)?.value;
const nameOf = (node: unknown) => (node as { name?: string } | null)?.name ?? '';

function importOf(node: Node): Import | undefined {
  if (!/^(Import|Export(All|Named))(Declaration|Expression)$/.test(node.type)) return undefined;
  const specifier = textOf(node.source);
  if (typeof specifier !== 'string') return undefined;
  const kinds = ((node.specifiers as Node[] | undefined) ?? []).map((each) => each.importKind ?? each.exportKind);
  const everyType = kinds.length > 0 && kinds.every((kind) => kind === 'type');
  return { specifier, typeOnly: node.importKind === 'type' || node.exportKind === 'type' || everyType };
}

function touchOf(node: Node): string | undefined {
  if (node.type === 'MemberExpression') return `${nameOf(node.object)}.${nameOf(node.property)}`;
  const callee = nameOf(node.callee);
  const isDate = callee === 'Date' && (node.arguments as unknown[]).length === 0;
  if (node.type === 'NewExpression' && isDate) return 'new Date()';
  return node.type === 'CallExpression' && callee === 'Date' ? 'Date()' : undefined;
}
