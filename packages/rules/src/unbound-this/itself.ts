/** Methods that call themselves by their bare name, and arrow functions in a function that has no object. */
import { isInside, nodesOf, quoted, wrapped, type Pass, type Variable } from "@review/analysis";
import {
  isArrowFunction,
  isBinaryExpression,
  isCallExpression,
  isFunctionExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isVariableDeclaration,
  SyntaxKind,
  type FunctionDeclaration,
  type FunctionExpression,
  type Node,
} from "@review/program/syntax";
import { isPrepared } from "./bound.ts";
import { isModule } from "./modules.ts";
import { isMethodLike, ownerOfThis, ownThis } from "./plain.ts";

/** `function find(value) { var self = this; if (self.isList(value)) find(value[0]); }`, where `find` becomes a method. */
export function checkItself(pass: Pass, fn: FunctionDeclaration | FunctionExpression): void {
  const variable = fn.name && pass.scopes().variableOf(fn.name);
  if (!fn.name || !variable || isPrepared(fn)) return;
  const calls = callsOfItself(variable, fn);
  const use = calls.length > 0 && isMethod(variable, fn) ? (ownThis(fn) ?? ownAlias(pass, fn)) : undefined;
  if (!use) return;
  for (const call of calls) {
    pass.report(call, {
      message: `${quoted(call, pass.file.sourceFile)} calls the method without its object: \`this\` is another or undefined there.`,
      evidence: [{ at: use, message: "The function needs its object here." }],
      repair: `Call it as a method, or as \`${fn.name.text}.call(this, …)\`.`,
    });
  }
}

/** The bare calls inside of the function; none where it is also called so elsewhere, and copes with that. */
function callsOfItself({ references }: Variable, fn: Node): readonly Node[] {
  if (references.some(({ isWritten }) => isWritten)) return [];
  const calls = references.filter(({ node }) => isCallExpression(node.parent) && node.parent.expression === node);
  const own = calls.filter(({ node }) => isInside(node, fn));
  return own.length === calls.length ? own.map(({ node }) => node.parent) : [];
}

function isMethod({ references }: Variable, fn: FunctionDeclaration | FunctionExpression): boolean {
  if (isFunctionExpression(fn)) return isPropertyAssignment(wrapped(fn).parent) || isMethodLike(fn);
  return references.some(({ node }) => becomesMethod(node)) && !references.some(({ node }) => isMade(node));
}

/** `{ find }`, `{ find: find }`, `X.prototype.find = find`, `find.call(owner)` */
function becomesMethod(use: Node): boolean {
  const { parent } = use;
  if (isShorthandPropertyAssignment(parent)) return true;
  if (isPropertyAssignment(parent)) return parent.initializer === use;
  if (isBinaryExpression(parent)) return parent.right === use && isPropertyAccessExpression(parent.left);
  return isPropertyAccessExpression(parent) && /^(?:call|apply|bind)$/.test(parent.name.text);
}

/** `new Find()`, `Find.prototype` */
function isMade({ parent }: Node): boolean {
  return (
    parent.kind === SyntaxKind.NewExpression || (isPropertyAccessExpression(parent) && parent.name.text === "prototype")
  );
}

/** `var self = this` in the function itself, where a member of it is called. */
function ownAlias(pass: Pass, fn: Node): Node | undefined {
  for (const node of nodesOf(fn)) {
    if (!isVariableDeclaration(node) || node.initializer?.kind !== SyntaxKind.ThisKeyword) continue;
    if (ownerOfThis(node) !== fn || !isIdentifier(node.name)) continue;
    const references = pass.scopes().variableOf(node.name)?.references ?? [];
    const member = references.find(({ node: { parent } }) => isPropertyAccessExpression(parent));
    if (member) return member.node.parent;
  }
  return undefined;
}

/** `function resume(client) { stream.on("end", () => destroy(this)); }`: in an arrow function there is no other `this`. */
export function checkArrow(pass: Pass, fn: FunctionDeclaration): void {
  if (!fn.name || ownerOfThis(fn) || !isModule(pass) || isPrepared(fn)) return;
  const use = thisInArrow(fn);
  const call = use && bareCallOf(pass.scopes().variableOf(fn.name));
  if (!use || !call) return;
  pass.report(use, {
    message: "`this` is undefined in an arrow function of a function that is called without an object.",
    evidence: [
      { at: fn.name, message: "This function has a `this` of its own." },
      { at: call, message: "Here it is called by its bare name." },
    ],
    repair: "Name the object that is meant, or make it a `function` where the caller gives it one.",
  });
}

/** A bare call of a function that nothing gives an object. */
function bareCallOf(variable: Variable | undefined): Node | undefined {
  const uses = variable?.references ?? [];
  if (uses.some(({ node, isWritten }) => isWritten || becomesMethod(node) || isMade(node))) return undefined;
  return uses.find(({ node }) => isCallExpression(node.parent) && node.parent.expression === node)?.node.parent;
}

function thisInArrow(fn: FunctionDeclaration): Node | undefined {
  for (const node of fn.body ? nodesOf(fn.body) : []) {
    if (node.kind === SyntaxKind.ThisKeyword && ownerOfThis(node) === fn && isInArrow(node, fn)) return node;
  }
  return undefined;
}

function isInArrow(node: Node, fn: Node): boolean {
  for (let at = node.parent; at !== fn; at = at.parent) if (isArrowFunction(at)) return true;
  return false;
}
