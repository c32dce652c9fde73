/** The variable that holds a position. */
import {
  asFixedLocal,
  asMethodCall,
  builtinOf,
  isWritten,
  literalValue,
  scopeOf,
  unwrapped,
  usesOf,
  wrapped,
  type Ask,
  type TypeChecker,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isVariableDeclaration,
  SyntaxKind,
  type CallExpression,
  type Identifier,
  type Node,
  type VariableDeclaration,
} from "@review/program/syntax";
import { answerOf } from "./tables.ts";

export interface Holder {
  readonly declaration: VariableDeclaration & { readonly name: Identifier };
}

/**
 * The variable that a call's answer goes into, where it never holds anything but such answers, -1, or nothing yet. Of
 * several calls that write it, the first one has it.
 */
export function* holderOf(checker: TypeChecker, call: CallExpression): Ask<Holder | undefined> {
  const fixed = asFixedLocal(call.parent);
  if (fixed) return fixed;
  const declaration = yield* variableOf(checker, call);
  const values = declaration && valuesOf(declaration);
  if (!values) return undefined;
  let first: Node | undefined;
  for (const value of values) {
    if (literalValue(value) === -1) continue;
    if (!(yield* isPosition(checker, value))) return undefined;
    first ??= value;
  }
  return first === call ? { declaration } : undefined;
}

function* variableOf(checker: TypeChecker, call: CallExpression): Ask<Holder["declaration"] | undefined> {
  const name = targetOf(call);
  const symbol = name && isIdentifier(name) && (yield* checker.symbolOf(name));
  const declaration = symbol && symbol.declarations.length === 1 && (yield* checker.declarationOf(symbol));
  if (!declaration || !isVariableDeclaration(declaration) || !isIdentifier(declaration.name)) return undefined;
  return declaration as Holder["declaration"];
}

function targetOf(value: Node): Node | undefined {
  const { parent } = wrapped(value);
  if (isVariableDeclaration(parent)) return parent.name;
  return isAssignment(parent) ? parent.left : undefined;
}

/** All that is ever written into a variable of a function, in the order of the text. */
function valuesOf(declaration: Holder["declaration"]): readonly Node[] | undefined {
  const scope = scopeOf(declaration);
  if (scope.kind === SyntaxKind.SourceFile) return undefined;
  const values: Node[] = declaration.initializer ? [unwrapped(declaration.initializer)] : [];
  for (const use of usesOf(scope, declaration.name.text).filter(isWritten)) {
    const { parent } = wrapped(use);
    if (!isAssignment(parent)) return undefined;
    values.push(unwrapped(parent.right));
  }
  return values;
}

function isAssignment(node: Node): node is Node & { left: Node; right: Node } {
  return isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken;
}

function* isPosition(checker: TypeChecker, value: Node): Ask<boolean> {
  const method = isCallExpression(value) ? asMethodCall(value) : undefined;
  const builtin = method && (yield* builtinOf(checker, method.object));
  return method !== undefined && answerOf(builtin ?? "", method.name) === "position";
}
