/** Fits the weights of the levels on labelled books by penalised logistic regression and writes `src/dedup/weights.ts`. */
import { writeFileSync } from 'node:fs';
import { forEachCandidate, indexKeys } from '../../src/dedup/blocking/key-index.ts';
import { COMPARISONS, LEVEL_NAMES, OFFSETS } from '../../src/dedup/comparisons.ts';
import { profileOf } from '../../src/dedup/profile.ts';
import { levelsOf, pairing } from '../../src/dedup/score.ts';
import { distinctContents, statisticsOf } from '../../src/dedup/statistics.ts';
import { loadDataset } from './datasets.ts';

interface Sample {
  /** Levels of all pairs, one row of COMPARISONS.length for each. */
  readonly rows: Uint16Array;
  readonly labels: Uint8Array;
  readonly count: number;
  readonly weight: number;
}

/** Levels and labels of all candidate pairs of one book. */
function sampleOf(base: string, region: string | undefined, weight: number): Sample {
  const { name, records, truth } = loadDataset(base, region);
  const distinct = distinctContents(records);
  const index = indexKeys(distinct);
  const statistics = statisticsOf(distinct, index);
  const profiles = distinct.map(profileOf);
  const width = COMPARISONS.length;
  let rows = new Uint16Array(width * 100_000);
  const labels: number[] = [];
  const out = new Uint16Array(width);
  forEachCandidate(index, (a, b) => {
    levelsOf(pairing(profiles[a]!, profiles[b]!, statistics), out);
    if ((labels.length + 1) * width > rows.length) {
      const wider = new Uint16Array(rows.length * 2);
      wider.set(rows);
      rows = wider;
    }
    rows.set(out, labels.length * width);
    labels.push(Number(truth.get(distinct[a]!.id) === truth.get(distinct[b]!.id)));
  });
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const sizes = new Map<string, number>();
  for (const record of distinct) sizes.set(truth.get(record.id)!, (sizes.get(truth.get(record.id)!) ?? 0) + 1);
  let all = 0;
  for (const size of sizes.values()) all += (size * (size - 1)) / 2;
  console.log(`${name}: ${labels.length} candidates, ${positives} of ${all} true pairs`);
  return { rows, labels: Uint8Array.from(labels), count: labels.length, weight };
}

/** Newton steps on the penalised likelihood; place 0 of the result is the intercept. */
function fitWeights(samples: readonly Sample[], ridge: number, pinned: ReadonlyMap<number, number>): Float64Array {
  const width = COMPARISONS.length;
  const size = LEVEL_NAMES.length + 1;
  const free = new Uint8Array(size).fill(1);
  for (const offset of OFFSETS) free[offset + 1] = 0;
  const beta = new Float64Array(size);
  beta[0] = -3;
  for (const [at, value] of pinned) beta[at] = value;
  let previous = { loss: Number.POSITIVE_INFINITY, beta: beta.slice() };
  for (let step = 0; step < 60; step++) {
    const gradient = new Float64Array(size);
    const hessian = Array.from({ length: size }, () => new Float64Array(size));
    let loss = 0;
    const active = new Uint16Array(width + 1);
    for (const { rows, labels, count, weight } of samples)
      for (let row = 0; row < count; row++) {
        let sum = beta[0]!;
        let used = 1;
        for (let i = 0; i < width; i++) {
          const at = rows[row * width + i]! + 1;
          if (!free[at]) continue;
          active[used++] = at;
          sum += beta[at]!;
        }
        const p = 1 / (1 + Math.exp(-sum));
        loss -= weight * Math.log(Math.max(1e-12, labels[row] ? p : 1 - p));
        const error = weight * (labels[row]! - p);
        const curve = weight * p * (1 - p);
        for (let i = 0; i < used; i++) {
          gradient[active[i]!]! += error;
          if (curve < 1e-9) continue;
          const line = hessian[active[i]!]!;
          for (let j = 0; j < used; j++) line[active[j]!]! += curve;
        }
      }
    for (let i = 0; i < size; i++) {
      const penalty = i === 0 ? 1e-6 : ridge;
      gradient[i]! -= penalty * beta[i]!;
      hessian[i]![i]! += penalty + 1e-9;
      if (!free[i] || pinned.has(i)) hessian[i]![i] = 1e12;
    }
    if (loss > previous.loss * 1.000001) {
      for (let i = 0; i < size; i++) beta[i] = (beta[i]! + previous.beta[i]! * 3) / 4;
      continue;
    }
    previous = { loss, beta: beta.slice() };
    const delta = solve(hessian, gradient);
    let moved = 0;
    for (let i = 0; i < size; i++) {
      const change = Math.max(-3, Math.min(3, delta[i]!));
      beta[i]! += change;
      moved = Math.max(moved, Math.abs(change));
    }
    if (moved < 0.01 || step === 59) {
      console.log(`${step + 1} steps: loss ${loss.toFixed(1)}`);
      break;
    }
  }
  return beta;
}

