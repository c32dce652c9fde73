/** Functions that read a variable whose declaration has not run: called above it, or given away on a path that ends above it. */
import {
  alwaysReaches,
  canReach,
  findPath,
  flowRootOf,
  isAsync,
  type Ask,
  type FlowGraph,
  type Pass,
  type Reference,
  type Step,
  type Variable,
} from "@review/analysis";
import {
  isArrowFunction,
  isCallExpression,
  isFunctionDeclaration,
  isFunctionExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isVariableDeclaration,
  isVariableStatement,
  type FunctionLikeDeclaration,
  type Node,
  type VariableDeclaration,
} from "@review/program/syntax";

/** A function that surely reads the variable, once it is called. */
interface Reader {
  readonly fn: FunctionLikeDeclaration;
  readonly read: Node;
}

export function* checkCaptured(pass: Pass, declaration: VariableDeclaration): Ask<void> {
  const variable = pass.scopes().variableOf(declaration.name);
  if (!variable || !isLexical(variable) || !isVariableStatement(declaration.parent.parent)) return;
  const uses = variable.references.flatMap(reference => usesAbove(pass, variable, declaration, reference));
  const graph = uses.length > 0 ? yield* pass.flow(variable.root) : undefined;
  for (const use of uses) {
    const how = graph && endOf(graph, declaration.name, use.node);
    if (!how || !(yield* isCertain(pass, use.reader))) continue;
    report(pass, variable, use, how);
    return;
  }
}

function isLexical({ kind, isCaptured, isExposed, declarations }: Variable): boolean {
  return (kind === "const" || kind === "let") && isCaptured && !isExposed && declarations.length === 1;
}

/** Where a function is named, or written, in the text above the declaration. */
interface Use {
  readonly node: Node;
  readonly reader: Reader;
}

function usesAbove(
  pass: Pass,
  variable: Variable,
  declaration: Node,
  { node, root, isRead }: Reference,
): readonly Use[] {
  if (!isRead || !isFunctionLikeDeclaration(root) || flowRootOf(root.parent) !== variable.root) return [];
  const reader = { fn: root, read: node };
  const name = nameOf(root);
  if (!name) return isGiven(root) && root.end <= declaration.pos ? [{ node: root, reader }] : [];
  const references = pass.scopes().variableOf(name)?.references ?? [];
  if (references.some(each => each.isWritten)) return [];
  return references
    .filter(each => each.root === variable.root && each.node.end <= declaration.pos)
    .map(each => ({ node: each.node, reader }));
}

/** `function name() {}` and `const name = () => {}`. */
function nameOf(fn: Node): Node | undefined {
  if (isFunctionDeclaration(fn)) return fn.name;
  return isVariableDeclaration(fn.parent) && isIdentifier(fn.parent.name) ? fn.parent.name : undefined;
}

/** An argument, whoever takes it. */
function isGiven(fn: Node): boolean {
  if (!isArrowFunction(fn) && !isFunctionExpression(fn)) return false;
  return isCallExpression(fn.parent) && fn.parent.expression !== fn;
}

/** What makes the variable have no value: the call comes too early, or the path never gets to the declaration. */
function endOf(graph: FlowGraph, declared: Node, use: Node): "called" | "given" | undefined {
  const [bind, more] = graph.stepsOf(declared);
  const isCall = isCallExpression(use.parent) && use.parent.expression === use;
  const steps = graph.stepsOf(isCall ? use.parent : use).filter(({ kind }) => !isCall || kind === "call");
  if (!bind || more || steps.length === 0 || !steps.every(({ block }) => block.isReachable)) return undefined;
  if (steps.some(step => canReach(graph, bind, step))) return undefined;
  if (isCall) return "called";
  // Whoever catches what a path ends with is told why.
  return steps.every(step => !canReach(graph, step, bind) && mayReturn(graph, step)) ? "given" : undefined;
}

function mayReturn(graph: FlowGraph, from: Step): boolean {
  return findPath(graph, { from, to: "returned" }) !== undefined;
}

/** An async function that is called reads what comes before its first `await` only; a generator nothing. */
function* isCertain(pass: Pass, { fn, read }: Reader): Ask<boolean> {
  if (isAsync(fn) || fn.asteriskToken) return false;
  const graph = yield* pass.flow(fn);
  return graph !== undefined && alwaysReaches(graph, undefined, step => step.node === read);
}

function report(
  pass: Pass,
  { name, declarations: [declared] }: Variable,
  { node, reader }: Use,
  how: "called" | "given",
): void {
  const called = isIdentifier(node) ? `\`${node.text}\`` : "This function";
  pass.report(node, {
    message:
      how === "called"
        ? `${called} is called before the declaration of \`${name}\` has run, and reads it: this throws a ReferenceError.`
        : `${called} is given away on a path that ends before the declaration of \`${name}\`: to call it throws a ReferenceError.`,
    evidence: [
      { at: reader.read, message: `Here \`${name}\` is read.` },
      ...(declared ? [{ at: declared, message: "It is declared here." }] : []),
    ],
    repair: `Declare \`${name}\` further up.`,
  });
}
