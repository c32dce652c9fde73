/** Finds what stands around a `return` and ends with it: a `catch`, a `finally`, a resource. */
import {
  isBlock,
  isForOfStatement,
  isForStatement,
  isIdentifier,
  isTryStatement,
  isVariableDeclarationList,
  isVariableStatement,
  NodeFlags,
  type Node,
  type TryStatement,
} from "@review/program/syntax";

/** The nearest thing around a statement that a promise returned by it outlives. */
export type Guard =
  | { readonly kind: "catch" | "finally"; readonly at: Node }
  | { readonly kind: "using"; readonly at: Node; readonly name: string };

/** What becomes of each kind of guard, as evidence says it. */
export const ENDINGS: Readonly<Record<Guard["kind"], string>> = {
  catch: "This `catch` is left before the promise settles.",
  finally: "This `finally` runs before the promise settles.",
  using: "The resource ends with this scope.",
};

/** What is lost where the promise of `name` outlives a guard, as a message says it. */
export function lossOf(guard: Guard, name: string): string {
  switch (guard.kind) {
    case "catch":
      return `The \`catch\` misses a rejection of ${name}: its promise is returned before it settles.`;
    case "finally":
      return `The \`finally\` runs before ${name} is done: its promise is returned before it settles.`;
    case "using":
      return `\`${guard.name}\` is disposed of before ${name} is done: its promise is returned before it settles.`;
  }
}

/** The guard between a statement and the function that it returns from. */
export function guardOf(statement: Node, owner: Node): Guard | undefined {
  for (let at = statement; at !== owner; at = at.parent) {
    const guard = guardBy(at.parent, at);
    if (guard) return guard;
  }
  return undefined;
}

function guardBy(parent: Node, child: Node): Guard | undefined {
  if (isTryStatement(parent)) return guardByTry(parent, child);
  if (isBlock(parent)) return resourceBefore(parent.statements, child);
  if (isForStatement(parent) || isForOfStatement(parent))
    return child === parent.statement ? resourceIn(parent.initializer) : undefined;
  return undefined;
}

function guardByTry(statement: TryStatement, child: Node): Guard | undefined {
  const { tryBlock, catchClause, finallyBlock } = statement;
  if (child === tryBlock && catchClause) return { kind: "catch", at: catchClause };
  return finallyBlock && child !== finallyBlock ? { kind: "finally", at: finallyBlock } : undefined;
}

function resourceBefore(statements: readonly Node[], child: Node): Guard | undefined {
  for (const statement of statements) {
    if (statement === child) return undefined;
    const resource = isVariableStatement(statement) ? resourceIn(statement.declarationList) : undefined;
    if (resource) return resource;
  }
  return undefined;
}

/** `using` and `await using` are told from `let` and `const` by a flag of the list. */
function resourceIn(list: Node | undefined): Guard | undefined {
  if (!list || !isVariableDeclarationList(list) || !(list.flags & NodeFlags.Using)) return undefined;
  const name = list.declarations[0]?.name;
  return name && isIdentifier(name) ? { kind: "using", at: list, name: name.text } : undefined;
}
