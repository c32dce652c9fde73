/** What others see of a file: the declarations that the compiler makes of it, and the heads of its named functions. */
import { nodesOf, tokensOf } from "@review/analysis";
import type { DraftFinding } from "@review/findings";
import {
  isFunctionLikeDeclaration,
  isPropertyDeclaration,
  SyntaxKind,
  type Node,
  type SourceFile,
} from "@review/program/syntax";
import { declarationsOf } from "../declarations.ts";
import { newOnes } from "../diagnostics.ts";
import { overlaps, placeOf, type ChangedFile } from "./change.ts";

/** What of it the change alters, in words, or undefined. */
export function alteredSurface(change: ChangedFile, finding: DraftFinding): string | undefined {
  return alteredDeclarations(change) ?? alteredHead(change, finding);
}

function alteredDeclarations({ file, before, after }: ChangedFile): string | undefined {
  const [old, now] = [before, after].map(({ project, sourceFile }) => declarationsOf(project, sourceFile.fileName));
  if (old === undefined || now === undefined || old === now) return undefined;
  const [gone = "a declaration"] = newOnes(now.split("\n"), old.split("\n"));
  const [come = "nothing"] = newOnes(old.split("\n"), now.split("\n"));
  if (isOnlyClearer(old.split("\n"), now.split("\n"))) return undefined;
  return `The edit changes what ${file} exports: \`${gone.trim()}\` becomes \`${come.trim()}\`.`;
}

/** Whether nothing changed but that an `any` became something: whoever took anything takes that too. */
function isOnlyClearer(old: readonly string[], now: readonly string[]): boolean {
  if (old.length !== now.length) return false;
  return old.every((line, index) => {
    if (line === now[index]) return true;
    const parts = line.split(/\bany\b/).map(part => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return parts.length > 1 && parts.length < 8 && new RegExp(`^${parts.join("[^;]+?")}$`).test(now[index] ?? "");
  });
}

/** A head that the finding itself is in may change: it is what is to be repaired. */
function alteredHead({ file, before, after }: ChangedFile, finding: DraftFinding): string | undefined {
  const places = finding.file === file ? [finding.span] : [];
  const old = headsOf(before.sourceFile).filter(({ start, end }) => !overlaps({ start, end }, places));
  const [altered] = newOnes(
    headsOf(after.sourceFile).map(({ text }) => text),
    old.map(({ text }) => text),
  );
  return altered === undefined ? undefined : `The edit changes or removes the signature \`${altered.slice(0, 120)}\`.`;
}

interface Head {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Names, parameters and declared types of functions and fields. `async` is left out: what it changes shows in the types. */
function headsOf(sourceFile: SourceFile): readonly Head[] {
  return [...nodesOf(sourceFile)].flatMap(node => {
    const name = nameOf(node);
    if (name === undefined) return [];
    const { start, end } = placeOf(node, sourceFile);
    const stop = bodyOf(node)?.getStart(sourceFile) ?? end;
    const tokens = tokensOf(sourceFile.text, start, stop).filter(token => token !== "async");
    return [{ start, end: stop, text: tokens.join(" ").replace(/ (?:=|=>)$/, "") }];
  });
}

function nameOf(node: Node): Node | undefined {
  const isNamed = isFunctionLikeDeclaration(node) || isPropertyDeclaration(node);
  const { name } = node as { readonly name?: Node };
  return isNamed && name && node.kind !== SyntaxKind.FunctionExpression ? name : undefined;
}

function bodyOf(node: Node): Node | undefined {
  const { body, initializer } = node as { readonly body?: Node; readonly initializer?: Node };
  return body ?? initializer;
}
