/** Reads off a function where an exception may leave it. */
import {
  isCallExpression,
  isCatchClause,
  isClassLikeDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  isThrowStatement,
  isTryStatement,
  SyntaxKind,
  type CatchClause,
  type Node,
  type ThrowStatement,
  type TryStatement,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import { unwrapped } from "../helpers/nodes.ts";
import { isCall, type Callee } from "./callee.ts";
import { nodesRunBy, note, UNKNOWN, YES, type Gathering } from "./gathering.ts";
import { noteCallbacks, noteCallee } from "./passing.ts";
import type { Fact, Passed } from "./record.ts";

/** What an error that leaves the body becomes. */
function errorFact({ isAsync }: Gathering): Fact & ("throws" | "rejects") {
  return isAsync ? "rejects" : "throws";
}

/** Notes the `throw` statements whose errors nothing in the function catches. */
export function noteThrows(g: Gathering): void {
  for (const node of g.nodes) {
    if (!isThrowStatement(node) || isCaught(g, node) || isRethrow(node)) continue;
    note(g, errorFact(g), node, "throws", YES);
  }
}

/** Notes what a call may throw. */
export function* noteThrowingCall(
  g: Gathering,
  call: Node,
  callee: Callee,
  passed: readonly Passed[] | undefined,
): Ask<void> {
  if (callee.kind === "nothing" || isCaught(g, call)) return;
  const fact = errorFact(g);
  const because = "may throw";
  switch (callee.kind) {
    case "function": {
      noteCallee(g, fact, "throws", call, because, callee, passed);
      return;
    }
    case "parameter": {
      note(g, fact, call, because, { kind: "argument", parameter: callee.parameter, fact: "throws" });
      return;
    }
    case "unknown":
      // What `import()` cannot load rejects.
      if (isCallExpression(call) && call.expression.kind === SyntaxKind.ImportKeyword) return;
      {
        note(g, fact, call, because, UNKNOWN);
        return;
      }
    case "model": {
      const { throws, ends } = callee.facts;
      if (throws === "yes" || ends === "throws") note(g, fact, call, because, YES);
      else if (throws === undefined && ends === undefined) note(g, fact, call, because, UNKNOWN);
      if (isCall(call)) yield* noteCallbacks(g, fact, call, callee.facts);
    }
  }
}

/** Whether an error at a place inside a function is swallowed there. */
export function isCaught(g: Gathering, node: Node): boolean {
  // A field's value runs with the constructor, but stands outside of it.
  for (let at = node; at !== g.subject && at !== g.fn && !isClassLikeDeclaration(at); at = at.parent) {
    const { parent } = at;
    if (!isTryStatement(parent)) continue;
    if (at !== parent.finallyBlock && overrules(parent)) return true;
    if (at === parent.tryBlock && parent.catchClause && !rethrows(parent.catchClause)) return true;
  }
  return false;
}

/** A `return` at the end of `finally` makes every exception be forgotten. */
function overrules({ finallyBlock }: TryStatement): boolean {
  return finallyBlock?.statements.some(({ kind }) => kind === SyntaxKind.ReturnStatement) ?? false;
}

/** Whether a `catch` throws what it caught: then it is as if it were not there. */
function rethrows(clause: CatchClause): boolean {
  for (const node of nodesRunBy(clause.block)) if (isThrowStatement(node) && rethrown(node) === clause) return true;
  return false;
}

function isRethrow(node: ThrowStatement): boolean {
  return rethrown(node) !== undefined;
}

/** The `catch` around a `throw` whose variable is thrown. */
function rethrown({ expression, parent }: ThrowStatement): CatchClause | undefined {
  const thrown = expression && unwrapped(expression);
  if (!thrown || !isIdentifier(thrown)) return undefined;
  for (let at: Node | undefined = parent; at && !isFunctionLikeDeclaration(at); at = at.parent) {
    const name = isCatchClause(at) ? at.variableDeclaration?.name : undefined;
    if (name && isIdentifier(name) && name.text === thrown.text) return at as CatchClause;
  }
  return undefined;
}
