/** Functions that return a value where something failed, and nothing where all went well. */
import {
  alwaysLeaves,
  enclosingFunction,
  isAsync,
  isUncertain,
  mainBlockOf,
  returnedBy,
  type Ask,
  type Pass,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isCatchClause,
  isTryStatement,
  type CatchClause,
  type FunctionLikeDeclaration,
  type Node,
  type ReturnStatement,
  type Statement,
  type TryStatement,
} from "@review/program/syntax";

/**
 * The last statement of a `try` behind which a function ends, though only its `catch` returns what the function is declared to return;
 * undefined where the compiler says so itself.
 */
export function* forgottenSuccess(pass: Pass, statement: ReturnStatement): Ask<Statement | undefined> {
  const { isChecked, isTest, strictNullChecks } = pass.file;
  const fn = isChecked && !isTest && !strictNullChecks ? enclosingFunction(statement) : undefined;
  const last = fn?.type && !fn.asteriskToken ? lastWithout(statement, fn) : undefined;
  return fn && last && !alwaysLeaves(last) && (yield* isToGiveValue(pass, fn)) ? last : undefined;
}

/** The last statement of the `try` whose `catch` has all that a function returns, if this is the first of it. */
function lastWithout({ expression }: ReturnStatement, fn: FunctionLikeDeclaration): Statement | undefined {
  const clause = expression && clauseAround(expression, fn);
  const returned = returnedBy(fn);
  if (!clause || returned[0] !== expression) return undefined;
  return returned.every(each => clauseAround(each, fn) === clause) ? lastOfTry(clause, fn) : undefined;
}

function clauseAround(node: Node, fn: Node): CatchClause | undefined {
  for (let at = node.parent; at !== fn; at = at.parent) if (isCatchClause(at)) return at;
  return undefined;
}

/** `function f() { …; try { …; last } catch {} }` */
function lastOfTry(clause: CatchClause, { body }: FunctionLikeDeclaration): Statement | undefined {
  const statement = clause.parent as TryStatement;
  const isLast = mainBlockOf(body)?.statements.at(-1) === statement;
  return isLast && isTryStatement(statement) ? statement.tryBlock.statements.at(-1) : undefined;
}

/** Whether the declared type leaves no room for nothing. */
function* isToGiveValue({ checker }: Pass, fn: FunctionLikeDeclaration): Ask<boolean> {
  const declared = yield* checker.returnTypeOf(yield* checker.signatureOfDeclaration(fn));
  const type = isAsync(fn) ? yield* checker.awaitedTypeOf(declared) : declared;
  if (!type || isUncertain(type)) return false;
  const parts = yield* checker.partsOf(type);
  return parts.every(part => !isUncertain(part) && (part.flags & NOTHING) === 0);
}

const NOTHING = TypeFlags.Void | TypeFlags.Undefined | TypeFlags.Never;
