/** Names and patterns that take a value apart: in declarations, parameters, assignments and the heads of loops. */
import {
  isArrayBindingPattern,
  isArrayLiteralExpression,
  isBinaryExpression,
  isElementAccessExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isSpreadElement,
  SyntaxKind,
  type ArrayLiteralExpression,
  type BindingPattern,
  type Node,
  type ObjectLiteralExpression,
} from "@review/program/syntax";
import { unwrapped } from "../helpers/nodes.ts";
import { addStep, continueIn, fork, newBlock, type Builder } from "./builder.ts";

/** Binds a declared name, or the names of a pattern, to a value that was just evaluated. */
export function bindName(b: Builder, name: Node): void {
  if (isIdentifier(name)) addStep(b, "bind", name);
  else b.deeper(() => bindPattern(b, name as BindingPattern));
}

/** Binds a parameter or an element of a pattern: its default stands in for undefined. */
export function bindWithDefault(b: Builder, at: Node & { name?: Node; initializer?: Node }): void {
  if (at.initializer) applyDefault(b, at, at.initializer);
  if (at.name) bindName(b, at.name);
}

/** Builds the name of a member, where it is computed. */
export function evaluateKey(b: Builder, name: Node): void {
  if (name.kind === SyntaxKind.ComputedPropertyName) b.evaluate((name as Node & { expression: Node }).expression);
}

function bindPattern(b: Builder, pattern: BindingPattern): void {
  const isArray = isArrayBindingPattern(pattern);
  addStep(b, isArray ? "iterate" : "access", pattern, { throws: true });
  for (const element of pattern.elements) {
    if (element.propertyName) evaluateKey(b, element.propertyName);
    addStep(b, isArray ? "advance" : "access", element, { throws: true });
    bindWithDefault(b, element);
  }
}

function applyDefault(b: Builder, at: Node, initializer: Node): void {
  const missing = newBlock(b);
  const after = newBlock(b);
  fork(b, at, ["undefined", missing], ["given", after]);
  b.current = missing;
  b.evaluate(initializer);
  continueIn(b, after);
}

/** Assigns a value that was just evaluated to what stands left of `=`; members are evaluated before (see `prepare`). */
export function assignTo(b: Builder, target: Node): void {
  const bare = unwrapped(target);
  if (isIdentifier(bare)) addStep(b, "write", bare);
  else if (isObjectLiteralExpression(bare)) b.deeper(() => assignProperties(b, bare));
  else if (isArrayLiteralExpression(bare)) b.deeper(() => assignElements(b, bare));
  else addStep(b, "set", bare, { throws: true });
}

/** Evaluates the object and key of a member that is to be assigned; names and patterns need nothing. */
export function prepare(b: Builder, target: Node): void {
  const bare = unwrapped(target);
  if (!isPropertyAccessExpression(bare) && !isElementAccessExpression(bare)) return;
  b.evaluate(bare.expression);
  if (isElementAccessExpression(bare)) b.evaluate(bare.argumentExpression);
}

function assignProperties(b: Builder, pattern: ObjectLiteralExpression): void {
  addStep(b, "access", pattern, { throws: true });
  for (const property of pattern.properties) {
    const take = (): void => addStep(b, "access", property, { throws: true });
    if (isShorthandPropertyAssignment(property)) {
      take();
      if (property.objectAssignmentInitializer) applyDefault(b, property, property.objectAssignmentInitializer);
      addStep(b, "write", property.name);
    } else if (isPropertyAssignment(property)) {
      evaluateKey(b, property.name);
      assignElement(b, property.initializer, take);
    } else if (isSpreadAssignment(property)) assignElement(b, property.expression, take);
  }
}

function assignElements(b: Builder, pattern: ArrayLiteralExpression): void {
  addStep(b, "iterate", pattern, { throws: true });
  for (const element of pattern.elements) {
    const advance = (): void => addStep(b, "advance", element, { throws: true });
    if (element.kind === SyntaxKind.OmittedExpression) advance();
    else if (isSpreadElement(element)) assignElement(b, element.expression, advance);
    else assignElement(b, element, advance);
  }
}

/** The place is evaluated before the value is taken, and the default after. */
function assignElement(b: Builder, element: Node, take: () => void): void {
  const isDefaulted = isBinaryExpression(element) && element.operatorToken.kind === SyntaxKind.EqualsToken;
  const target = isDefaulted ? element.left : element;
  prepare(b, target);
  take();
  if (isDefaulted) applyDefault(b, element, element.right);
  assignTo(b, target);
}
