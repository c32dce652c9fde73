/** Evaluates expressions in the order that the language gives them. */
import {
  isBinaryExpression,
  isIdentifier,
  isJsxAttribute,
  isJsxElement,
  isJsxFragment,
  isPropertyAccessExpression,
  SyntaxKind,
  type ArrayLiteralExpression,
  type BinaryExpression,
  type ConditionalExpression,
  type Expression,
  type JsxAttributes,
  type JsxElement,
  type JsxFragment,
  type JsxOpeningLikeElement,
  type Node,
  type ObjectLiteralExpression,
  type PostfixUnaryExpression,
  type PrefixUnaryExpression,
  type TemplateExpression,
  type YieldExpression,
} from "@review/program/syntax";
import { unwrapped } from "../helpers/nodes.ts";
import { evaluateAssignment, isAssignment } from "./assignments.ts";
import { addStep, addWait, continueBehind, continueIn, newBlock, type Builder } from "./builder.ts";
import { evaluateChain, evaluateDelete } from "./chains.ts";
import { createClass } from "./classes.ts";
import { branch, branchOnNullish } from "./conditions.ts";
import { mayJumpOut } from "./jumps.ts";
import { evaluateKey } from "./patterns.ts";

/** Builds an expression whose value is wanted, or any node that stands where one may stand. */
export function evaluate(b: Builder, wrapped: Node): void {
  const node = unwrapped(wrapped);
  const special = SPECIAL.get(node.kind);
  if (special) special(b, node);
}

// A method's parameter may be narrower than declared, and each kind of node has one type.
type Evaluate = { build(b: Builder, node: Node): void }["build"];

// Kinds that are not here are literals and keywords, whose evaluation nobody can notice.
const SPECIAL: ReadonlyMap<SyntaxKind, Evaluate> = new Map<SyntaxKind, Evaluate>([
  [SyntaxKind.Identifier, (b, node: Node) => addStep(b, "read", node)],
  [SyntaxKind.PropertyAccessExpression, evaluateChain],
  [SyntaxKind.ElementAccessExpression, evaluateChain],
  [SyntaxKind.CallExpression, evaluateChain],
  [SyntaxKind.NewExpression, evaluateChain],
  [SyntaxKind.TaggedTemplateExpression, evaluateChain],
  [SyntaxKind.NonNullExpression, evaluateChain],
  [SyntaxKind.BinaryExpression, evaluateBinary],
  [SyntaxKind.ConditionalExpression, evaluateConditional],
  [SyntaxKind.AwaitExpression, evaluateAwait],
  [SyntaxKind.YieldExpression, evaluateYield],
  [SyntaxKind.PrefixUnaryExpression, evaluateUnary],
  [SyntaxKind.PostfixUnaryExpression, evaluateUnary],
  [SyntaxKind.TypeOfExpression, evaluateOperand],
  [SyntaxKind.VoidExpression, evaluateOperand],
  [SyntaxKind.DeleteExpression, evaluateDelete],
  [SyntaxKind.TemplateExpression, evaluateTemplate],
  [SyntaxKind.ArrayLiteralExpression, evaluateArray],
  [SyntaxKind.ObjectLiteralExpression, evaluateObject],
  [SyntaxKind.SpreadElement, (b, node: Node & { expression: Node }) => evaluateThen(b, node, "iterate")],
  [SyntaxKind.SpreadAssignment, (b, node: Node & { expression: Node }) => evaluateThen(b, node, "access")],
  [SyntaxKind.JsxSpreadAttribute, (b, node: Node & { expression: Node }) => evaluateThen(b, node, "access")],
  [SyntaxKind.ExpressionWithTypeArguments, (b, node: Node & { expression: Node }) => b.evaluate(node.expression)],
  [SyntaxKind.JsxExpression, (b, node: Node & { expression?: Node }) => node.expression && b.evaluate(node.expression)],
  [SyntaxKind.RegularExpressionLiteral, (b, node: Node) => addStep(b, "compute", node)],
  [SyntaxKind.FunctionExpression, (b, node: Node) => addStep(b, "create", node)],
  [SyntaxKind.ArrowFunction, (b, node: Node) => addStep(b, "create", node)],
  [SyntaxKind.ClassExpression, createClass],
  [SyntaxKind.JsxElement, evaluateJsx],
  [SyntaxKind.JsxSelfClosingElement, evaluateJsx],
  [SyntaxKind.JsxFragment, evaluateJsx],
]);

function evaluateThen(b: Builder, node: Node & { expression: Node }, kind: "iterate" | "access"): void {
  b.evaluate(node.expression);
  addStep(b, kind, node, { throws: true });
}

function evaluateOperand(b: Builder, node: Node & { expression: Node }): void {
  b.evaluate(node.expression);
  addStep(b, "compute", node);
}

function evaluateArray(b: Builder, node: ArrayLiteralExpression): void {
  for (const element of node.elements) b.evaluate(element);
  addStep(b, "compute", node);
}

