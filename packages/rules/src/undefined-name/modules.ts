/** Whether a file shares its names with others by accident: scripts of a page do, modules do not. */
import type { Pass } from "@review/analysis";
import { isStringLiteralLikeNode, type SourceFile } from "@review/program/syntax";
import { BUILTIN_MODULES, OF_PAGES } from "./environments.ts";

const modules = new WeakMap<SourceFile, boolean>();

/** A module that runs in Node: what a page's scripts share is not visible to it. */
export function isModule(pass: Pass): boolean {
  const { sourceFile, isTest } = pass.file;
  if (isTest) return false;
  let isNode = modules.get(sourceFile);
  if (isNode === undefined) modules.set(sourceFile, (isNode = isNodeModule(pass)));
  return isNode;
}

/** Whatever it runs in: code that is a module by its own text, so that it shares its names with nobody by accident. */
export function isAnyModule(pass: Pass): boolean {
  const { sourceFile, isTest, isJavaScript } = pass.file;
  if (isTest || !isJavaScript) return false;
  return (
    typeof sourceFile.externalModuleIndicator === "object" || isCommonJs(sourceFile) || requiresNeighbour(sourceFile)
  );
}

function isCommonJs({ text }: SourceFile): boolean {
  return /\brequire\s*\(\s*["'`]/.test(text) && /\b(?:module\.)?exports\b/.test(text);
}

/** `const a = require("./a")` at the start of a line: whoever bundles or runs the file takes it for a module. */
function requiresNeighbour({ text }: SourceFile): boolean {
  return /^(?:var|let|const)\b[^;(]*\brequire\(["']\.\.?\//m.test(text);
}

function isNodeModule(pass: Pass): boolean {
  const { imports } = pass.file.sourceFile;
  if (pass.scopes().globals.some(use => OF_PAGES.has(use.text))) return false;
  const specifiers = imports.filter(isStringLiteralLikeNode).map(({ text: specifier }) => specifier);
  if (specifiers.some(isBuiltinModule)) return true;
  return isCommonJs(pass.file.sourceFile);
}

function isBuiltinModule(specifier: string): boolean {
  return specifier.startsWith("node:") || BUILTIN_MODULES.has(specifier);
}
