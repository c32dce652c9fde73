/** Asks about the named functions of a text. */
import { defineRule, nodesOf, type Ask, type Fact, type Pass } from "@review/analysis";
import {
  isClassLikeDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  isPrivateIdentifier,
  SyntaxKind,
  type FunctionLikeDeclaration,
  type Node,
  type SourceFile,
} from "@review/program/syntax";
import { openTexts } from "./open.ts";

/** What `ask` answers for each function with a body in the first text, by `name` or `Class.name`. */
export function perFunction<T>(
  texts: Readonly<Record<string, string>>,
  ask: (pass: Pass, fn: FunctionLikeDeclaration) => Ask<T>,
): Readonly<Record<string, T>> {
  const answers: Record<string, T> = {};
  const rule = defineRule({
    ...{ id: "probe", summary: "", category: "names", severity: "info", preset: "preview", since: "", repair: "" },
    listen: pass => ({
      *[SyntaxKind.SourceFile](file: SourceFile) {
        if (!pass.file.path.endsWith(Object.keys(texts)[0] as string)) return;
        for (const node of nodesOf(file)) {
          const name = isFunctionLikeDeclaration(node) && node.body ? nameOf(node) : undefined;
          if (name !== undefined) answers[name] = yield* ask(pass, node as FunctionLikeDeclaration);
        }
      },
    }),
  });
  const open = openTexts(texts);
  const { failures } = open.run([rule]);
  open.close();
  if (failures[0]) throw new Error(failures[0].stack);
  return answers;
}

/** The verdicts on one fact. */
export function verdicts(
  texts: Readonly<Record<string, string>> | string,
  fact: Fact,
): Readonly<Record<string, string>> {
  const files = typeof texts === "string" ? { "a.ts": texts } : texts;
  return perFunction(files, function* ({ summaries }, fn) {
    return (yield* summaries.ask(fn, fact)).verdict;
  });
}

function nameOf(fn: FunctionLikeDeclaration): string | undefined {
  const { parent } = fn as Node & { parent: Node & { name?: Node } };
  if (isClassLikeDeclaration(parent))
    return `${parent.name?.text ?? ""}.${textOf((fn as Node & { name?: Node }).name) ?? "constructor"}`;
  return textOf((fn as Node & { name?: Node }).name) ?? textOf(parent.name);
}

function textOf(name: Node | undefined): string | undefined {
  return name && (isIdentifier(name) || isPrivateIdentifier(name)) ? name.text : undefined;
}
