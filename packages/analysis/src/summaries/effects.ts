/** Reads off a function what it does besides making its result, and whether it needs its receiver. */
import {
  isArrowFunction,
  isAssignmentOperator,
  isBinaryExpression,
  isCallExpression,
  isConstructorDeclaration,
  isDeleteExpression,
  isElementAccessExpression,
  isForInStatement,
  isForOfStatement,
  isFunctionLikeDeclaration,
  isIdentifier,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isVariableDeclarationList,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import { asMethodCall } from "../helpers/names.ts";
import { ownNodesOf, unwrapped } from "../helpers/nodes.ts";
import type { Facts } from "../models/facts.ts";
import { argumentsOf, isCall, type Call, type Callee } from "./callee.ts";
import { isOnlyType, note, UNKNOWN, YES, type Gathering } from "./gathering.ts";
import { ownerOf, ownerOfVariable, type Owner } from "./ownership.ts";
import { noteCallbacks, noteCallee } from "./passing.ts";
import { RECEIVER, type Passed } from "./record.ts";

/** Notes what the function itself writes. */
export function noteWrites(g: Gathering): void {
  for (const node of g.nodes) {
    for (const target of targetsOf(node)) noteTarget(g, target);
  }
}

/** Notes what a call does. */
export function* noteEffects(
  g: Gathering,
  call: Node,
  callee: Callee,
  passed: readonly Passed[] | undefined,
): Ask<void> {
  const because = "may have effects";
  switch (callee.kind) {
    case "nothing":
      return;
    case "function": {
      noteCallee(g, "impure", "impure", call, because, callee, passed);
      return;
    }
    case "parameter": {
      note(g, "impure", call, because, { kind: "argument", parameter: callee.parameter, fact: "impure" });
      return;
    }
    case "unknown": {
      note(g, "impure", call, because, UNKNOWN);
      return;
    }
    case "model":
      if (!isCall(call)) return;
      noteKnownEffects(g, call, callee.facts);
      yield* noteCallbacks(g, "impure", call, callee.facts);
  }
}

function noteKnownEffects(g: Gathering, call: Call, { pure, changes }: Facts): void {
  if (pure) return;
  if (pure === undefined) {
    note(g, "impure", call, "may have effects", UNKNOWN);
    return;
  }
  if (changes === undefined) {
    note(g, "impure", call, "has effects", YES);
    return;
  }
  for (const changed of changes === "receiver" ? [receiverOf(call)] : changes.map(at => argumentsOf(call)[at])) {
    if (changed) noteChange(g, changed, ownerOf(g, changed), "is changed");
  }
}

function receiverOf(call: Call): Node | undefined {
  return isCallExpression(call) ? asMethodCall(call)?.object : undefined;
}

/** Notes `this` and `super` where they are the function's own: in it, and in the arrow functions inside. */
export function noteReceiver(g: Gathering): void {
  const { subject } = g;
  if (!isFunctionLikeDeclaration(subject) || isArrowFunction(subject) || isConstructorDeclaration(subject)) return;
  for (const part of [...subject.parameters, ...(subject.body ? [subject.body] : [])]) {
    for (const node of withArrows(part)) {
      if (node.kind !== SyntaxKind.ThisKeyword && node.kind !== SyntaxKind.SuperKeyword) continue;
      note(g, "this", node, "is used", YES);
      return;
    }
  }
}

function* withArrows(root: Node): Generator<Node> {
  const stack = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    for (const each of ownNodesOf(node)) {
      if (each !== node && isArrowFunction(each)) stack.push(...[...each.parameters, each.body].filter(Boolean));
      else if (!isOnlyType(each)) yield each;
    }
  }
}

/** What a node assigns to, deletes or counts up. */
function targetsOf(node: Node): readonly Node[] {
  if (isBinaryExpression(node)) return isAssignmentOperator(node.operatorToken.kind) ? namesIn(node.left) : [];
  if (isDeleteExpression(node)) return [unwrapped(node.expression)];
  if (isPrefixUnaryExpression(node) || isPostfixUnaryExpression(node)) {
    const isUpdate = node.operator === SyntaxKind.PlusPlusToken || node.operator === SyntaxKind.MinusMinusToken;
    return isUpdate ? [unwrapped(node.operand)] : [];
  }
  if (!isForOfStatement(node) && !isForInStatement(node)) return [];
  return isVariableDeclarationList(node.initializer) ? [] : namesIn(node.initializer);
}

/** The places that an assignment writes, those inside of patterns included. */
function namesIn(target: Node): readonly Node[] {
  const bare = unwrapped(target);
  if (bare.kind !== SyntaxKind.ObjectLiteralExpression && bare.kind !== SyntaxKind.ArrayLiteralExpression)
    return [bare];
  const found: Node[] = [];
  bare.forEachChild(child => {
    found.push(...namesIn(valueOf(child)));
  });
  return found;
}

/** What stands for the value in an element of a pattern. */
function valueOf(element: Node): Node {
  const { initializer, expression, name } = element as Node & { initializer?: Node; expression?: Node; name?: Node };
  if (element.kind === SyntaxKind.PropertyAssignment && initializer) return valueOf(initializer);
  if (element.kind === SyntaxKind.ShorthandPropertyAssignment && name) return name;
  const isSpread = element.kind === SyntaxKind.SpreadAssignment || element.kind === SyntaxKind.SpreadElement;
  if (isSpread && expression) return expression;
  return isBinaryExpression(element) ? element.left : element;
}

function noteTarget(g: Gathering, target: Node): void {
  const because = "is written";
  if (isIdentifier(target)) noteChange(g, target, ownerOfVariable(g, target), because);
  else if (isPropertyAccessExpression(target) || isElementAccessExpression(target)) {
    noteChange(g, target, ownerOf(g, target.expression), because);
  }
}

function noteChange(g: Gathering, node: Node, owner: Owner, because: string): void {
  switch (owner.kind) {
    case "own":
      return;
    case "unknown": {
      note(g, "impure", node, because, UNKNOWN);
      return;
    }
    case "others": {
      note(g, "impure", node, because, YES);
      return;
    }
    case "local": {
      note(g, "impure", node, because, { kind: "local", of: owner.of });
      return;
    }
    case "parameter":
      note(g, "impure", node, because, { kind: "changes", parameter: owner.parameter });
      if (owner.parameter !== RECEIVER) note(g, `mutated:${owner.parameter}`, node, because, YES);
  }
}
