/** The rules of src/README.md as functions from the source tree to the list of what breaks them. */
import path from 'node:path';
import { type Import, type Reading, read, type SourceFile } from './source-tree.ts';

export const MOST_LINES = 220;
export const MOST_FUNCTION_LINES = 60;

/** What a folder may import: other folders, or with `but` everything except some. */
interface Allowance {
  readonly only: readonly string[];
  readonly but: readonly string[] | undefined;
  /** Folders of which only types may be taken. */
  readonly types: readonly string[];
}

/** Reads the table "folder | what it holds | may import" out of the map. */
export function readAllowances(map: string): ReadonlyMap<string, Allowance> {
  const rows = map.matchAll(/^\| `(\w+)\/` \|[^|]*\| ([^|]+) \|$/gm);
  return new Map(Array.from(rows, ([, folder, text]) => [folder!, allowanceOf(text!.trim())]));
}

function allowanceOf(text: string): Allowance {
  if (text.startsWith('anything')) {
    return {
      only: [],
      but: text
        .replace(/^anything( but)?/, '')
        .split(' and ')
        .map((word) => word.trim()),
      types: [],
    };
  }
  if (text.startsWith('only types of')) return { only: ['api'], but: undefined, types: ['api'] };
  const words = text === 'nothing' ? [] : text.split(', ');
  const types = words.filter((word) => word.endsWith('(types)')).map((word) => word.split(' ')[0]!);
  return { only: words.map((word) => word.split(' ')[0]!), but: undefined, types };
}

/** Modules from npm that only some places may import. */
const FENCES: readonly { readonly modules: RegExp; readonly places: RegExp }[] = [
  { modules: /^(pg|pg-cursor|kysely)(\/|$)/, places: /^src\/store\// },
  { modules: /^pg-boss$/, places: /^src\/jobs\// },
  { modules: /^ical\.js$/, places: /^src\/icalendar\// },
  { modules: /^vcf$/, places: /^src\/vcard\// },
  { modules: /^(koa|@koa\/.*)$/, places: /^src\/((http|dav|api)\/|app\.ts$)/ },
  { modules: /^saxes$/, places: /^src\/xml\// },
  { modules: /^nodemailer(\/|$)/, places: /^src\/mail\// },
  { modules: /^pino$/, places: /^src\/logger\.ts$/ },
  { modules: /^prom-client$/, places: /^src\/http\// },
  { modules: /^preact(\/|$)/, places: /^src\/web\// },
];

/** Things of the process and the machine that only one file may touch. */
const TOUCHES: readonly { readonly what: RegExp; readonly allowed: RegExp }[] = [
  { what: /^process\.env$/, allowed: /^src\/config\.ts$/ },
  { what: /^(Date\.now|new Date\(\)|Date\(\)|Temporal\.Now)$/, allowed: /^src\/(base\/clock\.ts$|web\/)/ },
  { what: /^Math\.random$/, allowed: /^src\/web\// },
];

const VAGUE_NAME = /(^|\/)(utils?|helpers?|managers?|misc|common|index)(\.tsx?$|\/)/;

/** Every breach of every rule, each as one sentence that begins with the file. */
export function breaches(files: readonly SourceFile[], map: string): string[] {
  const readings = files.map(read);
  const allowances = readAllowances(map);
  return [
    ...readings.flatMap((reading) => arrowBreaches(reading, allowances)),
    ...readings.flatMap(fenceBreaches),
    ...readings.flatMap(touchBreaches),
    ...readings.flatMap(sizeBreaches),
    ...readings.flatMap(nameBreaches),
    ...cycles(readings),
  ];
}

/** Folder of a source file below src, or undefined for the files beside the map. */
function folderOf(file: string): string | undefined {
  return file.split('/').length > 2 ? file.split('/')[1] : undefined;
}

function targetOf(file: string, { specifier }: Import): string | undefined {
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : undefined;
}

function arrowBreaches(reading: Reading, allowances: ReadonlyMap<string, Allowance>): string[] {
  const from = folderOf(reading.path);
  if (from === undefined) return [];
  const allowance = allowances.get(from);
  if (!allowance) return [`${reading.path} is in a folder that the map does not name`];
  return reading.imports.flatMap((each) => {
    const target = targetOf(reading.path, each);
    if (target === undefined || !target.startsWith('src/')) return [];
    const to = folderOf(target) ?? path.posix.basename(target);
    if (to === from || (permits(allowance, to) && (each.typeOnly || !allowance.types.includes(to)))) return [];
    return [`${reading.path} may not import ${target}`];
  });
}

function permits({ only, but }: Allowance, to: string): boolean {
  return but ? !but.includes(to) : only.includes(to);
}

function fenceBreaches({ path: file, imports }: Reading): string[] {
  return imports.flatMap(({ specifier }) =>
    FENCES.filter(({ modules, places }) => modules.test(specifier) && !places.test(file)).map(
      () => `${file} may not import ${specifier}`,
    ),
  );
}

function touchBreaches({ path: file, touches }: Reading): string[] {
  return [...touches].flatMap((touched) =>
    TOUCHES.filter(({ what, allowed }) => what.test(touched) && !allowed.test(file)).map(
      () => `${file} may not use ${touched}`,
    ),
  );
}

/** A file that is nearly all data (functions take less than a tenth of it) may be as long as its data. */
function sizeBreaches({ path: file, lines, functions }: Reading): string[] {
  const long = functions
    .filter((each) => each.lines > MOST_FUNCTION_LINES)
    .map((each) => `${file} has a function of ${each.lines} lines at line ${each.line}`);
  const inFunctions = functions.reduce((sum, each) => sum + each.lines, 0);
  return lines > MOST_LINES && inFunctions * 10 >= lines ? [`${file} has ${lines} lines`, ...long] : long;
}

function nameBreaches({ path: file, firstLine }: Reading): string[] {
  const vague = VAGUE_NAME.test(file) ? [`${file} has a name that says nothing`] : [];
  return firstLine.startsWith('/** ')
    ? vague
    : [...vague, `${file} does not begin with a sentence that says what it is`];
}

/** Files that import each other in a ring at run time, by depth-first search; each ring once. */
function cycles(readings: readonly Reading[]): string[] {
  const graph = new Map(
    readings.map((reading) => [
      reading.path,
      reading.imports.filter((each) => !each.typeOnly).map((each) => targetOf(reading.path, each)),
    ]),
  );
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    const at = trail.indexOf(file);
    if (at >= 0) found.push(`${[...trail.slice(at), file].join(' → ')} is a cycle`);
    if (at >= 0 || done.has(file)) return;
    for (const next of graph.get(file) ?? []) if (next !== undefined) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}
