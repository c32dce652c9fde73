/** Where the benchmark keeps what it fetches: outside the tree, so that no tool and no search meets it by chance. */
import { homedir } from "node:os";
import { join } from "node:path";

/** The cache folder: REVIEW_BENCH_DIR, or `review-bench` in the user's cache folder. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  if (env["REVIEW_BENCH_DIR"]) return env["REVIEW_BENCH_DIR"];
  const base = env["XDG_CACHE_HOME"] || env["LOCALAPPDATA"] || join(homedir(), ".cache");
  return join(base, "review-bench");
}
