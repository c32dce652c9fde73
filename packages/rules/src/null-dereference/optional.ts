/** Parameters that may be left out by their own declaration, and that the function reads from in any case. */
import { quoted, UNDEFINED, useThatNeeds, type Ask, type Pass } from "@review/analysis";
import {
  isClassLikeDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  isStatement,
  SyntaxKind,
  type Node,
  type ParameterDeclaration,
} from "@review/program/syntax";

/** What the compiler checks, and what a test does on purpose, is passed over. */
export function* checkOptional(pass: Pass, parameter: ParameterDeclaration): Ask<void> {
  const { isTest, isChecked, strictNullChecks } = pass.file;
  const { name, parent: fn } = parameter;
  if (isTest || (isChecked && strictNullChecks)) return;
  if (!isIdentifier(name) || !isFunctionLikeDeclaration(fn) || !fn.body || isOfHeir(fn)) return;
  // In JavaScript the compiler reads the mark off the comment.
  if (!parameter.questionToken || hasDocumentedDefault(pass, fn, name.text)) return;
  const use = yield* useThatNeeds(pass, fn, parameter, UNDEFINED);
  if (!use) return;
  const what = quoted(name, pass.file.sourceFile);
  pass.report(use, {
    message: `${what} may be left out, as its declaration says, and is read from here whatever happens: a TypeError.`,
    evidence: [{ at: parameter, message: `${what} is optional, and has no default.` }],
  });
}

/** What a class above asks for, its heirs document as it does, and whoever makes them gives it. */
function isOfHeir({ parent }: Node): boolean {
  return isClassLikeDeclaration(parent) && parent.heritageClauses !== undefined;
}

/** `@param {Options} [options={}]`: the documentation knows of a default that the code may give in its own way. */
function hasDocumentedDefault({ file }: Pass, fn: Node, name: string): boolean {
  let owner = fn;
  while (owner.parent && !isStatement(owner) && !MEMBERS.has(owner.kind)) owner = owner.parent;
  const comment = file.text.slice(owner.pos, owner.getStart(file.sourceFile));
  return comment.replaceAll(" ", "").includes(`[${name}=`);
}

const MEMBERS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.MethodDeclaration, SyntaxKind.PropertyAssignment, SyntaxKind.PropertyDeclaration],
  ...[SyntaxKind.Constructor, SyntaxKind.FunctionDeclaration],
]);
