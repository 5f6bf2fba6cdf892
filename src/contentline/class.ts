/** CLASS, by which cards and calendar objects say whom they are for (RFC 2426 §3.7.1, RFC 5545 §3.8.1.3). */

/** False for octets that surely have no CLASS line. Judged without line ends and spaces: the word may stand folded. */
export const mayNameClass = (octets: Buffer): boolean => /CLASS/i.test(octets.toString('latin1').replace(/\s+/g, ''));
