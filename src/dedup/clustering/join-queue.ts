/** The joins that are worth making, best first. */

/** What joins two clusters beside the scores of their pairs. */
export interface Joining {
  /** What a pair counts that was never scored. */
  readonly unknown: number;
  /**
   * Two groups join only where their mean cross score is at least this part of what the weaker of them stands on: all its cross
   * pairs may say one thing over and over.
   */
  readonly reserve: number;
}

interface Join {
  readonly mean: number;
  readonly left: number;
  readonly right: number;
  /** Number of cross pairs when offered: another number means that one side has grown since. */
  readonly size: number;
}

/** Among joins with one mean, that of the smallest clusters comes first. */
function isSmaller(a: Join, b: Join): boolean {
  const lowA = Math.min(a.left, a.right);
  const lowB = Math.min(b.left, b.right);
  return lowA !== lowB ? lowA < lowB : Math.max(a.left, a.right) < Math.max(b.left, b.right);
}

/** Binary heap, best join first. The means stand side by side, since they are nearly all that is compared. */
export class JoinQueue {
  readonly joining: Joining;
  private readonly joins: Join[] = [];
  private readonly means: number[] = [];

  constructor(joining: Joining) {
    this.joining = joining;
  }

  push(join: Join): void {
    let at = this.joins.push(join) - 1;
    this.means.push(join.mean);
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!this.isBefore(at, up)) return;
      this.swap(at, up);
      at = up;
    }
  }

  pop(): Join | undefined {
    const top = this.joins[0];
    const last = this.joins.pop();
    const mean = this.means.pop();
    const count = this.joins.length;
    if (count === 0 || !last) return top;
    this.joins[0] = last;
    this.means[0] = mean!;
    for (let at = 0; ; ) {
      let next = 2 * at + 1;
      if (next >= count) return top;
      if (next + 1 < count && this.isBefore(next + 1, next)) next++;
      if (!this.isBefore(next, at)) return top;
      this.swap(at, next);
      at = next;
    }
  }

  private isBefore(one: number, other: number): boolean {
    const mean = this.means[one]!;
    const than = this.means[other]!;
    return mean !== than ? mean > than : isSmaller(this.joins[one]!, this.joins[other]!);
  }

  private swap(one: number, other: number): void {
    const join = this.joins[one]!;
    const mean = this.means[one]!;
    this.joins[one] = this.joins[other]!;
    this.means[one] = this.means[other]!;
    this.joins[other] = join;
    this.means[other] = mean;
  }
}
