/** The variables that the rounds of a loop share, and that each gives another value. */
import { isInside, isWritten, ownNodesOf, usesOf, type Scopes, type Variable } from "@review/analysis";
import {
  isForStatement,
  isIdentifier,
  isVariableDeclaration,
  isVariableDeclarationList,
  NodeFlags,
  type ForInStatement,
  type ForOfStatement,
  type ForStatement,
  type Identifier,
  type Node,
} from "@review/program/syntax";

type Loop = ForStatement | ForInStatement | ForOfStatement;

export interface Shared {
  readonly variable: Variable;
  /** The name where the next round gives it its value. */
  readonly next: Identifier;
}

/** The counters of a loop that are not its own, and what its body makes of them with `var`. */
export function sharedIn(scopes: Scopes, loop: Loop): readonly Shared[] {
  const stepped = steppedIn(loop);
  const found = stepped.flatMap(next => sharedAt(scopes, loop, next) ?? []);
  const names = new Set(stepped.map(({ text }) => text));
  if (names.size === 0) return [];
  for (const node of ownNodesOf(loop.statement)) {
    if (!isVariableDeclaration(node) || !isIdentifier(node.name) || !isFunctionScoped(node.parent)) continue;
    const { initializer, name } = node;
    if (!initializer || ![...names].some(each => usesOf(initializer, each).length > 0)) continue;
    names.add(name.text);
    found.push(...(sharedAt(scopes, loop, name) ?? []));
  }
  return found;
}

/** The names that the head of a loop gives a value for each round. */
export function steppedIn(loop: Loop): readonly Identifier[] {
  if (isForStatement(loop)) {
    const { incrementor } = loop;
    return incrementor ? [...ownNodesOf(incrementor)].filter(isIdentifier).filter(isWritten) : [];
  }
  const { initializer } = loop;
  const name = isVariableDeclarationList(initializer) ? initializer.declarations[0]?.name : initializer;
  return name && isIdentifier(name) ? [name] : [];
}

function sharedAt(scopes: Scopes, loop: Loop, next: Identifier): readonly Shared[] | undefined {
  const variable = scopes.variableOf(next);
  if (!variable || variable.isExposed || variable.isWrittenByCapture || !variable.isCaptured) return undefined;
  // `for (let i = …)` makes a variable for each round.
  const isOwn = variable.kind === "let" && variable.declarations.some(each => isInside(each, loop));
  return isOwn || (variable.kind !== "var" && variable.kind !== "let") ? undefined : [{ variable, next }];
}

function isFunctionScoped(list: Node): boolean {
  return isVariableDeclarationList(list) && (list.flags & NodeFlags.BlockScoped) === 0;
}
