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

/** The project around the working directory, where this process is one that lints; undefined where none can be opened. */
export function likelyProject(argv: readonly string[], cwd: string): Likely | undefined {
  const [, script = "", ...options] = argv;
  const isEslint = ESLINT_SCRIPT.test(slashed(script)) || options.some(option => ESLINT_OPTION.test(option));
  if (!isEslint || options.some(option => LINTS_ELSEWHERE.test(option))) return undefined;
  const root = rootOf(cwd, cwd);
  const configFile = nearestConfiguration(cwd);
  if (!configFile?.startsWith(root) || !hasWhatToOpen(configFile)) return undefined;
  return { root, configFile };
}

/** Whether a file in a folder would be read with that project, as far as names of files tell. */
export function isLikelyIn({ configFile }: Likely, folder: string): boolean {
  return nearestConfiguration(folder) === configFile;
}

function nearestConfiguration(folder: string): string | undefined {
  const found = ["tsconfig.json", "jsconfig.json"].map(name => join(folder, name)).find(name => existsSync(name));
  const above = dirname(folder);
  // Above `C:` comes `.`, which would be the working directory.
  return found ?? (above === folder || above === "." ? undefined : nearestConfiguration(above));
}

/** One that only refers to others has nothing to open, unless one of those stands beside it, as in what Vite sets up. */
function hasWhatToOpen(configFile: string): boolean {
  try {
    const text = readFileSync(configFile, "utf8");
    const hasFiles = !/"files"\s*:\s*\[\s*\]/.test(text);
    return /"references"/.test(text) ? !hasFiles && REFERENCE_BESIDE.test(text) : hasFiles;
  } catch {
    return false;
  }
}

const REFERENCE_BESIDE = /"path"\s*:\s*"(?:\.\/)?[^"/]+\.json"/;
