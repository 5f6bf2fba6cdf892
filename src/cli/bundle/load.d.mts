/** Types of `load.mjs`, which the launcher reads as it is. */
export declare function loadScan(
  folder?: string,
): { main(args: readonly string[]): Promise<number>; keepCode(): void } | undefined;
export declare function stampOf(file: string): string;
