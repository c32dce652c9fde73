import { fileURLToPath } from "node:url";
import { readdirSync } from "node:fs";
import { nodesOf, scopesOf, type Variable } from "@review/analysis";
import { openSession, SymbolFlags, type OpenProject, type Symbol } from "@review/program";
import {
  isExportSpecifier,
  isIdentifier,
  isShorthandPropertyAssignment,
  type Identifier,
  type SourceFile,
} from "@review/program/syntax";
import { afterAll, describe, expect, it } from "vitest";
import { openFlows } from "./flow-open.ts";
import { openTexts } from "./open.ts";

const flows = openFlows("a.js");
afterAll(() => flows.close());

/** Names of which the compiler thinks otherwise. */
function disagreements(project: OpenProject, sourceFile: SourceFile): readonly string[] {
  const scopes = scopesOf(sourceFile);
  const names = [...nodesOf(sourceFile)].filter(isIdentifier).filter(name => scopes.variableOf(name));
  const pairs = [...names, ...scopes.globals].map(name => [name, symbolOf(project, name)] as const);
  const bySymbol = new Map<Symbol, Variable>();
  const byVariable = new Map<Variable, Symbol>();
  return pairs.flatMap(([name, symbol]) => {
    const variable = scopes.variableOf(name);
    if (!variable) return symbol && isDeclaredIn(symbol, sourceFile) ? [`${print(name)} is no global`] : [];
    if (!symbol) return [`${print(name)} is nothing`];
    const isSame = (bySymbol.get(symbol) ?? variable) === variable && (byVariable.get(variable) ?? symbol) === symbol;
    bySymbol.set(symbol, variable);
    byVariable.set(variable, symbol);
    return isSame ? [] : [`${print(name)} is another`];
  });
}

function symbolOf({ checker }: OpenProject, name: Identifier): Symbol | undefined {
  const { parent } = name;
  if (isShorthandPropertyAssignment(parent) && parent.name === name)
    return checker.getShorthandAssignmentValueSymbol(parent);
  if (isExportSpecifier(parent)) return checker.getExportSpecifierLocalTargetSymbol(parent);
  return checker.getSymbolAtLocation(name);
}

function isDeclaredIn({ declarations, flags }: Symbol, { path }: SourceFile): boolean {
  return !(flags & SymbolFlags.EnumMember) && declarations.some(declaration => declaration.path === path);
}

function print(name: Identifier): string {
  const { line } = name.getSourceFile().getLineAndCharacterOfPosition(name.getStart());
  return `${name.text} in line ${line + 1}`;
}

const TRICKY = `
import a, { b as c, type D } from "./b"; import * as e from "./b"; export { a as default2, f }; export { b } from "./b";
var f = 1; { var f = 2; let g = f; { const g = 3; h(g); } h(g); function inner() { return inner; } }
function h(i: number, j = i, k = () => f, { l, m: [n = i, ...o], ...p }: any = q, ...r: number[]) { var f = 4, i = 5; return [f, i, j, k, l, n, o, p, r, arguments]; }
const q = function own(s = own) { own; s; return () => own; }; const t = class Own { static u = Own; v = Own; w() { return Own; } };
class X extends (class Y { z = Y }) { [q.name] = q; static { var only = 1; only; let f = X; f; } constructor(public y = 1, z = y) { super(); y; z; } }
try { h(1); } catch (error) { var error = 1 as any; error; let inCatch = error; inCatch; } error;
try { h(2); } catch ({ message, code: [first] }) { message; first; }
for (let i = 0, n = i; i < n; i++) { const i = n; i; } for (const x of [1]) { x; } for (f of [1]) f; for (const y in { f }) { y; }
switch (f) { case 1: let inCase = 1; inCase; break; default: inCase; }
label: for (;;) { break label; } const label = 1; label;
({ f, q: [f], ...f } = { f, ["q"]: f, q } as any); f++; [f = label] = [1]; ({ f = label } = {} as any);
enum E { One = 1, Two = One + label } enum E { Three = Two } E.One; namespace N { export const inside = 1; let hidden = inside; hidden; export namespace M { inside; } }
namespace N { inside; N.inside; } namespace A.B { export const deep = E; deep; } A.B.deep;
type T = typeof f; interface I { f: T } declare const outside: I; outside.f; declare namespace OnlyTypes { type Z = I; }
const jsx = <e.Component f={f} {...q}><div f="f">{label}</div><X.Y></X.Y></e.Component>; jsx; undefined; globalThis; console;
function overloaded(a: string): void; function overloaded(this: I, a: any) { a; this; } overloaded; new.target; import.meta;
const arrow = f => f, async1 = async ({ f }) => { await f; }; arrow; async1; const gen = { *f() { yield f; }, get f() { return f; }, f: f, [f]: f }; gen;
abstract class Abstract { abstract f: number; declare g: string; @q(f) m(@q n: number) { n; } }
`;

