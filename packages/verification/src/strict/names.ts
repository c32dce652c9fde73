/** Names and modules that a change brings in: each must exist, also where the compiler does not look. */
import {
  isCallExpression,
  isIdentifier,
  isJsxAttribute,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  SyntaxKind,
  type Identifier,
  type Node,
  type SourceFile,
  type StringLiteralLikeNode,
} from "@review/program/syntax";
import { nodesOf } from "@review/analysis";
import { TypeFlags } from "@review/program";
import { changedNodes, type ChangedFile } from "./change.ts";

/** What a change uses that does not exist or was never installed, in words; undefined where all is there. */
export function phantomIn(
  change: ChangedFile,
  isUnchecked: boolean,
  dependencies: ReadonlySet<string> | undefined,
): string | undefined {
  return (
    phantomModule(change, dependencies) ?? strangeRequire(change) ?? (isUnchecked ? phantomName(change) : undefined)
  );
}

function phantomModule(
  { path, before, after }: ChangedFile,
  dependencies: ReadonlySet<string> | undefined,
): string | undefined {
  const known = new Set(specifiersOf(before.sourceFile).map(({ text }) => text));
  for (const specifier of specifiersOf(after.sourceFile)) {
    const { text } = specifier;
    if (known.has(text)) continue;
    const resolved = after.project.program.getResolvedModuleFromModuleSpecifier(specifier, path);
    if (!resolved && !isBuiltIn(text)) return `There is no module "${text}".`;
    const name = packageName(text);
    const isPackage = resolved?.resolvedFileName.includes("/node_modules/") === true && !isBuiltIn(text);
    if (isPackage && dependencies && !dependencies.has(name))
      return `The package "${name}" is no dependency of this project.`;
  }
  return undefined;
}

function specifiersOf(sourceFile: SourceFile): readonly StringLiteralLikeNode[] {
  return sourceFile.imports.filter(isStringLiteralLikeNode);
}

/** Node's own modules resolve only where their types are installed. */
function isBuiltIn(specifier: string): boolean {
  return /^node:[a-z_/]+$/.test(specifier) || BUILT_IN.has(specifier);
}

const BUILT_IN: ReadonlySet<string> = new Set(
  "assert async_hooks buffer child_process cluster crypto dgram dns events fs http http2 https net os path perf_hooks process querystring readline stream string_decoder timers tls tty url util v8 vm worker_threads zlib".split(
    " ",
  ),
);

function packageName(specifier: string): string {
  const [scope = "", name = ""] = specifier.split("/");
  return scope.startsWith("@") ? `${scope}/${name}` : scope;
}

/** In TypeScript `require` gives `any`, whatever it is asked for. */
function strangeRequire({ path, before, after }: ChangedFile): string | undefined {
  if (/\.[cm]?jsx?$/.test(path)) return undefined;
  const count = (sourceFile: SourceFile): number => [...nodesOf(sourceFile)].filter(isRequire).length;
  return count(after.sourceFile) > count(before.sourceFile) ? "The edit calls `require` in TypeScript." : undefined;
}

function isRequire(node: Node): boolean {
  return isCallExpression(node) && isIdentifier(node.expression) && node.expression.text === "require";
}

/** A name that the file did not use before and that means nothing where it now stands. */
function phantomName({ before, after }: ChangedFile): string | undefined {
  const known = new Set([...nodesOf(before.sourceFile)].filter(isIdentifier).map(({ text }) => text));
  const fresh = changedNodes(after)
    .filter(isIdentifier)
    .filter(node => !known.has(node.text) && !MEANS_NOTHING.has(node.parent.kind) && !isJsxAttribute(node.parent));
  if (fresh.length === 0) return undefined;
  const symbols = after.project.checker.getSymbolAtLocation(fresh);
  const missing = fresh.find((node, index) => symbols[index] === undefined && !isOfUnknownType(after, node));
  return missing && `Nothing here is called \`${missing.text}\`.`;
}

/** Labels are no symbols. */
const MEANS_NOTHING: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.LabeledStatement,
  SyntaxKind.BreakStatement,
  SyntaxKind.ContinueStatement,
]);

/** The members of what has no known type cannot be known either. */
function isOfUnknownType({ project }: ChangedFile["after"], node: Identifier): boolean {
  const { parent } = node;
  if (!isPropertyAccessExpression(parent) || parent.name !== node) return false;
  const { flags } = project.checker.getTypeAtLocation(parent.expression);
  return (flags & (TypeFlags.Any | TypeFlags.Unknown)) !== 0;
}
