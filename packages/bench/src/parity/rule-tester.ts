/** Reads the tests of typescript-eslint: the lists that stand in calls of `ruleTester.run`. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isVariableStatement,
  type CallExpression,
  type Expression,
  type SourceFile,
} from "@review/program/syntax";
import type { Case, CaseProject, SuiteCases } from "./cases.ts";
import { constantsOf, describe, fieldOf, itemsOf, textOf, valueOf, type Scope, type Value } from "./evaluate.ts";
import { withTrees } from "./trees.ts";

const PLUGIN = "packages/eslint-plugin";

interface Reading {
  readonly rule: string;
  readonly file: string;
  readonly tester: Value | undefined;
  readonly tree: SourceFile;
  readonly into: Collected;
}

interface Collected {
  readonly root: string;
  readonly cases: Case[];
  readonly projects: Map<string, CaseProject>;
  unread: number;
}

/** The cases of some rules in a checkout of typescript-eslint. */
export function readRuleTester(root: string, rules: readonly string[]): SuiteCases {
  const into: Collected = { root, cases: [], projects: new Map(), unread: 0 };
  const texts = new Map(
    rules.flatMap(rule => {
      const path = join(root, PLUGIN, "tests/rules", `${rule}.test.ts`);
      return existsSync(path) ? [[`${rule}.test.ts`, readFileSync(path, "utf8")] as const] : [];
    }),
  );
  withTrees(texts, (name, tree) => {
    readFile(name.replace(".test.ts", ""), tree, into);
  });
  return { cases: into.cases, projects: [...into.projects.values()], unread: into.unread };
}

function readFile(rule: string, tree: SourceFile, into: Collected): void {
  const scope = constantsOf(tree);
  const testers = testersOf(tree, scope);
  for (const statement of tree.statements) {
    if (!isExpressionStatement(statement) || !isCallExpression(statement.expression)) continue;
    const run = asRun(statement.expression);
    if (run === undefined) continue;
    const suites = valueOf(run.suites, scope);
    const reading = {
      rule,
      file: `${PLUGIN}/tests/rules/${rule}.test.ts`,
      tester: testers.get(run.tester),
      tree,
      into,
    };
    for (const kind of ["valid", "invalid"] as const) {
      for (const item of itemsOf(fieldOf(suites, kind))) readCase(item, kind, reading);
    }
  }
}

function asRun({ expression, arguments: args }: CallExpression): { tester: string; suites: Expression } | undefined {
  if (!isPropertyAccessExpression(expression) || expression.name.text !== "run") return undefined;
  const suites = args[2];
  return isIdentifier(expression.expression) && suites ? { tester: expression.expression.text, suites } : undefined;
}

/** What each tester is made with: the parser's options of all its cases. */
function testersOf(tree: SourceFile, scope: Scope): ReadonlyMap<string, Value | undefined> {
  const testers = new Map<string, Value | undefined>();
  for (const statement of tree.statements) {
    if (!isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!initializer || !isIdentifier(name)) continue;
      if (!isCallExpression(initializer) && !isNewExpression(initializer)) continue;
      const argument = initializer.arguments?.[0];
      const options = argument && valueOf(argument, scope);
      testers.set(name.text, fieldOf(options, "languageOptions", "parserOptions") ?? options);
    }
  }
  return testers;
}

function readCase(item: Value, kind: Case["kind"], { rule, file, tester, tree, into }: Reading): void {
  const code = textOf(item) ?? textOf(fieldOf(item, "code"));
  if (code === undefined) {
    into.unread += 1;
    return;
  }
  const own = fieldOf(item, "languageOptions", "parserOptions");
  const project = projectOf(own, tester, into);
  const jsx = describe(fieldOf(own ?? tester, "ecmaFeatures", "jsx")) === "true";
  const named = textOf(fieldOf(item, "filename"));
  const extension = named?.match(/\.[cm]?[jt]sx?$/)?.[0] ?? (jsx ? ".tsx" : ".ts");
  const path = `case-${project.files.size}${extension}`;
  project.files.set(path, code);
  const line = item.kind === "record" ? tree.getLineAndCharacterOfPosition(item.at).line + 1 : undefined;
  into.cases.push({
    suite: "typescript-eslint",
    rule,
    kind,
    project: project.key,
    path,
    code,
    options: describe(fieldOf(item, "options")),
    messages: itemsOf(fieldOf(item, "errors")).flatMap(error => textOf(fieldOf(error, "messageId")) ?? []),
    origin: line === undefined ? file : `${file}:${line}`,
  });
}

/** The project of a case: one of their configurations, with every file a module of its own. */
function projectOf(own: Value | undefined, tester: Value | undefined, { root, projects }: Collected): CaseProject {
  const fixtures = join(root, PLUGIN, "tests/fixtures");
  const setting = (name: string): Value | undefined => fieldOf(own, name) ?? fieldOf(tester, name);
  const folder = describe(setting("tsconfigRootDir")).includes("unstrict") ? "unstrict" : "";
  const config = textOf(setting("project")) ?? "./tsconfig.json";
  const key = ["typescript-eslint", folder, config.replace(/^\.\//, "").replace(/\.json$/, "")].join("-");
  const known = projects.get(key);
  if (known) return known;
  const project: CaseProject = {
    key,
    support: join(fixtures, folder),
    tsconfig: { extends: config, compilerOptions: { moduleDetection: "force", allowJs: true } },
    files: new Map(),
  };
  projects.set(key, project);
  return project;
}
