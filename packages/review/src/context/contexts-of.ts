/** What a model is told of the code around a finding, made with the compiler that found it. */
import { dirname, relative, resolve } from "node:path";
import type { Rule } from "@review/analysis";
import { lineStarts, positionAt, type Finding } from "@review/findings";
import type { OpenProject, Session } from "@review/program";
import { getTokenAtPosition, isImportDeclaration, type Node, type SourceFile } from "@review/program/syntax";
import type { SuggestionContext } from "@review/suggestions";
import { slashed } from "../paths.ts";
import { definitionsIn } from "./definitions.ts";
import { environmentOf } from "./environment.ts";

export interface ContextSource {
  readonly job: { readonly cwd: string };
  readonly session: Session;
  readonly rules: readonly Rule[];
}

/** A context for each finding, in their order. */
export function contextsOf(source: ContextSource, findings: readonly Finding[]): readonly SuggestionContext[] {
  return findings.map(finding => contextOf(source, finding));
}

/** What of a file goes to the model at most, in characters: about 2 000 tokens. */
const LONGEST_DECLARATION = 6_000;

function contextOf({ job, session, rules }: ContextSource, finding: Finding): SuggestionContext {
  const path = slashed(resolve(job.cwd, finding.file));
  const { project, sourceFile } = fileOf(session.projects, path);
  const node = declarationAround(sourceFile, finding.span.start);
  const { start, end } = cutAround(node, sourceFile, finding.span.start);
  const { text } = sourceFile;
  const rule = rules.find(candidate => candidate.id === finding.ruleId);
  return {
    file: finding.file,
    language: languageOf(path),
    declaration: {
      text: text.slice(start, end),
      start,
      startLine: positionAt(lineStarts(text), start).line,
    },
    imports: sourceFile.statements
      .filter(isImportDeclaration)
      .map(statement => statement.getText(sourceFile))
      .join("\n"),
    types: definitionsIn(project, node, name => relative(dirname(path), name)),
    environment: environmentOf(project, path),
    rulePage: { summary: rule?.summary ?? finding.message, repair: finding.repair },
  };
}

function fileOf(
  projects: readonly OpenProject[],
  path: string,
): { readonly project: OpenProject; readonly sourceFile: SourceFile } {
  for (const project of projects) {
    const sourceFile = project.plan.files.includes(path) ? project.program.getSourceFile(path) : undefined;
    if (sourceFile) return { project, sourceFile };
  }
  throw new Error(`no project of this session holds ${path}`);
}

/** The largest declaration or statement around a place that still fits, or the smallest one if none does. */
function declarationAround(sourceFile: SourceFile, position: number): Node {
  let found: Node = getTokenAtPosition(sourceFile, position);
  for (let at: Node = found; at.parent && at.parent !== sourceFile; at = at.parent) {
    const size = at.parent.end - at.parent.getStart(sourceFile);
    if (size > LONGEST_DECLARATION) break;
    found = at.parent;
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