/** Long sums and concatenations lean to the left without any brackets: they are taken apart in a loop. */
function evaluateBinary(b: Builder, node: BinaryExpression): void {
  const pending: BinaryExpression[] = [];
  let left: Node = node;
  while (isBinaryExpression(left) && isPlain(left)) {
    pending.push(left);
    left = unwrapped(left.left);
  }
  if (isBinaryExpression(left)) evaluateControlling(b, left);
  else b.evaluate(left);
  for (let at = pending.pop(); at; at = pending.pop()) {
    b.evaluate(at.right);
    if (at.operatorToken.kind !== SyntaxKind.CommaToken) addStep(b, "compute", at, { throws: isPicky(at) });
  }
}

function isPlain(node: BinaryExpression): boolean {
  return !isAssignment(node) && !SHORT_CIRCUITS.has(node.operatorToken.kind);
}

/** `in` and `instanceof` throw on operands of the wrong kind. */
function isPicky({ operatorToken: { kind } }: BinaryExpression): boolean {
  return kind === SyntaxKind.InKeyword || kind === SyntaxKind.InstanceOfKeyword;
}

const SHORT_CIRCUITS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
]);

function evaluateControlling(b: Builder, node: BinaryExpression): void {
  if (isAssignment(node)) {
    evaluateAssignment(b, node);
    return;
  }
  const after = newBlock(b);
  const right = newBlock(b);
  const kind = node.operatorToken.kind;
  if (kind === SyntaxKind.QuestionQuestionToken) branchOnNullish(b, node.left, right, after);
  else if (kind === SyntaxKind.AmpersandAmpersandToken) branch(b, node.left, right, after);
  else branch(b, node.left, after, right);
  b.current = right;
  b.evaluate(node.right);
  continueIn(b, after);
}

function evaluateConditional(b: Builder, node: ConditionalExpression): void {
  const whenTrue = newBlock(b);
  const whenFalse = newBlock(b);
  const after = newBlock(b);
  branch(b, node.condition, whenTrue, whenFalse);
  b.current = whenTrue;
  b.evaluate(node.whenTrue);
  continueIn(b, after);
  b.current = whenFalse;
  b.evaluate(node.whenFalse);
  continueIn(b, after);
}

function evaluateAwait(b: Builder, node: Node & { expression: Node }): void {
  b.evaluate(node.expression);
  addWait(b, "await", node);
}

function evaluateYield(b: Builder, node: YieldExpression): void {
  if (node.expression) b.evaluate(node.expression);
  if (node.asteriskToken) addStep(b, "iterate", node, { throws: true });
  addStep(b, "yield", node, { throws: true, suspends: true });
  mayJumpOut(b, "abandon", node);
  continueBehind(b, "next", node);
}

function evaluateUnary(b: Builder, node: PrefixUnaryExpression | PostfixUnaryExpression): void {
  const isUpdate = node.operator === SyntaxKind.PlusPlusToken || node.operator === SyntaxKind.MinusMinusToken;
  if (!isUpdate) {
    b.evaluate(node.operand);
    addStep(b, "compute", node);
    return;
  }
  const operand = unwrapped(node.operand);
  b.evaluate(operand);
  addStep(b, "compute", node);
  if (isIdentifier(operand)) addStep(b, "write", operand);
  else addStep(b, "set", operand, { throws: true });
}

function evaluateTemplate(b: Builder, node: TemplateExpression): void {
  for (const span of node.templateSpans) b.evaluate(span.expression);
  addStep(b, "compute", node);
}

function evaluateObject(b: Builder, node: ObjectLiteralExpression): void {
  for (const property of node.properties) evaluateProperty(b, property);
  addStep(b, "compute", node);
}

function evaluateProperty(b: Builder, property: Node & { name?: Node; initializer?: Expression }): void {
  if (property.kind === SyntaxKind.SpreadAssignment) {
    b.evaluate(property);
    return;
  }
  const { name } = property;
  if (property.kind === SyntaxKind.ShorthandPropertyAssignment) {
    if (name) addStep(b, "read", name);
    return;
  }
  if (name) evaluateKey(b, name);
  if (property.initializer) b.evaluate(property.initializer);
  else addStep(b, "create", property);
}

function evaluateJsx(b: Builder, node: JsxElement | JsxFragment | JsxOpeningLikeElement): void {
  if (!isJsxFragment(node)) {
    const opening = isJsxElement(node) ? node.openingElement : node;
    if (isReadTag(opening.tagName)) b.evaluate(opening.tagName);
    evaluateAttributes(b, opening.attributes);
  }
  if (isJsxElement(node) || isJsxFragment(node)) for (const child of node.children) b.evaluate(child);
  addStep(b, "compute", node);
}

/** `<a>` and `<my-tag>` name elements of the page, `<A>` and `<a.b>` are values. */
export function isReadTag(tag: Node): boolean {
  if (isPropertyAccessExpression(tag)) return true;
  return isIdentifier(tag) && !/^[a-z]|-/.test(tag.text);
}

function evaluateAttributes(b: Builder, attributes: JsxAttributes): void {
  for (const attribute of attributes.properties) {
    if (!isJsxAttribute(attribute)) b.evaluate(attribute);
    else if (attribute.initializer) b.evaluate(attribute.initializer);
  }
}
