/** Types of `load.mjs`, which the launcher reads as it is. */
export declare function loadScan(
  folder?: string,
): { main(args: readonly string[]): Promise<number>; keepCode(): void } | undefined;
/** The file beside the bundle that says how letters are read. */
export declare const LETTERS: string;
export declare function stampOf(file: string): string;
