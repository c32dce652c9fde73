/** `.gitignore` files where git cannot be asked: outside a repository, below an ignored folder, or without git. */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import ignore, { type Ignore } from "ignore";
import { isInside, relativeTo } from "./paths.ts";

/** The rules of all `.gitignore` files from `base` down to one folder. */
export interface IgnoreRules {
  /** Absolute folder that tested paths are relative to. */
  readonly base: string;
  /** Undefined where no `.gitignore` speaks. */
  readonly rules: Ignore | undefined;
}

/** The rules that hold in `folder`, from `base` on; a folder that they ignore themselves begins anew. */
export async function rulesAround(base: string, folder: string): Promise<IgnoreRules> {
  let known: IgnoreRules = { base, rules: undefined };
  for (const step of stepsBetween(base, folder)) known = await withGitignore(known, step);
  return isIgnored(known, `${relativeTo(base, folder)}/`) ? { base: folder, rules: undefined } : known;
}

/** Whether a '/' separated path relative to the base is ignored; a folder's path ends in '/'. */
export function isIgnored({ rules }: IgnoreRules, path: string): boolean {
  return path !== "./" && rules !== undefined && rules.ignores(path);
}

/** The rules together with those of the `.gitignore` in `folder`, if there is one. */
export async function withGitignore(known: IgnoreRules, folder: string): Promise<IgnoreRules> {
  const text = await readFile(join(folder, ".gitignore"), "utf8").catch(() => undefined);
  if (text === undefined) return known;
  const prefix = relativeTo(known.base, folder);
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const rules = ignore({ ignoreCase: process.platform !== "linux" });
  if (known.rules !== undefined) rules.add(known.rules);
  return { base: known.base, rules: rules.add(prefix === "." ? lines : lines.map(line => rebased(line, prefix))) };
}

/** The folders from `base` to the parent of `folder`, outermost first. */
function stepsBetween(base: string, folder: string): string[] {
  const steps: string[] = [];
  for (let step = folder; step !== base && isInside(step, base); step = dirname(step)) steps.unshift(dirname(step));
  return steps;
}

/** A rule of the folder `prefix` as it reads in the base; in one list, deeper files take back what outer ones ignore. */
function rebased(line: string, prefix: string): string {
  if (/^\s*$|^#/.test(line)) return "";
  const negated = line.startsWith("!");
  // A leading `\!` or `\#` is escaped only because it leads.
  const pattern = line.slice(negated ? 1 : 0).replace(/^\\(?=[!#])/, "");
  const anchored = /\/(?=.*\S)/.test(pattern.replace(/\/\s*$/, ""));
  const folder = prefix.replace(/[\\*?[\]!#]/g, "\\$&");
  return `${negated ? "!" : ""}/${folder}/${anchored ? "" : "**/"}${pattern.replace(/^\//, "")}`;
}
