/** Names in Chinese, Japanese and Korean letters without what stands beside them: relatives, trades, labels. */
import { EMPTY } from '../empty.ts';
import {
  CHINESE_SURNAMES,
  EAST_ASIAN_KIN,
  EAST_ASIAN_LABELS,
  EAST_ASIAN_PARENT,
  EAST_ASIAN_TRADES,
} from '../names/east-asian-words.ts';
import { KOREAN_SURNAMES } from '../names/eastern.ts';

export interface NotedName {
  /** The name alone; empty where the field says none. */
  readonly name: string;
  /** What somebody is to the owner or does for a living. */
  readonly called: readonly string[];
  /** The child that somebody is the mother or father of. */
  readonly child: string;
}

const BLANKS = /[\s\u3000/|–-]+/;

/** Reads one field: `妈妈` and `房东` name nobody, `朵朵妈妈` is the mother of 朵朵, `刘洋 健身教练` is 刘洋. */
export function readNote(text: string): NotedName {
  const kin = EAST_ASIAN_KIN.get(text);
  if (kin !== undefined) return { name: '', called: [kin], child: '' };
  const child = EAST_ASIAN_PARENT.exec(text)?.[1]?.trim() ?? '';
  if (child.length > 1) return { name: '', called: EMPTY, child };
  const words = text.split(BLANKS);
  let [from, to] = [0, words.length];
  while (to - from > 1 && isNote(words[to - 1]!)) to--;
  while (to - from > 1 && isNote(words[from]!)) from++;
  const whole = to - from > 1 ? words.slice(from, to).filter(isWholeName) : [];
  if (whole.length === 1 && words.slice(from, to).every(({ length }) => length > 1))
    return { name: whole[0]!, called: EMPTY, child: '' };
  const notes = [...words.slice(0, from), ...words.slice(to)]
    .filter((word) => !EAST_ASIAN_LABELS.has(word))
    .map((word) => EAST_ASIAN_KIN.get(word) ?? (EAST_ASIAN_TRADES.has(word) ? word : word.slice(-TRADE_LENGTH)));
  const behind = to - from === 1 ? behindTrade(words[from]!) : undefined;
  if (behind !== undefined) return { name: behind, called: EMPTY, child: '' };
  if (to - from === 1 && EAST_ASIAN_TRADES.has(words[from]!)) return { name: '', called: words, child: '' };
  return { name: words.slice(from, to).join(' '), called: notes.length > 0 ? notes : EMPTY, child: '' };
}

/** `김민수` beside the name of a company: a surname and two syllables or characters. */
const isWholeName = (word: string): boolean =>
  word.length === 3 && (CHINESE_SURNAMES.has(word[0]!) || KOREAN_SURNAMES.has(word[0]!));

/** `房东王先生`, `快递小王`: who stands behind a trade without a blank. */
function behindTrade(word: string): string | undefined {
  for (let length = 2; length <= word.length - 2; length++) {
    const [trade, rest] = [word.slice(0, length), word.slice(length)];
    if (!EAST_ASIAN_TRADES.has(trade)) continue;
    const first = /^[小老]./u.test(rest) ? rest[1]! : rest[0]!;
    if (CHINESE_SURNAMES.has(first) || KOREAN_SURNAMES.has(first)) return rest;
  }
  return undefined;
}

/** `房东`, `健身教练`, `公司`, `형`. */
const isNote = (word: string): boolean =>
  EAST_ASIAN_LABELS.has(word) ||
  EAST_ASIAN_TRADES.has(word) ||
  EAST_ASIAN_KIN.has(word) ||
  (word.length > 3 && EAST_ASIAN_TRADES.has(word.slice(-TRADE_LENGTH)));

/** Characters of the trade at the end of a longer word: `教练` of `健身教练`. */
const TRADE_LENGTH = 2;