/** Gaussian elimination with pivots. */
function solve(matrix: Float64Array[], right: Float64Array): Float64Array {
  const n = right.length;
  const m = matrix.map((line, i) => Float64Array.from([...line, right[i]!]));
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let r = column + 1; r < n; r++) if (Math.abs(m[r]![column]!) > Math.abs(m[pivot]![column]!)) pivot = r;
    [m[column], m[pivot]] = [m[pivot]!, m[column]!];
    const line = m[column]!;
    for (let r = column + 1; r < n; r++) {
      const factor = m[r]![column]! / line[column]!;
      if (factor !== 0) for (let c = column; c <= n; c++) m[r]![c]! -= factor * line[c]!;
    }
  }
  const x = new Float64Array(n);
  for (let r = n - 1; r >= 0; r--) {
    let sum = m[r]![n]!;
    for (let c = r + 1; c < n; c++) sum -= m[r]![c]! * x[c]!;
    x[r] = sum / m[r]![r]!;
  }
  return x;
}

/**
 * What people's books allow, whatever the training books say: agreement never counts against, disagreement never in
 * favour, and people do change jobs, numbers and addresses.
 */
const BOUNDS: readonly (readonly [RegExp, min: number, max: number])[] = [
  // what the labelled books hardly know or know otherwise than people's: numbers of a plan that gives both kinds the same ones,
  // the child that has its mother's number, two cards of one name at one address
  [/^phone\.unknown\.[123]$/, 1.5, 1.5],
  [/^clash\.kin$/, -2.6, -2.6],
  [/^clash\.kin\.many$/, -4.2, -4.2],
  // people who are told by a relative's name
  [/^clash\.told$/, -4, -4],
  [/^residence\.shared$/, 1.5, 1.5],
  // namesakes born on one day or working in one small company
  [/^birth\.shared$/, 3, 3],
  [/^employment\.shared$/, 0.6, 0.6],
  // names told apart by a syllable or a character, households, men and women, patronymics
  [/^given\.alike$/, -1.1, -1.1],
  [/^kind\.household$/, 1.5, 1.5],
  // what somebody is to the owner, a card that is called like the company, profiles at networks
  [/^called\.same$/, 1.5, 1.5],
  [/^kind\.named$/, 2, 2],
  [/^url\.profile$/, 3, 3],
  [/^(?:gender\.conflict|middle\.fathers)$/, -3, -3],
  [/^middle\.other$/, -2, -2],
  [/^phone\.moved$/, -1, -1],
  [/^completed\./, 0, 0],
  [/^(phone\.mobile|email\.same|given\.same|family\.same|birthday\.same|photo\.same|suffix\.same)/, 0, 9],
  [/^(phones|emails)\.two|^(url|title)\.same|^address\.(full|street|near)$/, 0, 4],
  [/^(title|url|photo|extra)\.differ$/, -1, 0],
  [/^address\.(differ|city|place|postcode)$/, -1.5, 1],
  [/^organization\.differ$/, -1.5, 0],
  [/^coincidence\.usual$/, -1, -1],
  [/^coincidence/, -9, 0],
  [/^phone\.differ$/, -3, 0],
  [/^(given|family|birthday|suffix|kind|gender)\.conflict$|^clash\.|^suffix\.one/, -9, 0],
  [/^birthday\.(near|day)$/, -0.5, 9],
  [/^phone\.near$/, 0, 2.5],
  [/./, -9, 9],
];

/** Fits, moves weights out of bounds to the bound and fits the others again until all are within. */
function fitBounded(samples: readonly Sample[], ridge: number, bounds: typeof BOUNDS): Float64Array {
  const pinned = new Map<number, number>();
  for (;;) {
    const beta = fitWeights(samples, ridge, pinned);
    const before = pinned.size;
    LEVEL_NAMES.forEach((name, i) => {
      const [, min, max] = bounds.find(([pattern]) => pattern.test(name))!;
      const weight = beta[i + 1]!;
      if (weight < min - 0.01 || weight > max + 0.01) pinned.set(i + 1, weight < min ? min : max);
    });
    if (pinned.size === before) return beta;
    console.log(
      `at their bounds: ${[...pinned.keys()]
        .slice(before)
        .map((at) => LEVEL_NAMES[at - 1])
        .join(' ')}`,
    );
  }
}

/** One exported table of weights as source text. */
function tableText(name: string, beta: Float64Array): string {
  const lines = LEVEL_NAMES.map((level, i) => [level, Math.round(beta[i + 1]! * 100) / 100] as const)
    .filter(([, weight]) => weight !== 0)
    .map(([level, weight]) => `  '${level}': ${weight},`);
  return `export const ${name}: Readonly<Record<string, number>> = {\n  intercept: ${Math.round(beta[0]! * 100) / 100},\n${lines.join('\n')}\n};\n`;
}

/** `BASE[:REGION[:WEIGHT]]` for each book; contacts before `--register`, registers behind it. */
function main(args: readonly string[]): void {
  const cut = args.indexOf('--register');
  const read = (books: readonly string[]) =>
    books.map((book) => {
      const [base, region, weight] = book.split(':');
      return sampleOf(base!, region || undefined, Number(weight ?? 1));
    });
  const contacts = fitBounded(read(args.slice(0, cut)), 0.5, BOUNDS);
  const register = fitBounded(read(args.slice(cut + 1)), 0.5, BOUNDS.slice(-1));
  const head =
    '/** Weights of the levels, log-odds: fitted by `test/dedup/fit.ts`, frozen here. A level not listed weighs nothing. */';
  const text = `${head}\n\n${tableText('CONTACTS', contacts)}\n${tableText('REGISTER', register)}`;
  writeFileSync(new URL('../../src/dedup/weights.ts', import.meta.url), text);
}

main(process.argv.slice(2));
