/** What a model is told of the code around a finding, made with the compiler that found it. */
import { dirname, relative, resolve } from "node:path";
import type { Rule } from "@review/analysis";
import type { Finding, Span } from "@review/findings";
import type { OpenProject, Session } from "@review/program";
import {
  getTokenAtPosition,
  isFunctionLikeDeclaration,
  isImportDeclaration,
  type Node,
  type SourceFile,
} from "@review/program/syntax";
import type { SuggestionContext } from "@review/suggestions";
import { slashed } from "../paths.ts";
import { definitionsIn } from "./definitions.ts";
import { environmentOf } from "./environment.ts";
import { exampleOf } from "./rule-example.ts";

export interface ContextSource {
  readonly job: { readonly cwd: string };
  readonly session: Session;
  readonly rules: readonly Rule[];
}

/** A context for each finding, in their order. */
export function contextsOf(source: ContextSource, findings: readonly Finding[]): readonly SuggestionContext[] {
  return findings.map(finding => contextOf(source, finding));
}

/** What of a file goes to the model at most, in characters: about 1 500 tokens. */
const LONGEST_DECLARATION = 5_000;
/** Beyond the function that may be edited, so much is shown if it is all of what stands around it. */
const LONGEST_SURROUNDINGS = 2_000;
/** Imports that take more are not shown. */
const LONGEST_IMPORTS = 2_000;

function contextOf({ job, session, rules }: ContextSource, finding: Finding): SuggestionContext {
  const path = slashed(resolve(job.cwd, finding.file));
  const { project, sourceFile } = fileOf(session.projects, path);
  const node = declarationAround(sourceFile, finding.span.start);
  const { start, end } = cutAround(node, sourceFile, finding.span.start);
  const rule = rules.find(candidate => candidate.id === finding.ruleId);
  return {
    file: finding.file,
    language: languageOf(path),
    declaration: { text: sourceFile.text.slice(start, end), start },
    imports: importsOf(sourceFile, { start, end }),
    types: definitionsIn(project, node, name => relative(dirname(path), name)),
    environment: environmentOf(project, path),
    rulePage: { summary: rule?.summary ?? finding.message, repair: finding.repair, ...exampleFor(finding) },
  };
}

/** The project that holds a file, an absolute path, and the file in it. */
export function fileOf(
  projects: readonly OpenProject[],
  path: string,
): { readonly project: OpenProject; readonly sourceFile: SourceFile } {
  for (const project of projects) {
    const sourceFile = project.plan.files.includes(path) ? project.program.getSourceFile(path) : undefined;
    if (sourceFile) return { project, sourceFile };
  }
  throw new Error(`no project of this session holds ${path}`);
}

function exampleFor({ ruleId }: Finding): Pick<SuggestionContext["rulePage"], "example"> {
  const example = exampleOf(ruleId);
  return example === undefined ? {} : { example };
}

/** From the first import to the last as the file has them, unless the declaration stands among them or they are long. */
function importsOf(sourceFile: SourceFile, shown: Span): SuggestionContext["imports"] {
  const all = sourceFile.statements.filter(isImportDeclaration);
  const start = all[0]?.getStart(sourceFile) ?? 0;
  const end = all.at(-1)?.end ?? 0;
  if (all.length === 0 || end - start > LONGEST_IMPORTS || (start < shown.end && shown.start < end)) return undefined;
  return { text: sourceFile.text.slice(start, end), start };
}

/**
 * The largest declaration or statement around a place that still fits, or the smallest one if none does. What is outside
 * of the outermost function cannot be edited, so less of it is worth its tokens.
 */
function declarationAround(sourceFile: SourceFile, position: number): Node {
  const token = getTokenAtPosition(sourceFile, position);
  const around: Node[] = [];
  for (let at: Node = token; at.parent && at.parent !== sourceFile; at = at.parent) around.push(at.parent);
  const outermost = around.findLastIndex(isFunctionLikeDeclaration);
  let found = token;
  for (const [index, node] of around.entries()) {
    const size = node.end - node.getStart(sourceFile);
    if (size > (index > outermost && outermost >= 0 ? LONGEST_SURROUNDINGS : LONGEST_DECLARATION)) break;
    found = node;
  }
  return found;
}

function cutAround(node: Node, sourceFile: SourceFile, position: number): { start: number; end: number } {
  const start = node.getStart(sourceFile);
  if (node.end - start <= LONGEST_DECLARATION) return { start, end: node.end };
  const first = Math.max(start, position - LONGEST_DECLARATION / 2);
  return { start: first, end: Math.min(node.end, first + LONGEST_DECLARATION) };
}

function languageOf(path: string): SuggestionContext["language"] {
  if (/\.[cm]?ts$/.test(path)) return "ts";
  if (path.endsWith(".tsx")) return "tsx";
  return path.endsWith(".jsx") ? "jsx" : "js";
}
