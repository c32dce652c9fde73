/**
 * Reads the specs of Biome: a folder a rule, whose files each hold many cases, and beside each file the diagnostics
 * that Biome gave for it. What has a diagnostic is an invalid case; the statements of a file without any are valid ones.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { SyntaxKind, type SourceFile } from "@review/program/syntax";
import type { Case, CaseProject, SuiteCases } from "./cases.ts";
import { withTrees } from "./trees.ts";

// cspell:ignore analyze
const SPECS = "crates/biome_js_analyze/tests/specs";
const SOURCE = /(?<!\.d)\.[cm]?[jt]sx?$/;

const TSCONFIG = {
  compilerOptions: {
    strict: true,
    target: "esnext",
    module: "esnext",
    moduleResolution: "bundler",
    lib: ["esnext", "dom", "dom.iterable"],
    jsx: "preserve",
    allowJs: true,
    moduleDetection: "force",
    experimentalDecorators: true,
    types: ["node", "react"],
  },
};

/** Statements in which nothing is done. */
const DECLARATIONS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ImportDeclaration,
  SyntaxKind.InterfaceDeclaration,
  SyntaxKind.TypeAliasDeclaration,
  SyntaxKind.EmptyStatement,
]);

type Shared = Pick<Case, "suite" | "rule" | "project" | "path" | "options" | "messages">;

/** The cases of some rules (`group/name`) in a checkout of Biome. */
export function readBiome(root: string, rules: readonly string[]): SuiteCases {
  const project: CaseProject = { key: "biome", tsconfig: TSCONFIG, files: new Map() };
  const cases: Case[] = [];
  const quiet = new Map<string, Shared>();
  for (const rule of rules) {
    const folder = join(root, SPECS, rule);
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
      const path = posix.join(rule, name.replaceAll("\\", "/"));
      if (/valid\w*\.jsonc$/i.test(name)) cases.push(...listedCases(root, rule, path, project));
      if (!SOURCE.test(name)) continue;
      const code = readFileSync(join(folder, name), "utf8");
      project.files.set(path, code);
      const shared = {
        suite: "biome",
        rule,
        project: "biome",
        path,
        options: optionsOf(root, path),
        messages: [],
      } as const;
      const reported = reportedLines(root, rule, path);
      if (reported?.length === 0) quiet.set(path, shared);
      for (const lines of reported ?? []) cases.push({ ...shared, kind: "invalid", ...partOf(code, path, lines) });
    }
  }
  withTrees(new Map([...quiet.keys()].map(path => [path, project.files.get(path) ?? ""])), (path, tree) => {
    const shared = quiet.get(path);
    if (shared)
      for (const lines of statementsOf(tree))
        cases.push({ ...shared, kind: "valid", ...partOf(tree.text, path, lines) });
  });
  return { cases, projects: [project], unread: 0 };
}

/** A file `valid.jsonc` or `invalid.jsonc` is a list of texts, each a case. */
function listedCases(root: string, rule: string, path: string, project: CaseProject): readonly Case[] {
  const texts = JSON.parse(withoutComments(readFileSync(join(root, SPECS, path), "utf8"))) as readonly unknown[];
  return texts.flatMap((code, index) => {
    if (typeof code !== "string") return [];
    const file = path.replace(/\.jsonc$/, `-${index}.js`);
    project.files.set(file, code);
    const kind = /invalid\w*\.jsonc$/i.test(path) ? "invalid" : "valid";
    const options = optionsOf(root, path);
    const origin = `${SPECS}/${path}:${index + 1}`;
    return [{ suite: "biome", rule, kind, project: "biome", path: file, code, options, messages: [], origin } as const];
  });
}

function withoutComments(jsonc: string): string {
  return jsonc
    .replace(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, text: string | undefined) => text ?? "")
    .replace(/,(\s*[\]}])/g, "$1");
}

function optionsOf(root: string, path: string): string {
  const file = join(root, SPECS, path.replace(/\.[^./]+$/, ".options.json"));
  if (!existsSync(file)) return "";
  const text = readFileSync(file, "utf8").replace(/\s+/g, "");
  return text.includes('"options":') ? text.slice(text.indexOf('"options":')) : "";
}

/** The lines that each diagnostic of the rule marks; undefined where the file has no record of them. */
function reportedLines(root: string, rule: string, path: string): readonly (readonly [number, number])[] | undefined {
  const snapshot = join(root, SPECS, `${path}.snap`);
  if (!existsSync(snapshot)) return undefined;
  const [, , ...diagnostics] = readFileSync(snapshot, "utf8").split(/^# Diagnostics$|^# Input$/m);
  const blocks = diagnostics.join("").split(/^```$/m);
  return blocks.flatMap(block => {
    const start = new RegExp(String.raw`^\S+?:(\d+):\d+ lint/${rule}\b`, "m").exec(block)?.[1];
    if (start === undefined) return [];
    const frame = block.split(/^ {2}i /m)[0] ?? "";
    const marked = [...frame.matchAll(/^ {2}> *(\d+) │/gm)].map(match => Number(match[1]));
    return [[Number(start), Math.max(Number(start), ...marked)] as const];
  });
}

function statementsOf(tree: SourceFile): readonly (readonly [number, number])[] {
  const lineAt = (offset: number): number => tree.getLineAndCharacterOfPosition(offset).line + 1;
  return tree.statements
    .filter(({ kind }) => !DECLARATIONS.has(kind))
    .map(statement => [lineAt(statement.getStart()), lineAt(statement.end)] as const);
}

function partOf(code: string, path: string, lines: readonly [number, number]): Pick<Case, "code" | "lines" | "origin"> {
  const part = code
    .split("\n")
    .slice(lines[0] - 1, lines[1])
    .join("\n");
  return { code: part, lines, origin: `${SPECS}/${path}:${lines[0]}` };
}
