/** Constants of one group of which one is never used, though a call names what it stands for. */
import { isAssignedOnce, wordsOf, type Scopes } from "@review/analysis";
import {
  isCallExpression,
  isIdentifier,
  isNumericLiteral,
  isStringLiteral,
  isVariableStatement,
  type CallExpression,
  type Identifier,
  type Node,
} from "@review/program/syntax";

export interface Mixed {
  /** The constant that is passed. */
  readonly at: Identifier;
  /** The one that nothing uses. */
  readonly unused: Identifier;
  /** The argument beside it that has the name of the unused one. */
  readonly beside: Node;
}

const FEWEST = 3;

/** `show(THEN, catchView)` beside `show(THEN, thenView)`, where nothing uses `CATCH`. */
export function mixedIn(statements: readonly Node[], scopes: Scopes): readonly Mixed[] {
  const found: Mixed[] = [];
  for (const group of groupsIn(statements)) {
    const unused = group.filter(name => scopes.variableOf(name)?.references.length === 0);
    const [only] = unused;
    if (!only || unused.length > 1 || group.length < FEWEST || scopes.variableOf(only)?.isExported) continue;
    const uses = group.flatMap(name => scopes.variableOf(name)?.references.map(({ node }) => node) ?? []);
    for (const at of uses) {
      const beside = besideOf(at, only);
      if (beside) found.push({ at, unused: only, beside });
    }
  }
  return found;
}

/** Rows of constants in capitals, each with a number or text of its own. */
function groupsIn(statements: readonly Node[]): readonly (readonly Identifier[])[] {
  const groups: Identifier[][] = [];
  let group: Identifier[] = [];
  for (const statement of statements) {
    const name = constantOf(statement);
    if (name) group.push(name);
    else if (group.length > 0) {
      groups.push(group);
      group = [];
    }
  }
  return [...groups, group];
}

function constantOf(statement: Node): Identifier | undefined {
  if (!isVariableStatement(statement)) return undefined;
  const [only, more] = statement.declarationList.declarations;
  if (!only?.initializer || more || !isAssignedOnce(only)) return undefined;
  if (!isIdentifier(only.name) || only.name.text !== only.name.text.toUpperCase()) return undefined;
  return isNumericLiteral(only.initializer) || isStringLiteral(only.initializer) ? only.name : undefined;
}

/** An argument that is named as the unused constant is, and not as the one that is passed. */
function besideOf(at: Identifier, unused: Identifier): Node | undefined {
  const { parent } = at;
  if (!isCallExpression(parent) || !parent.arguments.includes(at)) return undefined;
  const others = parent.arguments.filter(argument => argument !== at);
  if (others.some(argument => isNamed(argument, at))) return undefined;
  return others.find(argument => isNamed(argument, unused) && hasFitting(parent, at));
}

/** Whether another call of the same function passes a constant of the group beside its own name. */
function hasFitting({ expression }: CallExpression, at: Identifier): boolean {
  const callee = expression.getText();
  const text = at.getSourceFile().text;
  return text.split(`${callee}(${at.text},`).length > 2;
}

function isNamed(argument: Node, constant: Identifier): boolean {
  const words = wordsOf(constant.text);
  const [head = ""] = argument.getText().match(/[\p{L}\p{N}_$]+/u) ?? [];
  const own = wordsOf(head);
  return words.length > 0 && words.every(word => word.length > 2 && own.includes(word));
}
