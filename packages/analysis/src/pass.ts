/** What a rule reads of one file, and how its reports become findings. */
import type { DraftFinding, Fix, Location } from "@review/findings";
import type { OpenProject } from "@review/program";
import { getTokenAtPosition, type Node, type SourceFile } from "@review/program/syntax";
import { anchorOf } from "./anchor.ts";
import type { TypeChecker } from "./checker.ts";
import type { Diagnostics } from "./diagnostics.ts";
import type { FlowOf } from "./flow/flows.ts";
import { scopesOf } from "./flow/scope.ts";
import type { Models } from "./models/lookup.ts";
import type { ProjectNames } from "./project-imports.ts";
import type { IsPageGlobal } from "./project-texts.ts";
import type { FileFacts, Pass, Place, Report, ReportedFix, Rule } from "./rule.ts";
import type { Summaries } from "./summaries/summaries.ts";

export interface PassInput extends ProjectNames {
  readonly rule: Rule;
  readonly file: FileFacts;
  readonly checker: TypeChecker;
  readonly flow: FlowOf;
  readonly models: Models;
  readonly summaries: Summaries;
  readonly diagnostics: Diagnostics;
  readonly isPageGlobal: IsPageGlobal;
  /** The name under which a file is reported, for its absolute path. */
  readonly nameOf: (path: string) => string;
  readonly onDraft: (draft: DraftFinding) => void;
}

export function createPass(input: PassInput): Pass {
  const { rule, file, checker, flow, models, summaries, diagnostics, isPageGlobal, nameOf, onDraft } = input;
  const { importedElsewhere, isSharedName } = input;
  return {
    file,
    checker,
    flow,
    models,
    summaries,
    diagnostics: () => diagnostics(file.sourceFile),
    scopes: () => scopesOf(file.sourceFile),
    isPageGlobal,
    importedElsewhere: name => importedElsewhere(name, file.path),
    isSharedName: name => isSharedName(name, file.path),
    report: (place, report) => onDraft(draftOf(rule, file.sourceFile, nameOf, place, report)),
  };
}

/** By its name, below the folder that is reviewed. */
export function isTestFile(name: string): boolean {
  return TEST_FOLDER.test(name) || TEST_NAME.test(name) || TEST_CLASS.test(name);
}

const TEST_FOLDER = /(?:^|\/)(?:tests?|__tests__|specs?|e2e|cypress|playwright|test-\w+|tsd|dtslint)\//i;
/** `a.test.ts`, `a.test-d.ts` of what tests types, and a file called `test.js`. */
const TEST_NAME = /(?:[.-](?:test|spec|e2e|cy|test-d)|(?:^|\/)tests?)\.[cm]?[jt]sx?$/i;
/** `httpServerTests.ts`, and no `latest.ts`. */
const TEST_CLASS = /[a-z\d](?:Tests?|Spec)\.[cm]?[jt]sx?$/;

/** `name` is the one that the file is reported under: a folder above it, `tests` for one, must not make it a test. */
export function factsOf(sourceFile: SourceFile, project: OpenProject, name: string): FileFacts {
  const options = project.program.getCompilerOptions();
  const { checksJavaScript } = project.plan;
  const isJavaScript = /\.[cm]?jsx?$/.test(sourceFile.fileName);
  return {
    sourceFile,
    text: sourceFile.text,
    path: sourceFile.fileName,
    name,
    isJavaScript,
    isChecked: checkDirectiveOf(sourceFile) ?? (!isJavaScript || checksJavaScript),
    isTest: isTestFile(name),
    strictNullChecks: options.strictNullChecks ?? options.strict ?? true,
    exactOptionalProperties: options.exactOptionalPropertyTypes === true,
  };
}

/** What `// @ts-check` or `// @ts-nocheck` above the first statement says; the last of them counts. */
function checkDirectiveOf({ text, statements }: SourceFile): boolean | undefined {
  const head = text.slice(0, statements[0]?.getStart() ?? text.length);
  const last = [...head.matchAll(/^[ \t]*\/\/\/?[ \t]*@ts-(no)?check\b/gm)].at(-1);
  return last && last[1] === undefined;
}

/** The place of a node, without the blanks and comments before it. */
export function placeOf(at: Node | Place, sourceFile: SourceFile): Place {
  return "kind" in at ? { start: at.getStart(sourceFile), end: at.end } : at;
}

type NameOf = PassInput["nameOf"];

function draftOf(rule: Rule, sourceFile: SourceFile, nameOf: NameOf, at: Node | Place, report: Report): DraftFinding {
  const place = placeOf(at, sourceFile);
  const node = "kind" in at ? at : getTokenAtPosition(sourceFile, place.start);
  return {
    ruleId: rule.id,
    severity: rule.severity,
    category: rule.category,
    message: report.message,
    ...locationOf(at, sourceFile, nameOf),
    evidence: (report.evidence ?? []).map(evidence => ({
      message: evidence.message,
      ...locationOf(evidence.at, sourceFile, nameOf),
    })),
    fixes: (report.fixes ?? []).map(fix => fixOf(fix, sourceFile, nameOf)),
    repair: report.repair ?? rule.repair,
    anchor: anchorOf(sourceFile, node, place),
  };
}

/** A node may stand in another file than the one that is reviewed: the definition that a finding rests on. */
function locationOf(at: Node | Place, sourceFile: SourceFile, nameOf: NameOf): Location {
  const file = "kind" in at ? at.getSourceFile() : sourceFile;
  const { start, end } = placeOf(at, file);
  return { file: nameOf(file.fileName), span: { start, end } };
}

function fixOf(fix: ReportedFix, sourceFile: SourceFile, nameOf: NameOf): Fix {
  return {
    title: fix.title,
    safety: fix.safety,
    origin: "rule",
    verified: { types: null, rules: null, tests: null },
    edits: fix.edits.map(edit => ({ ...locationOf(edit.at, sourceFile, nameOf), text: edit.text })),
  };
}
