/** Which of the files asked for can be given to the compiler at all. */
import { readFileSync, statSync } from "node:fs";
import { isTooDeep, TOO_DEEP } from "./nesting.ts";
import type { Problem } from "./session.ts";

/** Files that may be planned, and those that may not. */
export interface Admission {
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
  /** Files that must be hidden from the compiler, even when others import them. */
  readonly hidden: readonly string[];
}

/** Looks at each file once; `texts` stand for what is on disk. */
export function admitFiles(files: readonly string[], texts: ReadonlyMap<string, string>): Admission {
  const admitted: string[] = [];
  const problems: Problem[] = [];
  const hidden: string[] = [];
  for (const file of [...new Set(files)].sort()) {
    const text = texts.get(file) ?? textOnDisk(file);
    if (typeof text !== "string") problems.push({ file, reason: text.reason });
    else if (isTooDeep(text)) {
      problems.push({ file, reason: TOO_DEEP });
      hidden.push(file);
    } else admitted.push(file);
  }
  return { files: admitted, problems, hidden };
}

function textOnDisk(file: string): string | { readonly reason: string } {
  try {
    if (statSync(file).isDirectory()) return { reason: "Is a directory." };
    return readFileSync(file, "latin1");
  } catch (error) {
    const isAbsent = error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
    return { reason: isAbsent ? "There is no such file." : `Cannot be read: ${String(error)}` };
  }
}
