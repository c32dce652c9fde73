/** Objects that a class or its prototype gives to every instance, and that an instance changes as its own. */
import { isInside, isWritten, nodesOf, unwrapped, wrapped, type Ask, type Pass } from "@review/analysis";
import {
  isBinaryExpression,
  isClassLikeDeclaration,
  isExpressionStatement,
  isIdentifier,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isSourceFile,
  ModifierFlags,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Identifier,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";
import { changeAt } from "./changes.ts";
import { isMade, type Shared } from "./defaults.ts";
import { originOf, type Origin } from "./names.ts";

/** A change of what all instances share. */
export interface SharedField {
  readonly at: Node;
  readonly shared: Pick<Shared, "name">;
  readonly evidence: readonly { readonly at: Node; readonly message: string }[];
}

/** `this.colours = DEFAULT_COLOURS` in one method, `this.colours.push(…)` in another. */
export function* changedField(pass: Pass, target: Node, value: Expression): Ask<SharedField | undefined> {
  const owner = classAround(target);
  const name = fieldName(target);
  const uses = owner && name !== undefined ? membersIn(owner, name) : [];
  if (uses.some(use => isWritten(use as Node as Identifier) && use !== target)) return undefined;
  const change = changeAmong(uses);
  const origin = change && (yield* originOf(pass, value, "variable"));
  if (!origin || !isOtherName(origin)) return undefined;
  const evidence = [{ at: origin.at, message: "The field is another name for the shared object, not a copy." }];
  return { at: change, shared: origin.shared, evidence };
}

function isOtherName({ kind, shared }: Origin): boolean {
  return kind === "fallback" || (kind === "alias" && shared.isDefault);
}

function classAround(node: Node): Node | undefined {
  for (let at = node; !isSourceFile(at); at = at.parent) if (isClassLikeDeclaration(at)) return at;
  return undefined;
}

/** The field that an assignment or a declaration gives its value. */
function fieldName(target: Node): string | undefined {
  if (isPropertyAccessExpression(target)) {
    return target.expression.kind === SyntaxKind.ThisKeyword ? target.name.text : undefined;
  }
  const isField = isPropertyDeclaration(target) && (target.modifierFlags & ModifierFlags.Static) === 0;
  return isField && isIdentifier(target.name) ? target.name.text : undefined;
}

function membersIn(root: Node, name: string): readonly PropertyAccessExpression[] {
  const members: PropertyAccessExpression[] = [];
  for (const node of nodesOf(root)) {
    if (!isPropertyAccessExpression(node) || node.name.text !== name) continue;
    if (node.expression.kind === SyntaxKind.ThisKeyword) members.push(node);
  }
  return members;
}

function changeAmong(members: readonly Node[]): Node | undefined {
  for (const member of members) {
    const change = changeAt(member);
    if (change) return change.at;
  }
  return undefined;
}

/** `Emitter.prototype.listeners = []` and `this.listeners.push(…)` in a method, and no instance has one of its own. */
export function changedPrototype(assignment: BinaryExpression): SharedField | undefined {
  const { left, right, parent } = assignment;
  if (!isPropertyAccessExpression(left) || !isMade(unwrapped(right)) || COMMON.test(left.name.text)) return undefined;
  if (!isExpressionStatement(parent) || !isSourceFile(parent.parent) || !isPrototype(left.expression)) return undefined;
  const file = assignment.getSourceFile();
  const writes = [...nodesOf(file)].filter(
    node =>
      isPropertyAccessExpression(node) && node !== left && node.name.text === left.name.text && isWrittenMember(node),
  );
  if (writes.length > 0) return undefined;
  const prototype = left.expression.getText();
  const own = membersIn(file, left.name.text).filter(member => isOfPrototype(member, prototype));
  const at = changeAmong(own);
  return at && { at, shared: { name: left.name }, evidence: [] };
}

function isWrittenMember(member: Node): boolean {
  return isWritten(member as Identifier);
}

function isPrototype(node: Node): boolean {
  return isPropertyAccessExpression(node) && node.name.text === "prototype" && isIdentifier(node.expression);
}

/** What instances are meant to have in common. */
const COMMON = /cache|regist|instances|pool|memo|known|default|types?$|options$/i;

/** Whether a use of `this` stands in a function that is given to the same prototype. */
function isOfPrototype(member: Node, prototype: string): boolean {
  for (let at = member; !isSourceFile(at); at = at.parent) {
    const { parent } = wrapped(at);
    if (!isBinaryExpression(parent) || !isInside(member, parent.right)) continue;
    if (isPropertyAccessExpression(parent.left) && parent.left.expression.getText() === prototype) return true;
  }
  return false;
}
