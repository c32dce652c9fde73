/** Objects that are made once, for everybody: constants of a module and static fields that serve as defaults. */
import { isAssignedOnce, unwrapped, type Ask, type TypeChecker } from "@review/analysis";
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isExpressionStatement,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isSourceFile,
  isVariableDeclaration,
  ModifierFlags,
  type Expression,
  type Node,
  type VariableDeclaration,
} from "@review/program/syntax";

/** An object that every call of a function shares. */
export interface Shared {
  /** The name of the variable or field, as it is declared. */
  readonly name: Node;
  readonly value: Expression;
  /** Whether its name says that it is there to be copied. */
  readonly isDefault: boolean;
}

/** Whether an expression may name such an object, by its syntax. */
export function mayBeShared(expression: Node): boolean {
  const node = unwrapped(expression);
  return isIdentifier(node) || isPropertyAccessExpression(node);
}

/** The object that a name means: a constant at the top level of its file, or a static field, with its literal. */
export function* sharedOf(checker: TypeChecker, expression: Node): Ask<Shared | undefined> {
  const node = unwrapped(expression);
  const name = isPropertyAccessExpression(node) ? node.name : node;
  if (!isIdentifier(name)) return undefined;
  const symbol = yield* checker.symbolOf(name);
  const target = symbol && (yield* checker.targetOf(symbol));
  if (!target || target.declarations.length !== 1 || /\.d\.[cm]?ts$/.test(target.declarations[0]?.path ?? ""))
    return undefined;
  const declaration = yield* checker.declarationOf(target);
  return declaration && sharedBy(declaration);
}

function sharedBy(declaration: Node): Shared | undefined {
  const member = assignedMember(declaration);
  if (member) return member;
  const isConstant = isVariableDeclaration(declaration) && isTopLevelConstant(declaration);
  const isField = isPropertyDeclaration(declaration) && (declaration.modifierFlags & ModifierFlags.Static) !== 0;
  if (!isConstant && !isField) return undefined;
  const { name, initializer } = declaration;
  const value = initializer && (unwrapped(initializer) as Expression);
  if (!value || !isIdentifier(name) || !isMade(value)) return undefined;
  const isDefault = DEFAULTS.test(name.text);
  return isDefault || !REGISTRIES.test(name.text) ? { name, value, isDefault } : undefined;
}

/** `Widget.defaults = { … }` at the top level, which declares the member in JavaScript. */
function assignedMember(declaration: Node): Shared | undefined {
  const assignment = isBinaryExpression(declaration) ? declaration : declaration.parent;
  if (!isBinaryExpression(assignment) || !isPropertyAccessExpression(assignment.left)) return undefined;
  const { name } = assignment.left;
  const value = unwrapped(assignment.right) as Expression;
  const isOnce = isExpressionStatement(assignment.parent) && isSourceFile(assignment.parent.parent);
  return isOnce && isMade(value) && DEFAULTS.test(name.text) ? { name, value, isDefault: true } : undefined;
}

function isTopLevelConstant(declaration: VariableDeclaration): boolean {
  return isSourceFile(declaration.parent.parent.parent) && isAssignedOnce(declaration);
}

/** A literal, or a new Map or Set; what `Object.freeze` made cannot be changed. */
export function isMade(value: Node): boolean {
  return isObjectLiteralExpression(value) || isArrayLiteralExpression(value) || isNewExpression(value);
}

const DEFAULTS = /default|initial|template|fallback|preset|^empty|^blank|^base(?:[A-Z_]|$)/i;
const REGISTRIES =
  /cache|registry|registered|registrations|state|instances|listeners|handlers|subscribers|pool|pending|current|store|seen|visited|known|memo/i;

/** Whether a member of a shared object is an object of its own, so that a copy of the outer one shares it. */
export function hasInnerObject({ value }: Shared, member: string): boolean {
  if (!isObjectLiteralExpression(value)) return false;
  return value.properties.some(
    each => isPropertyAssignment(each) && each.name.getText() === member && isMade(unwrapped(each.initializer)),
  );
}