it("means by every name what the compiler means", () => {
  const open = openTexts({
    "a.tsx": TRICKY,
    "b.ts": "export const b = 1; export default b; export type D = 1; export const Component = 1 as any;",
  });
  const project = open.session.projects[0] as OpenProject;
  const sourceFile = project.program.getSourceFile(`${open.folder}/a.tsx`.replaceAll("\\", "/")) as SourceFile;
  // A parameter property's name is the property to the compiler, and the parameter to everyone who reads it.
  expect(disagreements(project, sourceFile).filter(name => !name.startsWith("y in line 6"))).toEqual([]);
  open.close();
});

it("means it in all sources of this package", () => {
  const folder = fileURLToPath(new URL("../src/", import.meta.url)).replaceAll("\\", "/");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(file => file.endsWith(".ts"));
  const session = openSession({ cwd: folder, files: files.map(file => folder + file.replaceAll("\\", "/")) });
  for (const project of session.projects) {
    for (const path of project.plan.files) {
      expect(disagreements(project, project.program.getSourceFile(path) as SourceFile), path).toEqual([]);
    }
  }
  session.close();
});

describe("a variable", () => {
  const variable = (text: string, name = "a"): Variable => {
    const sourceFile = flows.parse(text);
    const found = [...nodesOf(sourceFile)]
      .filter(isIdentifier)
      .find(node => node.text === name && scopesOf(sourceFile).variableOf(node));
    return scopesOf(sourceFile).variableOf(found as Identifier) as Variable;
  };
  const uses = (text: string): readonly string[] =>
    variable(text).references.map(
      ({ node, isRead, isWritten }) => `${isRead ? "r" : ""}${isWritten ? "w" : ""} ${node.parent.getText()}`,
    );

  it("knows its reads and writes", () => {
    expect(
      uses("let a; a; a = 1; a += 1; a++; (a) = 1; [a] = b; ({ c: a, ...a } = b); ({ c: [a = d] } = b); export {};"),
    ).toEqual(["r a;", "w a = 1", "rw a += 1", "rw a++", "w (a)", "w [a]", "w c: a", "w ...a", "w a = d"]);
    expect(
      uses(
        "let a; for (a of b); ({ a } = b); ({ c = a } = b); ({ c = [a] } = b); ({ [a]: c } = b); a.b = 1; [a.c] = b; ({ a }); export {};",
      ),
    ).toEqual(["w for (a of b);", "w a", "r c = a", "r [a]", "r [a]", "r a.b", "r a.c", "r a"]);
  });

  it("knows who captures it", () => {
    expect(variable("let a = 1; () => a; export {};")).toMatchObject({ isCaptured: true, isWrittenByCapture: false });
    expect(variable("let a = 1; class C { m() { a++; } } export {};")).toMatchObject({
      isCaptured: true,
      isWrittenByCapture: true,
    });
    expect(variable("let a = 1; class C { f = a; } export {};")).toMatchObject({ isCaptured: true });
    expect(variable("let a = 1; class C { static f = a; static { a = 2; } } export {};")).toMatchObject({
      isCaptured: false,
    });
  });

  it("knows who else may reach it", () => {
    expect(variable("let a = 1;")).toMatchObject({ isExposed: true });
    expect(variable("let a = 1; module.exports = 1;")).toMatchObject({ isExposed: false });
    expect(variable("export let a = 1;")).toMatchObject({ isExposed: false, isExported: true });
    expect(variable("let a = 1; export { a as b };")).toMatchObject({ isExposed: false, isExported: true });
    expect(variable("namespace N { export let a = 1; } export {};")).toMatchObject({ isExposed: true });
    expect(variable("with (b) { a; } var a; module.exports = 1;")).toMatchObject({ isExposed: true });
    expect(variable("let a = 1; eval('a = 2'); export {};")).toMatchObject({ isExposed: true });
  });
});
