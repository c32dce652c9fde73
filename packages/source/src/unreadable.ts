/** What an error of the file system means for a review. */

/** Why a file is skipped, with the system's code; undefined for one that is not there (deleted, or gone meanwhile). */
export function reasonOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  return code === "ENOENT" || code === "ENOTDIR" ? undefined : `unreadable (${code})`;
}
