/** Flags that can only have the value that they were declared with. */
import { literalValue, unwrapped, type Pass, type Variable } from "@review/analysis";
import {
  isIdentifier,
  isVariableDeclaration,
  isVariableStatement,
  SyntaxKind,
  type Expression,
} from "@review/program/syntax";

export interface Settled {
  readonly value: Expression;
  readonly outcome: string;
}

/**
 * A `let` or `var` inside a function that starts as true or false and that nothing ever sets: the line that should set
 * it is missing. A constant is a setting.
 */
export function settledVariable(pass: Pass, node: Expression): Settled | undefined {
  const variable = isIdentifier(node) ? pass.scopes().variableOf(node) : undefined;
  if (!variable || !isFlag(variable)) return undefined;
  const [name] = variable.declarations;
  const declaration = name?.parent;
  if (!declaration || !isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  if (!isVariableStatement(declaration.parent.parent)) return undefined;
  const value = literalValue(unwrapped(declaration.initializer));
  if (typeof value !== "boolean") return undefined;
  return { value: declaration.initializer, outcome: String(value) };
}

function isFlag({ kind, name, root, declarations, references, isExposed, isExported }: Variable): boolean {
  if ((kind !== "let" && kind !== "var") || declarations.length !== 1 || isExposed || isExported) return false;
  if (root.kind === SyntaxKind.SourceFile || SETTINGS.test(name)) return false;
  return !references.some(({ isWritten }) => isWritten);
}

/** Names of switches that somebody turns by hand. */
const SETTINGS = /^_|debug|verbose|enable|disable|dev|test|log|trace|dry|show|use|feature/i;
