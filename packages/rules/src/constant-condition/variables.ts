/** Flags that can only have the value that they were declared with. */
import {
  findPath,
  literalValue,
  unwrapped,
  type Ask,
  type Edge,
  type Pass,
  type Reference,
  type Variable,
} from "@review/analysis";
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isIdentifier,
  isVariableDeclaration,
  isVariableStatement,
  SyntaxKind,
  type Expression,
  type Identifier,
} from "@review/program/syntax";

export interface Settled {
  readonly value: Expression;
  readonly outcome: string;
  /** What would set it, and only runs once it is set. */
  readonly latch?: Identifier;
}

/**
 * A `let` or `var` inside a function that starts as true or false and that nothing ever sets: the line that should set
 * it is missing, or it comes behind a test that it be set already. A constant is a setting.
 */
export function* settledVariable(pass: Pass, node: Expression): Ask<Settled | undefined> {
  const variable = isIdentifier(node) ? pass.scopes().variableOf(node) : undefined;
  if (!variable) return undefined;
  const made = madeObject(variable);
  return made ? { value: made, outcome: "truthy" } : yield* settledFlag(pass, variable);
}

function* settledFlag(pass: Pass, variable: Variable): Ask<Settled | undefined> {
  const start = isFlag(variable) ? startOf(variable) : undefined;
  const value = start && literalValue(unwrapped(start));
  if (!start || typeof value !== "boolean") return undefined;
  const settled = { value: start, outcome: String(value) };
  const writes = variable.references.filter(({ isWritten }) => isWritten);
  const [first] = writes;
  if (!first) return settled;
  for (const write of writes) if (!(yield* needsItself(pass, variable, value, write))) return undefined;
  return { ...settled, latch: first.node };
}

/**
 * The list that a variable is all the time, be it empty or not: `const found = []`. Who asks for an instance or a table
 * that is made once, is only careful.
 */
function madeObject(variable: Variable): Expression | undefined {
  const { kind, declarations, references, isExposed } = variable;
  // A `var` is undefined until its declaration has run.
  if ((kind !== "const" && kind !== "let") || declarations.length !== 1 || isExposed) return undefined;
  if (references.some(({ isWritten }) => isWritten)) return undefined;
  const start = startOf(variable);
  return start && isArrayLiteralExpression(unwrapped(start)) ? start : undefined;
}

function startOf({ declarations: [name] }: Variable): Expression | undefined {
  const declaration = name?.parent;
  if (!declaration || !isVariableDeclaration(declaration)) return undefined;
  return isVariableStatement(declaration.parent.parent) ? declaration.initializer : undefined;
}

function isFlag({ kind, name, root, declarations, isExposed, isExported }: Variable): boolean {
  if ((kind !== "let" && kind !== "var") || declarations.length !== 1 || isExposed || isExported) return false;
  return root.kind !== SyntaxKind.SourceFile && !SETTINGS.test(name);
}

/** Whether a plain assignment of the other value cannot run as long as the flag has its first one. */
function* needsItself(pass: Pass, variable: Variable, value: boolean, { node, root }: Reference): Ask<boolean> {
  const assignment = node.parent;
  if (!isBinaryExpression(assignment) || assignment.operatorToken.kind !== SyntaxKind.EqualsToken) return false;
  if (literalValue(unwrapped(assignment.right)) !== !value) return false;
  const graph = yield* pass.flow(root);
  const write = graph?.stepsOf(node).find(({ kind }) => kind === "write");
  if (!graph || !write?.block.isReachable) return false;
  const isOpen = ({ kind, node: tested }: Edge): boolean =>
    tested === undefined ||
    pass.scopes().variableOf(unwrapped(tested)) !== variable ||
    (kind !== "true" && kind !== "false") ||
    kind === String(value);
  return findPath(graph, { to: step => step === write, follows: isOpen }) === undefined;
}

/** Names of switches that somebody turns by hand. */
const SETTINGS = /^_|debug|verbose|enable|disable|dev|test|log|trace|dry|show|use|feature/i;
