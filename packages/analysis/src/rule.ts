/** What a rule is: its metadata, and the listeners that it has on the nodes of a file. */
import type { Category, Severity } from "@review/findings";
import type { Node, SourceFile, SyntaxKind } from "@review/program/syntax";
import type { Ask, Task } from "./ask.ts";
import type { TypeChecker } from "./checker.ts";
import type { FileDiagnostic } from "./diagnostics.ts";
import type { FlowOf } from "./flow/flows.ts";
import type { Scopes } from "./flow/scope.ts";
import type { Models } from "./models/lookup.ts";
import type { ImportElsewhere } from "./project-imports.ts";
import type { Summaries } from "./summaries/summaries.ts";

/** The single source of a rule's page header, its ESLint rule, its SARIF descriptor and its place in the presets. */
export interface RuleMeta {
  /** Kebab-case phrase that names the bad pattern; also the name of the rule's folder. */
  readonly id: string;
  /** One sentence: what the rule reports. */
  readonly summary: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly preset: "recommended" | "refactor" | "preview";
  /** The version that first had it. */
  readonly since: string;
  /** How to repair what the rule finds, in one or two sentences; a report may say it more precisely. */
  readonly repair: string;
}

export interface Rule extends RuleMeta {
  /** Called once a file; the listeners are called with the file's nodes in the order of the text. */
  listen(pass: Pass): Listeners;
}

/** By kind of node; what has to ask the compiler comes back from a listener as a generator. */
export type Listeners = { readonly [Kind in SyntaxKind]?: Listener };

// Nodes of one kind have one type, which TypeScript cannot look up by kind: a listener names the type it expects.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Listener = (node: any) => Task | void;

/** Everything that a rule may read, for one file. */
export interface Pass {
  readonly file: FileFacts;
  readonly checker: TypeChecker;
  /** The control-flow graph of a function, which all rules share; undefined where it would be too large. */
  readonly flow: FlowOf;
  /** What is known about the functions of libraries. */
  readonly models: Models;
  /** What the project's own functions do, and whatever they call. */
  readonly summaries: Summaries;
  /** What the compiler has against the file, also where the project does not have it say so: see `isChecked`. */
  diagnostics(): Ask<readonly FileDiagnostic[]>;
  /** The variables of the file, for which nothing has to be asked. */
  scopes(): Scopes;
  /** Whether some file of the project reads or writes this name as a member of `window` or `globalThis`, or just writes it. */
  isPageGlobal(name: string, how?: "set"): boolean;
  /** What other files of the project import under this name, unless something says that it is a global. */
  importedElsewhere(name: string): ImportElsewhere | undefined;
  /** Whether several other files use the name undeclared, too, or a linter is told of it: a framework makes it. */
  isSharedName(name: string): boolean;
  report(place: Node | Place, report: Report): void;
}

export interface FileFacts {
  readonly sourceFile: SourceFile;
  /** Without byte-order mark. */
  readonly text: string;
  /** Absolute, '/' separated. */
  readonly path: string;
  /** As findings name it: what stands above the folder that is reviewed says nothing of the file. */
  readonly name: string;
  readonly isJavaScript: boolean;
  /** Whether the project has the compiler report errors here: TypeScript, `checkJs`, `// @ts-check`. */
  readonly isChecked: boolean;
  /** By its name or folder: `x.test.ts`, `x.spec.ts`, `test/`, `__tests__/` and their like. */
  readonly isTest: boolean;
  /** Whether null and undefined are types of their own in this file's project. */
  readonly strictNullChecks: boolean;
  /** Whether a property that may be left out may not be undefined instead. */
  readonly exactOptionalProperties: boolean;
}

/** Offsets in the file of the pass, end exclusive. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

export interface Report {
  /** What is wrong and why: present tense, names in backticks, a capital first and a full stop last, ≤ 160 characters. */
  readonly message: string;
  /** The facts that the report rests on, in the order in which a person would follow them. */
  readonly evidence?: readonly { readonly at: Node | Place; readonly message: string }[];
  /** How to repair this very case, where that is more than the rule's own `repair`. */
  readonly repair?: string;
  readonly fixes?: readonly ReportedFix[];
}

/** Alternatives, the best first. `safe`: behaviour changes in nothing but the bug, so it may be applied unasked. */
export interface ReportedFix {
  readonly title: string;
  readonly safety: "safe" | "suggested";
  readonly edits: readonly Edit[];
}

/** Replace the text of `at` by `text`; an empty place inserts. Always in the file of the pass. */
export interface Edit {
  readonly at: Node | Place;
  readonly text: string;
}

/** Declares a rule; the identity, for the sake of inference and of one place to look for rules. */
export function defineRule(rule: Rule): Rule {
  return rule;
}
