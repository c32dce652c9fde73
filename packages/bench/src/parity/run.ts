/** Runs our rules over cases: the cases of a project are its files, and one compiler answers for all of them. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { lineStarts, positionAt } from "@review/findings";
import { review } from "@review/review";
import type { Case, CaseProject } from "./cases.ts";
import { writeDeep } from "./trees.ts";

/** What a rule of ours says of a case's file. */
export interface Hit {
  readonly rule: string;
  readonly line: number;
  readonly endLine: number;
  readonly message: string;
}

/** The findings of each file, by `project/path`. */
export type Hits = ReadonlyMap<string, readonly Hit[]>;

export interface RunReport {
  readonly hits: Hits;
  /** What could not be analysed, in words. */
  readonly troubles: readonly string[];
}

/** Reviews the files of all projects with some rules. */
export async function runCases(projects: readonly CaseProject[], rules: readonly string[]): Promise<RunReport> {
  const cwd = mkdtempSync(join(tmpdir(), "review-parity-"));
  try {
    linkTypes(cwd);
    const paths = projects.flatMap(project => stage(project, cwd));
    return await reviewed(cwd, paths, rules);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** What was found in a case: in its lines, where the file holds several. */
export function hitsIn({ project, path, lines }: Case, hits: Hits, ours: ReadonlySet<string>): readonly Hit[] {
  const [first, last] = lines ?? [1, Infinity];
  const found = hits.get(`${project}/${path}`) ?? [];
  return found.filter(({ rule, line, endLine }) => ours.has(rule) && line <= last && endLine >= first);
}

/** The types that the suites' own configurations ask for. */
function linkTypes(cwd: string): void {
  const require = createRequire(import.meta.url);
  mkdirSync(join(cwd, "node_modules/@types"), { recursive: true });
  for (const name of ["node", "react"]) {
    const folder = dirname(require.resolve(`@types/${name}/package.json`));
    symlinkSync(folder, join(cwd, "node_modules/@types", name), "junction");
  }
}

/** Lays out a project, and answers with the paths of its cases. */
function stage({ key, support, tsconfig, files }: CaseProject, cwd: string): readonly string[] {
  const folder = join(cwd, key);
  mkdirSync(folder);
  if (support !== undefined && existsSync(support)) cpSync(support, folder, { recursive: true });
  // A configuration of theirs may bear this very name, and ours extends it.
  writeFileSync(join(folder, "tsconfig.cases.json"), JSON.stringify({ include: ["**/*"], ...tsconfig }));
  for (const [path, text] of files) writeDeep(join(folder, path), text);
  return [...files.keys()].map(path => `${key}/${path}`);
}

async function reviewed(cwd: string, paths: readonly string[], rules: readonly string[]): Promise<RunReport> {
  const hits = new Map<string, Hit[]>();
  const troubles: string[] = [];
  for (const key of new Set(paths.map(path => path.split("/", 1)[0] ?? ""))) {
    const ofProject = paths.filter(path => path.startsWith(`${key}/`));
    const { findings, texts, summary } = await review(
      {
        target: { kind: "paths", cwd, paths: ofProject },
        rules: { only: rules },
        severity: "info",
        project: join(cwd, key, "tsconfig.cases.json"),
        verify: false,
      },
      { signal: new AbortController().signal },
    );
    const starts = new Map([...texts].map(([file, text]) => [file, lineStarts(text)]));
    for (const { file, ruleId: rule, span, message } of findings) {
      const lineOf = (offset: number): number => positionAt(starts.get(file) ?? [0], offset).line;
      const known = hits.get(file);
      const hit = { rule, line: lineOf(span.start), endLine: lineOf(span.end), message };
      if (known) known.push(hit);
      else hits.set(file, [hit]);
    }
    troubles.push(...[...summary.incomplete, ...summary.skipped].map(({ file, reason }) => `${file}: ${reason}`));
  }
  return { hits, troubles };
}
