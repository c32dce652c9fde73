/** What relies on every case of a switch: the result of a function, or a variable that the cases set. */
import {
  alwaysLeaves,
  asMethodCall,
  enclosingFunction,
  isOnlyEnd,
  isUncertain,
  ownNodesOf,
  unwrapped,
  usesOf,
  type Ask,
  type TypeChecker,
} from "@review/analysis";
import { TypeFlags, type Signature } from "@review/program";
import {
  isArrowFunction,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isFunctionExpression,
  isIdentifier,
  isReturnStatement,
  isThrowStatement,
  isVariableDeclaration,
  isVariableStatement,
  SyntaxKind,
  type DefaultClause,
  type FunctionLikeDeclaration,
  type Node,
  type Statement,
  type SwitchStatement,
} from "@review/program/syntax";

export interface Consequence {
  /** What happens for a member without a case. */
  readonly effect: string;
  readonly at: Node;
  /** Why that is not meant. */
  readonly reason: string;
}

/** What goes wrong for a value that no case of a switch handles; undefined where nothing needs it to be handled. */
export function* consequenceOf(checker: TypeChecker, node: SwitchStatement): Ask<Consequence | undefined> {
  return (yield* missingResult(checker, node)) ?? unsetVariable(node);
}

/** A default that says of itself that no value comes to it: `assertNever(kind)`, `const rest: never = kind`. */
export function claimOf({ statements }: DefaultClause): Consequence | undefined {
  const [first] = statements;
  const at = first && isBlock(first) ? first.statements[0] : first;
  return at && (callsNever(at) || declaresNever(at))
    ? { effect: "the default runs for it, which is not to run at all", at, reason: "This says that no value is left." }
    : undefined;
}

function callsNever(at: Statement): boolean {
  if (!isExpressionStatement(at) && !isReturnStatement(at) && !isThrowStatement(at)) return false;
  const call = at.expression && unwrapped(at.expression);
  return call !== undefined && isCallExpression(call) && NEVER.test(call.expression.getText());
}

function declaresNever(at: Statement): boolean {
  return isVariableStatement(at) && at.declarationList.declarations[0]?.type?.kind === SyntaxKind.NeverKeyword;
}

const NEVER =
  /(?:^|\.)(?:assertNever|assertUnreachable|assertIsNever|assertExhaustive|exhaustive(?:Check|Guard)?|unreachable|neverReached|casesHandled)$/i;

/** The switch ends a function, each of its cases returns a value or throws, and nothing allows for `undefined`. */
function* missingResult(checker: TypeChecker, node: SwitchStatement): Ask<Consequence | undefined> {
  const owner = enclosingFunction(node);
  if (!owner?.body || isGenerator(owner) || !isOnlyEnd(node) || !allLeave(node)) return undefined;
  const returns = [...ownNodesOf(owner.body)].filter(isReturnStatement);
  const [first] = returns;
  if (!first || returns.some(({ expression }) => !expression || isNothing(expression))) return undefined;
  if (yield* mayReturnNothing(checker, owner)) return undefined;
  return { effect: "the function returns undefined for it", at: first, reason: "Other cases return a value." };
}

/** A last clause without statements says that its members have no result. */
function allLeave({ caseBlock: { clauses } }: SwitchStatement): boolean {
  return clauses.every(clauseExits) && clauses.at(-1)?.statements.length !== 0;
}

function isGenerator(owner: FunctionLikeDeclaration): boolean {
  return (owner as { asteriskToken?: Node }).asteriskToken !== undefined;
}

function clauseExits({ statements }: { readonly statements: readonly Statement[] }): boolean {
  const last = statements.at(-1);
  return last === undefined || alwaysLeaves(last);
}

function isNothing(node: Node): boolean {
  const value = unwrapped(node);
  if (value.kind === SyntaxKind.NullKeyword || value.kind === SyntaxKind.VoidExpression) return true;
  return isIdentifier(value) && value.text === "undefined";
}

/** Whether the declared type, or the one that the caller expects, has room for undefined. */
function* mayReturnNothing(checker: TypeChecker, owner: FunctionLikeDeclaration): Ask<boolean> {
  const declared = owner.type && (yield* checker.signatureOfDeclaration(owner));
  const signature = declared ?? (yield* expectedSignature(checker, owner));
  if (!signature) return false;
  let type = yield* checker.returnTypeOf(signature);
  type = (yield* checker.awaitedTypeOf(type)) ?? type;
  for (const part of yield* checker.partsOf(type)) {
    if (isUncertain(part) || part.flags & (TypeFlags.Nullable | TypeFlags.Void)) return true;
  }
  return false;
}

function* expectedSignature(checker: TypeChecker, owner: FunctionLikeDeclaration): Ask<Signature | undefined> {
  if ((!isArrowFunction(owner) && !isFunctionExpression(owner)) || isMapping(owner)) return undefined;
  const type = yield* checker.contextualTypeOf(owner);
  return type && (yield* checker.callSignaturesOf(type))[0];
}

/** `items.map(…)`: what is expected of the callback is what it was found to return, so that it says nothing. */
function isMapping({ parent }: FunctionLikeDeclaration): boolean {
  const method = parent && isCallExpression(parent) ? asMethodCall(parent) : undefined;
  return method?.name === "map" || method?.name === "flatMap";
}

/** A variable without a value that each case sets, and that is read after the switch. */
function unsetVariable(node: SwitchStatement): Consequence | undefined {
  const owner = enclosingFunction(node)?.body ?? node.getSourceFile();
  for (const name of namesSetByAll(node)) {
    const declaration = [...ownNodesOf(owner)].find(
      each => isVariableDeclaration(each) && isIdentifier(each.name) && each.name.text === name,
    );
    if (!declaration || !isVariableDeclaration(declaration) || declaration.initializer) continue;
    if (!isVariableStatement(declaration.parent.parent) || mayBeUnset(declaration.type)) continue;
    const uses = usesOf(owner, name).filter(use => use.pos < node.pos || use.pos >= node.end);
    const [next] = uses;
    if (!next || uses.some(use => use.pos < node.pos) || isWrittenFirst(next)) continue;
    return { effect: `\`${name}\` stays undefined for it`, at: next, reason: "It is read here." };
  }
  return undefined;
}

function mayBeUnset(type: Node | undefined): boolean {
  return type !== undefined && [...ownNodesOf(type)].some(({ kind }) => kind === SyntaxKind.UndefinedKeyword);
}

function isWrittenFirst(use: Node): boolean {
  const { parent } = use;
  return isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.EqualsToken && parent.left === use;
}

/** The variables to which every clause assigns in a statement of its own, unless it leaves. */
function namesSetByAll({ caseBlock }: SwitchStatement): readonly string[] {
  const clauses = caseBlock.clauses.filter(({ statements }) => statements.length > 0 && !clauseExits({ statements }));
  const sets = clauses.map(({ statements }) => namesSetBy(statements));
  const [first = [], ...others] = sets;
  return clauses.length < 2 ? [] : first.filter(name => others.every(names => names.includes(name)));
}

function namesSetBy(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap(statement => {
    if (isBlock(statement)) return namesSetBy(statement.statements);
    const expression = isExpressionStatement(statement) ? statement.expression : undefined;
    if (!expression || !isBinaryExpression(expression)) return [];
    const { left, operatorToken } = expression;
    return operatorToken.kind === SyntaxKind.EqualsToken && isIdentifier(left) ? [left.text] : [];
  });
}
