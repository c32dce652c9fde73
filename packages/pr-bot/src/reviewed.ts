/** Which files are reviewed, by their names. */

/** Endings of files that are reviewed. */
export const REVIEWED: readonly string[] = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

/** Whether a path leads to a file that is reviewed. */
export function isReviewed(path: string): boolean {
  return REVIEWED.some(extension => path.endsWith(extension));
}

/** Sources, and what a compiler reads beside them. */
export function isRead(path: string): boolean {
  return isReviewed(path) || /(?:^|\/)(?:[^/]*\.jsonc?|\.gitignore)$/.test(path);
}
