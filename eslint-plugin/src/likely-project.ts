/** Guesses what will be asked first: a project that is open by then saves most of the wait. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import type { Likely } from "./job.ts";
import { slashed } from "./names.ts";
import { rootOf } from "./root-of.ts";

/** ESLint's command, its threads and editors' servers are called so; others load a configuration to look at it. */
const ESLINT_SCRIPT = /\/eslint\/|eslint[^/]*$/i;
/** Editors whose servers do more than one thing say so in an option. */
const ESLINT_OPTION = /eslint/i;
/** With these, another thread lints, or probably none. */
const LINTS_ELSEWHERE = /^--(?:concurrency|cache|print-config|inspect-config)\b/;

/** The project of the working directory, where this process is one that lints; undefined where there is none for certain. */
export function likelyProject(argv: readonly string[], cwd: string): Likely | undefined {
  const [, script = "", ...options] = argv;
  const isEslint = ESLINT_SCRIPT.test(slashed(script)) || options.some(option => ESLINT_OPTION.test(option));
  if (!isEslint || options.some(option => LINTS_ELSEWHERE.test(option))) return undefined;
  const configFile = join(cwd, "tsconfig.json");
  return hasFilesOfItsOwn(configFile) ? { root: rootOf(cwd, cwd), configFile } : undefined;
}

/** Whether a file in a folder would be read with that project, as far as names of files tell. */
export function isLikelyIn({ configFile }: Likely, folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    const found = ["tsconfig.json", "jsconfig.json"].map(name => join(at, name)).find(name => existsSync(name));
    if (found !== undefined || at === dirname(at)) return found === configFile;
  }
}

/** One that only refers to others has nothing to open. */
function hasFilesOfItsOwn(configFile: string): boolean {
  try {
    return !/"references"|"files"\s*:\s*\[\s*\]/.test(readFileSync(configFile, "utf8"));
  } catch {
    return false;
  }
}
