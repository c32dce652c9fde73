/** Constructor functions that inherit from `Error` and never take a stack: only `new Error` and `class` do by themselves. */
import { asMethodCall, mentions, nodesOf, unwrapped, type Pass } from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isFunctionDeclaration,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type FunctionDeclaration,
  type Node,
} from "@review/program/syntax";

/** `inherits(NotFound, Error)`, `Object.setPrototypeOf(NotFound.prototype, Error.prototype)` */
export function checkInherits(pass: Pass, call: CallExpression): void {
  const [heir, base] = call.arguments.map(unwrapped);
  if (!heir || !base) return;
  if (isInherits(call) && isIdentifier(base) && base.text === "Error") checkHeir(pass, heir);
  if (asMethodCall(call)?.name === "setPrototypeOf" && isPrototypeOf(base, "Error")) checkHeir(pass, ownerOf(heir));
}

function isInherits({ expression }: CallExpression): boolean {
  const callee = unwrapped(expression);
  const name = isPropertyAccessExpression(callee) ? callee.name : callee;
  return isIdentifier(name) && name.text === "inherits";
}

/** `NotFound.prototype = Object.create(Error.prototype)` */
export function checkPrototype(pass: Pass, { left, operatorToken, right }: BinaryExpression): void {
  const made = unwrapped(right);
  if (operatorToken.kind !== SyntaxKind.EqualsToken || !isCallExpression(made)) return;
  const [base] = made.arguments;
  if (asMethodCall(made)?.name === "create" && base && isPrototypeOf(unwrapped(base), "Error")) {
    checkHeir(pass, ownerOf(unwrapped(left)));
  }
}

function isPrototypeOf(node: Node, name: string): boolean {
  const owner = ownerOf(node);
  return owner !== undefined && isIdentifier(owner) && owner.text === name;
}

function ownerOf(prototype: Node): Node | undefined {
  if (!isPropertyAccessExpression(prototype) || prototype.name.text !== "prototype") return undefined;
  return unwrapped(prototype.expression);
}

function checkHeir(pass: Pass, heir: Node | undefined): void {
  const declaration = heir && isIdentifier(heir) ? pass.scopes().variableOf(heir)?.declarations[0]?.parent : undefined;
  if (!declaration || !isFunctionDeclaration(declaration) || !declaration.name || takesStack(pass, declaration)) return;
  const made = [...nodesOf(pass.file.sourceFile)].find(
    node => isNewExpression(node) && isIdentifier(node.expression) && node.expression.text === declaration.name?.text,
  );
  if (!made) return;
  pass.report(declaration.name, {
    message: `A \`${declaration.name.text}\` has no stack: a function that inherits from \`Error\` has to take one.`,
    evidence: [{ at: made, message: "One is made here, and nothing tells where." }],
    repair: "Write a class that extends `Error`, or call `Error.captureStackTrace(this, this.constructor)`.",
  });
}

const STACKS = ["captureStackTrace", "stack"];

/** Whether the file takes a stack anywhere, or the function makes an error, or gives another object. */
function takesStack({ file }: Pass, { body }: FunctionDeclaration): boolean {
  if (!body || STACKS.some(name => mentions(file.sourceFile, name))) return true;
  return [...nodesOf(body)].some(
    node =>
      node.kind === SyntaxKind.ReturnStatement ||
      (isNewExpression(node) && mentions(node.expression, "Error")) ||
      (isBinaryExpression(node) && mentions(node.right, "Error")) ||
      (node.kind === SyntaxKind.VariableDeclaration && mentions(node, "Error")),
  );
}
