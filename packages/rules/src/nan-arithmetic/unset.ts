/** Variables that have no value yet at the place where they are calculated with. */
import {
  definitionsReaching,
  hasOnlyFlags,
  isGuess,
  unwrapped,
  type Ask,
  type Definition,
  type Pass,
  type Variable,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isIdentifier,
  isVariableDeclaration,
  NodeFlags,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Identifier,
} from "@review/program/syntax";

/** Whether an operand is a variable that was declared, and that nothing before has given a value. */
export function* isUnset(pass: Pass, operand: Expression): Ask<boolean> {
  const name = unwrapped(operand);
  const variable = isIdentifier(name) ? pass.scopes().variableOf(name) : undefined;
  if (!variable || !isIdentifier(name) || !isDeclaredWithout(variable)) return false;
  const graph = yield* pass.flow(variable.root);
  const definitions = graph && definitionsReaching(graph, pass.scopes(), name);
  if (!definitions || definitions.length === 0) return false;
  return definitions.every(definition => isAbsent(definition) || isOwn(definition, name));
}

/** The side of a sum with a number that has no value yet; with text it makes text. */
export function* unsetIn(pass: Pass, { left, right }: BinaryExpression): Ask<Expression | undefined> {
  for (const [side, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if ((yield* isUnset(pass, side)) && (yield* isNumber(pass, other))) return side;
  }
  return undefined;
}

/** What nothing ever writes is a matter of `never-assigned`. */
function isDeclaredWithout({ declarations, references }: Variable): boolean {
  const declaration = declarations.length === 1 ? declarations[0]?.parent : undefined;
  if (!declaration || !isVariableDeclaration(declaration) || declaration.exclamationToken) return false;
  if (declaration.flags & NodeFlags.Ambient || declaration.parent.parent.kind !== SyntaxKind.VariableStatement) {
    return false;
  }
  return declaration.initializer ? isUndefined(declaration.initializer) : references.some(each => each.isWritten);
}

function isAbsent({ source }: Definition): boolean {
  return source.kind === "undefined" || (source.kind === "expression" && isUndefined(source.expression));
}

function isUndefined(value: Expression): boolean {
  const bare = unwrapped(value);
  return bare.kind === SyntaxKind.VoidExpression || (isIdentifier(bare) && bare.text === "undefined");
}

/** `sum += each`, `sum = sum + each`: in the next round it is what became of it in this one. */
function isOwn({ node, source }: Definition, name: Identifier): boolean {
  if (node === name) return true;
  return source.kind === "expression" && source.expression.pos <= name.pos && name.end <= source.expression.end;
}

function* isNumber({ checker, file }: Pass, operand: Expression): Ask<boolean> {
  if (!(yield* hasOnlyFlags(checker, yield* checker.typeOf(operand), TypeFlags.NumberLike))) return false;
  return !file.isJavaScript || !(yield* isGuess(checker, operand));
}
