/** Lists of statements and of declarations: what is hoisted, what is bound, what is disposed of at the end. */
import {
  isFunctionDeclaration,
  isVariableStatement,
  NodeFlags,
  type Node,
  type Statement,
  type VariableDeclaration,
  type VariableDeclarationList,
} from "@review/program/syntax";
import { addStep, type Builder } from "./builder.ts";
import { withFinalizer } from "./jumps.ts";
import { bindName } from "./patterns.ts";

/** Builds the statements of a block: its functions exist before anything runs. */
export function executeAll(b: Builder, statements: readonly Statement[]): void {
  hoistFunctions(b, statements);
  executeInOrder(b, statements);
}

export function hoistFunctions(b: Builder, statements: readonly Statement[]): void {
  for (const statement of statements) {
    if (!isFunctionDeclaration(statement) || !statement.body) continue;
    addStep(b, "create", statement);
    if (statement.name) bindName(b, statement.name);
  }
}

export function executeInOrder(b: Builder, statements: Iterable<Statement>): void {
  executeRest(b, statements[Symbol.iterator]());
}

/** By its iterator, since the compiler's lists are slow to be asked for a place. */
function executeRest(b: Builder, rest: Iterator<Statement>): void {
  for (let at = rest.next(); !at.done; at = rest.next()) {
    const statement = at.value;
    if (isVariableStatement(statement) && isUsing(statement.declarationList)) {
      withResources(b, statement.declarationList, () => b.deeper(() => executeRest(b, rest)));
      return;
    }
    b.execute(statement);
  }
}

/** Whether declared values are disposed of at the end of their block. */
export function isUsing(list: VariableDeclarationList): boolean {
  return (list.flags & NodeFlags.Using) !== 0;
}

/** Builds declarations that need no disposal. */
export function declareAll(b: Builder, list: VariableDeclarationList): void {
  for (const declaration of list.declarations) declare(b, declaration, (list.flags & NodeFlags.BlockScoped) !== 0);
}

function declare(b: Builder, declaration: VariableDeclaration, isBlockScoped: boolean): void {
  if (declaration.initializer) b.evaluate(declaration.initializer);
  else if (!isBlockScoped) return;
  bindName(b, declaration.name);
}

/** Declares resources, builds `rest`, and disposes of them in reverse, however `rest` ends. */
export function withResources(b: Builder, list: VariableDeclarationList, rest: () => void): void {
  const from = (index: number): void => {
    const declaration = list.declarations[index];
    if (!declaration) {
      rest();
      return;
    }
    declare(b, declaration, true);
    withResource(b, declaration, () => from(index + 1));
  };
  from(0);
}

/** Builds `body` and disposes of a declared resource, however it ends. */
export function withResource(b: Builder, declaration: VariableDeclaration, body: () => void): void {
  const suspends = isAwaited(declaration.parent);
  const build = (): void => addStep(b, "dispose", declaration, { throws: true, suspends });
  withFinalizer(b, { node: declaration, isCheap: true, build }, body);
}

function isAwaited(list: Node): boolean {
  return (list.flags & NodeFlags.BlockScoped) === NodeFlags.AwaitUsing;
}
