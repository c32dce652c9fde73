/** The same value, or its sibling in the same text, has a default: whoever wrote it knows that it may be missing. */
import {
  DEFAULTS,
  enclosingFunction,
  isSameReference,
  mayHaveEffects,
  nodesOf,
  quoted,
  unwrapped,
  wrapped,
} from "@review/analysis";
import {
  isBinaryExpression,
  isConditionalExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isTemplateExpression,
  SyntaxKind,
  type Expression,
  type Node,
  type SourceFile,
} from "@review/program/syntax";
import type { Missing } from "./missing.ts";

export function defaultedElsewhere(
  value: Expression,
  sourceFile: SourceFile,
): Pick<Missing, "at" | "because"> | undefined {
  if (!isIdentifier(value) && !isPropertyAccessExpression(value)) return undefined;
  let root: Node = value;
  for (let fn = enclosingFunction(value); fn; fn = enclosingFunction(fn)) root = fn;
  if (root === value) return undefined;
  for (const node of nodesOf(root)) {
    if (node === value || node.kind !== value.kind || !isSameReference(node, value)) continue;
    const whole = defaultOf(node);
    if (whole) return { at: whole, because: `Here ${quoted(value, sourceFile)} has a default.` };
  }
  return siblingWithDefault(value, sourceFile);
}

/** `value ?? d`, `value || d`, `value ? … : d`; a default of null says nothing, and one that is stored mends the value. */
function defaultOf(node: Node): Node | undefined {
  const outer = wrapped(node);
  const { parent } = outer;
  if (isConditionalExpression(parent) && parent.condition === outer)
    return isText(parent.whenFalse) ? parent : undefined;
  if (!isBinaryExpression(parent) || parent.left !== outer || !DEFAULTS.has(parent.operatorToken.kind))
    return undefined;
  return isText(parent.right) && !isStored(parent, node) ? parent : undefined;
}

/** What stands in for a missing text. */
function isText(node: Node): boolean {
  const { kind } = unwrapped(node);
  return (
    kind === SyntaxKind.StringLiteral ||
    kind === SyntaxKind.NoSubstitutionTemplateLiteral ||
    kind === SyntaxKind.NumericLiteral
  );
}

function isStored(whole: Node, value: Node): boolean {
  const { parent } = wrapped(whole);
  return isBinaryExpression(parent) && (isSameReference(parent.left, value) || mayHaveEffects(whole));
}

/** `${user.first ?? ""} ${user.last}`: one member of an object has a default in the text, and the other has none. */
function siblingWithDefault(value: Expression, sourceFile: SourceFile): Pick<Missing, "at" | "because"> | undefined {
  const template = value.parent.parent;
  if (!isPropertyAccessExpression(value) || !isTemplateExpression(template)) return undefined;
  for (const { expression } of template.templateSpans) {
    const whole = unwrapped(expression);
    const sibling = defaultedIn(whole);
    if (!sibling || !isPropertyAccessExpression(sibling) || sibling.name.text === value.name.text) continue;
    if (!isSameReference(sibling.expression, value.expression) || defaultOf(sibling) !== whole) continue;
    return { at: whole, because: `Its sibling ${quoted(sibling, sourceFile)} has a default here.` };
  }
  return undefined;
}

/** The value that an expression gives, or a default for it; `user.isAdmin ? "admin" : ""` is a question. */
function defaultedIn(whole: Node): Node | undefined {
  if (isBinaryExpression(whole)) return unwrapped(whole.left);
  if (!isConditionalExpression(whole)) return undefined;
  const value = unwrapped(whole.condition);
  const isGiven = [...nodesOf(whole.whenTrue)].some(node => node.kind === value.kind && isSameReference(node, value));
  return isGiven ? value : undefined;
}
