/** What the place of a value says about its use, by syntax alone. */
import {
  isAssignmentOperator,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  isVariableDeclaration,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Identifier,
  type Node,
} from "@review/program/syntax";
import { isTarget } from "../flow/uses.ts";
import { isCondition, wrapped } from "../helpers/nodes.ts";
import type { ArgumentUse } from "../models/facts.ts";
import type { Call } from "./callee.ts";
import type { Gathering } from "./gathering.ts";
import { COMPARISONS } from "../helpers/operators.ts";

/** `alias`: another name gets it. `argument`: a call gets it. `receiver`: a method of it is called. */
export type Use =
  | { readonly kind: "known"; readonly uses: readonly ArgumentUse[]; readonly node: Node }
  | { readonly kind: "alias"; readonly name: Identifier }
  | { readonly kind: "argument"; readonly argument: Node; readonly call: Call }
  | { readonly kind: "receiver"; readonly call: Expression };

/** The function that a value is looked at in. */
export type UseScope = Pick<Gathering, "scopes" | "fn">;

/** The uses of the value of an expression; several where it is tested and goes on, none where it is only read. */
export function usesAt(g: UseScope, value: Node): readonly Use[] {
  const outer = wrapped(value);
  const { parent } = outer;
  const tested: readonly Use[] = isCondition(outer) ? [known("tested", outer)] : [];
  if (isPropertyAccessExpression(parent) || isElementAccessExpression(parent)) {
    return parent.expression === outer ? usesOfMember(parent) : [];
  }
  if (isCallExpression(parent) || isNewExpression(parent)) {
    if (parent.expression === outer) return [known("called", parent)];
    return [{ kind: "argument", argument: outer, call: parent }];
  }
  if (isBinaryExpression(parent)) return [...tested, ...usesInBinary(g, outer, parent)];
  if (isConditionalExpression(parent) && parent.condition !== outer) return usesAt(g, parent);
  if (isVariableDeclaration(parent)) return usesByDeclaration(parent, outer);
  const use = BY_PARENT.get(parent.kind);
  return use ? [known(use, parent)] : tested;
}

function known(use: ArgumentUse, node: Node): Use {
  return { kind: "known", uses: [use], node };
}

const BY_PARENT: ReadonlyMap<SyntaxKind, ArgumentUse> = new Map<SyntaxKind, ArgumentUse>([
  [SyntaxKind.AwaitExpression, "awaited"],
  [SyntaxKind.ReturnStatement, "returned"],
  [SyntaxKind.ArrowFunction, "returned"],
  [SyntaxKind.YieldExpression, "returned"],
  [SyntaxKind.ThrowStatement, "returned"],
  [SyntaxKind.TemplateSpan, "stringified"],
  [SyntaxKind.SpreadElement, "spread"],
  [SyntaxKind.SpreadAssignment, "spread"],
  [SyntaxKind.JsxSpreadAttribute, "spread"],
  [SyntaxKind.ArrayLiteralExpression, "stored"],
  [SyntaxKind.PropertyAssignment, "stored"],
  [SyntaxKind.ShorthandPropertyAssignment, "stored"],
  [SyntaxKind.PropertyDeclaration, "stored"],
  [SyntaxKind.JsxExpression, "stored"],
  [SyntaxKind.TaggedTemplateExpression, "called"],
]);

/** Methods that say by their names what they do, on whatever object. */
const BY_METHOD: ReadonlyMap<string, ArgumentUse> = new Map<string, ArgumentUse>([
  ...pairs("awaited", "then catch finally"),
  ...pairs("settled", "resolve reject"),
  ...pairs("released", "close release end destroy dispose disconnect quit unsubscribe abort rollback unlock"),
  ...pairs("called", "call apply bind"),
  ...pairs("stringified", "toString toJSON"),
]);

function pairs(use: ArgumentUse, names: string): readonly [string, ArgumentUse][] {
  return names.split(" ").map(name => [name, use]);
}

function usesOfMember(member: Node & { expression: Node; name?: Node }): readonly Use[] {
  const outer = wrapped(member);
  if (isTarget(outer) || outer.parent.kind === SyntaxKind.DeleteExpression) return [known("mutated", outer)];
  const call = outer.parent;
  if ((isPropertyAccessExpression(call) || isElementAccessExpression(call)) && call.expression === outer) {
    return isWrittenBelow(call) ? [known("mutated", call)] : [];
  }
  if (!isCallExpression(call) || call.expression !== outer) return [];
  const name = member.name && isIdentifier(member.name) ? member.name.text : "";
  const use = BY_METHOD.get(name);
  return use ? [known(use, call), { kind: "receiver", call }] : [{ kind: "receiver", call }];
}

/** `p.a.b = …` changes what belongs to `p`. */
function isWrittenBelow(member: Node): boolean {
  let at = wrapped(member);
  for (let { parent } = at; isMemberOf(parent, at); { parent } = at) at = wrapped(parent);
  return isTarget(at);
}

function isMemberOf(parent: Node, object: Node): boolean {
  return (isPropertyAccessExpression(parent) || isElementAccessExpression(parent)) && parent.expression === object;
}

function usesInBinary(g: UseScope, operand: Node, parent: BinaryExpression): readonly Use[] {
  const { kind } = parent.operatorToken;
  const other = parent.left === operand ? parent.right : parent.left;
  if (kind === SyntaxKind.AmpersandAmpersandToken || kind === SyntaxKind.BarBarToken) {
    const isTested = parent.left === operand && !isCondition(operand);
    const onward = parent.left === operand && kind === SyntaxKind.AmpersandAmpersandToken ? [] : usesAt(g, parent);
    return [...(isTested || parent.left === operand ? [known("tested", operand)] : []), ...onward];
  }
  if (kind === SyntaxKind.QuestionQuestionToken) return usesAt(g, parent);
  if (kind === SyntaxKind.CommaToken) return parent.right === operand ? usesAt(g, parent) : [];
  if (kind === SyntaxKind.PlusToken) return isText(other) ? [known("stringified", parent)] : [];
  if (COMPARISONS.has(kind)) return isNullish(other) ? [] : [known("compared", parent)];
  if (!isAssignmentOperator(kind) || parent.right !== operand) return [];
  return usesByAssignment(g, parent);
}

function isText(node: Node): boolean {
  return isStringLiteralLikeNode(node) || node.kind === SyntaxKind.TemplateExpression;
}

function isNullish(node: Node): boolean {
  return node.kind === SyntaxKind.NullKeyword || (isIdentifier(node) && node.text === "undefined");
}

/** A name of the function itself is an alias; any other place keeps the value. */
function usesByAssignment(g: UseScope, assignment: BinaryExpression): readonly Use[] {
  const { left } = assignment;
  const variable = isIdentifier(left) ? g.scopes.variableOf(left) : undefined;
  if (variable?.root !== g.fn || variable.kind === "parameter") return [known("stored", assignment)];
  const [name] = variable.declarations;
  return name ? [{ kind: "alias", name }] : [];
}

function usesByDeclaration(declaration: Node & { name: Node; initializer?: Node }, value: Node): readonly Use[] {
  if (declaration.initializer !== value || !isIdentifier(declaration.name)) return [];
  return [{ kind: "alias", name: declaration.name }];
}
