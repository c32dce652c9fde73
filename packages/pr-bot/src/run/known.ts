/** What other tools of the same job have said already: nobody wants to read it twice. */
import { readFile } from "node:fs/promises";
import { isAbsolute, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { counterpartsOf } from "@review/findings";
import type { AnalysedChange } from "../analyse/analyse-change.ts";
import { oneLine, UsageError } from "../errors.ts";

/** One finding of another tool. */
export interface ToldElsewhere {
  /** Relative to the repository. */
  readonly file: string;
  readonly line: number;
  /** As ESLint or typescript-eslint calls it. */
  readonly ruleId: string;
}

/** Reads SARIF logs and ESLint's JSON; throws a `UsageError` that names the file which is neither. */
export async function readKnown(paths: readonly string[], workspace: string): Promise<readonly ToldElsewhere[]> {
  const known: ToldElsewhere[] = [];
  for (const path of paths) {
    const content = await readFile(path, "utf8").catch((error: unknown) => {
      throw new UsageError(`--known ${path} cannot be read: ${oneLine(error)}`);
    });
    const told = toldIn(content, workspace);
    if (!told) throw new UsageError(`--known ${path} is neither a SARIF log nor what \`eslint --format json\` prints.`);
    known.push(...told);
  }
  return known;
}

/** The change without what another tool has told of the same lines; the summary says how much that is. */
export function withoutKnown(change: AnalysedChange, known: readonly ToldElsewhere[]): AnalysedChange {
  const told = new Set(
    known.flatMap(({ file, line, ruleId }) => counterpartsOf(ruleId).map(ours => keyOf(file, line, ours))),
  );
  const fresh = change.fresh.filter(({ file, range, ruleId }) => !told.has(keyOf(file, range.start.line, ruleId)));
  const left = change.fresh.length - fresh.length;
  if (left === 0) return change;
  const some = left === 1 ? "1 finding is" : `${left} findings are`;
  return { ...change, fresh, notes: [...change.notes, `${some} left out that another tool tells of the same line.`] };
}

function keyOf(file: string, line: number, ruleId: string): string {
  return JSON.stringify([file, line, ruleId]);
}

interface SarifLog {
  readonly runs: readonly { readonly results?: readonly SarifResult[] }[];
}

interface SarifResult {
  readonly ruleId?: string;
  readonly locations?: readonly {
    readonly physicalLocation?: {
      readonly artifactLocation?: { readonly uri?: string };
      readonly region?: { readonly startLine?: number };
    };
  }[];
}

interface EslintFile {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly line?: number }[];
}

function toldIn(content: string, workspace: string): readonly ToldElsewhere[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return undefined;
  }
  const told = isSarif(value)
    ? value.runs.flatMap(({ results = [] }) => results.map(toldBySarif))
    : isEslint(value)
      ? value.flatMap(({ filePath, messages }) => messages.map(each => ({ ...each, file: filePath })))
      : undefined;
  return told?.flatMap(({ file, line, ruleId }) =>
    file === undefined || line === undefined || !ruleId ? [] : { file: nameIn(workspace, file), line, ruleId },
  );
}

function isSarif(value: unknown): value is SarifLog {
  return typeof value === "object" && value !== null && "runs" in value && Array.isArray(value.runs);
}

function isEslint(value: unknown): value is readonly EslintFile[] {
  const isFile = (each: unknown): boolean =>
    typeof each === "object" && each !== null && "filePath" in each && "messages" in each;
  return Array.isArray(value) && value.every(isFile);
}

function toldBySarif({ ruleId, locations }: SarifResult): Partial<ToldElsewhere> {
  const { artifactLocation, region } = locations?.[0]?.physicalLocation ?? {};
  const uri = artifactLocation?.uri;
  const file = uri?.startsWith("file:") === true ? fileURLToPath(uri) : uri && decodeURIComponent(uri);
  return { ...(file && { file }), ...(region?.startLine && { line: region.startLine }), ...(ruleId && { ruleId }) };
}

function nameIn(workspace: string, file: string): string {
  return posix.normalize((isAbsolute(file) ? relative(workspace, file) : file).replaceAll("\\", "/"));
}
