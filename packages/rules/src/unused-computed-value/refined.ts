/** Locals that are only ever refined: each value is made out of the one before, and nobody takes the last. */
import {
  canReach,
  isDiscarded,
  isLoop,
  isNeverRead,
  nodesOf,
  unwrapped,
  wrapped,
  type Ask,
  type FlowGraph,
  type Pass,
  type Reference,
  type Step,
  type Variable,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isVariableDeclaration,
  SyntaxKind,
  type BinaryExpression,
  type Identifier,
  type Node,
} from "@review/program/syntax";

/** The last refinement of a local whose every read is part of one: `let key = f(name); key = trim(key);`. */
export function refinedForNothing(pass: Pass, name: Identifier): BinaryExpression | undefined {
  const variable = pass.scopes().variableOf(name);
  if (!variable || !isPlain(variable) || variable.references.length === 0) return undefined;
  const reads = variable.references.filter(({ isRead }) => isRead);
  if (reads.length === 0 || !reads.every(({ node }) => feedsItself(node, variable, pass))) return undefined;
  return lastAssignmentTo(variable);
}

function isPlain({ declarations, root, isExposed, isExported, isCaptured, name }: Variable): boolean {
  if (declarations.length > 1 || isExposed || isExported || isCaptured || name.startsWith("_")) return false;
  return root.kind !== SyntaxKind.SourceFile;
}

/** Whether a read stands in the right side of an assignment to the same variable, whose value nobody takes. */
function feedsItself(read: Node, variable: Variable, pass: Pass): boolean {
  for (let at = read; at.parent && !isStatement(at); at = at.parent) {
    const { parent } = at;
    // What is called round by round may do its work beside the value.
    if (isCallExpression(parent) && isInLoopOf(variable, parent)) return false;
    if (!isPlainAssignment(parent) || parent.right !== at) continue;
    // In `v = table[i] = …` somebody else takes the value too.
    if ([...nodesOf(parent.right)].some(isPlainAssignment)) return false;
    return isDiscarded(parent) && pass.scopes().variableOf(unwrapped(parent.left)) === variable;
  }
  return false;
}

/** Whether a loop around a place goes on with the value of the round before. */
function isInLoopOf({ declarations: [name] }: Variable, node: Node): boolean {
  for (let at = node.parent; at.parent && !isFunctionLikeDeclaration(at); at = at.parent) {
    if (isLoop(at)) return name === undefined || name.pos < at.pos || name.end > at.end;
  }
  return false;
}

function isStatement({ kind }: Node): boolean {
  return /Statement$|^Block$|Declaration$|Function/.test(SyntaxKind[kind]);
}

function isPlainAssignment(node: Node): node is BinaryExpression {
  return isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken;
}

export interface Alias {
  /** What the local was declared as another name of. */
  readonly source: Identifier;
  readonly assignment: BinaryExpression;
  readonly use: Node;
}

/**
 * `let address = url; …; address = resolve(address); send(url)`: a local that starts as another name of a parameter
 * gets its last value for nothing, while the parameter is used after it.
 */
export function* aliasForNothing(pass: Pass, name: Identifier): Ask<Alias | undefined> {
  const variable = pass.scopes().variableOf(name);
  const source = variable && isPlain(variable) ? sourceOf(pass, name) : undefined;
  const assignment = variable && source && lastAssignmentTo(variable);
  if (!source || !assignment || !isDiscarded(assignment)) return undefined;
  const use = yield* useBehind(pass, variable, assignment, source);
  return use && { source: source.name, assignment, use };
}

/** A use of the parameter behind the last assignment to the local, where nothing reads what that assigns. */
function* useBehind(
  pass: Pass,
  { root }: Variable,
  assignment: BinaryExpression,
  { references }: Source,
): Ask<Node | undefined> {
  const graph = yield* pass.flow(root);
  const step = graph?.stepsOf(unwrapped(assignment.left)).find(({ kind }) => kind === "write");
  if (!graph || !step || !isNeverRead(graph, pass.scopes(), step)) return undefined;
  return references.find(each => each.node.pos > assignment.end && isUsedBehind(graph, step, each))?.node;
}

function lastAssignmentTo({ references }: Variable): BinaryExpression | undefined {
  const last = references.findLast(({ isWritten }) => isWritten);
  const assignment = last && wrapped(last.node).parent;
  return assignment && isPlainAssignment(assignment) ? assignment : undefined;
}

interface Source {
  readonly name: Identifier;
  readonly references: readonly Reference[];
}

/** The parameter that a local is declared as another name of, where nothing writes it. */
function sourceOf(pass: Pass, { parent: declaration }: Identifier): Source | undefined {
  if (!isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  const name = unwrapped(declaration.initializer);
  const origin = isIdentifier(name) ? pass.scopes().variableOf(name) : undefined;
  if (!isIdentifier(name) || origin?.kind !== "parameter") return undefined;
  const { references } = origin;
  return references.some(({ isWritten }) => isWritten) ? undefined : { name, references };
}

/** In the function itself, or in one that is created behind the assignment. */
function isUsedBehind(graph: FlowGraph, from: Step, { node }: Reference): boolean {
  for (let at: Node = node; at.parent; at = at.parent) {
    const steps = graph.stepsOf(at).filter(({ kind }) => kind === "read" || kind === "create");
    if (steps.length > 0) return steps.some(step => canReach(graph, from, step));
  }
  return false;
}
