/** Reports a resource that is given back only if nothing goes wrong in between, or not on every way. */
import {
  asMethodCall,
  defineRule,
  enclosingFunction,
  isInside,
  evidenceOf,
  flowRootOf,
  ownNodesOf,
  quoted,
  stablePlaceOf,
  testsAround,
  unwrapped,
  wrapped,
  type Ask,
  type FlowGraph,
  type Pass,
  type Rule,
  type Step,
  type StepKind,
} from "@review/analysis";
import {
  isAwaitExpression,
  isFunctionDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  isIfStatement,
  isVariableDeclaration,
  NodeFlags,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Expression,
  type Node,
  type VariableDeclaration,
} from "@review/program/syntax";
import { acquiredBy, bracketOf } from "./acquired.ts";
import { checkChained } from "./chained.ts";
import { endsAmong, releasesOf } from "./holding.ts";
import { leakOnThrow, leakWithoutThrow, type Held, type Leak } from "./leaks.ts";

const rule: Rule = defineRule({
  id: "unreleased-on-throw",
  summary: "A resource is given back only where nothing throws in between, or not on every way out of the function.",
  category: "resources",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Give it back in a `finally` right after it was acquired, or declare it with `using` or `await using`.",
  listen: pass => {
    if (pass.file.isTest) return {};
    return {
      *[SyntaxKind.VariableDeclaration](declaration: VariableDeclaration) {
        const { name, initializer } = declaration;
        if (initializer && mayAcquire(declaration)) yield* checkLocal(pass, name, initializer);
      },
      *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
        if (isAssignmentStatement(node) && isInFunction(node)) yield* checkLocal(pass, node.left, node.right);
      },
      *[SyntaxKind.CallExpression](call: CallExpression) {
        if (isStatement(call) && isInFunction(call)) yield* checkBracket(pass, call);
        checkChained(pass, call);
      },
    };
  },
});
export default rule;

function mayAcquire({ name, initializer, parent }: VariableDeclaration): boolean {
  if (!initializer || !isIdentifier(name) || (parent.flags & NodeFlags.Using) === NodeFlags.Using) return false;
  return VALUES.has(unwrapped(initializer).kind) && isInFunction(name);
}

/** `file = await open(path);` */
function isAssignmentStatement({ left, operatorToken, right, parent }: BinaryExpression): boolean {
  if (operatorToken.kind !== SyntaxKind.EqualsToken || !isIdentifier(left)) return false;
  return VALUES.has(unwrapped(right).kind) && parent.kind === SyntaxKind.ExpressionStatement;
}

const VALUES: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.AwaitExpression,
  SyntaxKind.CallExpression,
  SyntaxKind.NewExpression,
]);

/** At the top level, and in the function that stands for it, the process ends with the exception. */
function isInFunction(node: Node): boolean {
  const owner = enclosingFunction(node);
  return owner !== undefined && !(isFunctionDeclaration(owner) && owner.name?.text === "main");
}

function isStatement(call: CallExpression): boolean {
  const { parent } = wrapped(call);
  const outer = isAwaitExpression(parent) ? wrapped(parent).parent : parent;
  return outer.kind === SyntaxKind.ExpressionStatement;
}

/** A local that gets a resource, once, where it is declared or later. */
function* checkLocal(pass: Pass, name: Node, value: Expression): Ask<void> {
  const scopes = pass.scopes();
  const variable = scopes.variableOf(name);
  const acquired = variable && (yield* acquiredBy(pass, value));
  if (!acquired || variable.isExposed || variable.isExported || variable.root !== flowRootOf(name)) return;
  const releases = yield* releasesOf(pass, variable, name, acquired);
  if (!releases || (releases.size === 0 && !acquired.isStrict)) return;
  const graph = yield* pass.flow(flowRootOf(name));
  const from = graph && stepAt(graph, name, ["bind", "write"]);
  if (!from) return;
  const isHolder = (node: Node): boolean => scopes.variableOf(unwrapped(node)) === variable;
  const countsCalls = acquired.isGuessed !== true;
  const what = quoted(name, pass.file.sourceFile);
  yield* check(pass, { graph, from, releases, isHolder, countsCalls }, what, acquired.call);
}

function stepAt(graph: FlowGraph, node: Node, kinds: readonly StepKind[]): Step | undefined {
  return graph.stepsOf(node).find(({ kind, block }) => kinds.includes(kind) && block.isReachable);
}

function* checkBracket(pass: Pass, call: CallExpression): Ask<void> {
  const bracket = bracketOf(call);
  const scopes = pass.scopes();
  const place = bracket && stablePlaceOf(scopes, bracket.object);
  if (!bracket || !place || isWrapper(call)) return;
  const root = flowRootOf(call);
  const isSame = (object: Node): boolean => stablePlaceOf(scopes, object)?.key === place.key;
  const releases = endsAmong(ownNodesOf(root), isSame, bracket.isEnd);
  // What is asked again before the release is the same that led to it, which no path remembers across calls.
  if (isGivenBackElsewhere(call, releases) || haveCommonTest(call, releases) || isSwitchedOff(call, releases)) return;
  if (yield* isHeldHere(pass, bracket.object)) return;
  const graph = yield* pass.flow(root);
  const begins = isAwaitExpression(wrapped(call).parent) ? wrapped(call).parent : call;
  const from = graph && stepAt(graph, begins, ["await", "call"]);
  if (!from) return;
  const what = quoted(call.expression, pass.file.sourceFile);
  yield* check(pass, { graph, from, releases, isHolder: () => false, countsCalls: false }, what, call);
}

/** `const session = client.startSession()`: what leaves its transaction open leaves the session open, which is reported. */
function* isHeldHere(pass: Pass, object: Expression): Ask<boolean> {
  const variable = pass.scopes().variableOf(unwrapped(object));
  const declaration = variable?.declarations[0]?.parent;
  if (!declaration || !isVariableDeclaration(declaration) || !mayAcquire(declaration)) return false;
  const acquired = declaration.initializer && (yield* acquiredBy(pass, declaration.initializer));
  const releases = acquired && (yield* releasesOf(pass, variable, declaration.name, acquired));
  return releases !== undefined && releases.size > 0;
}

/** `startTransaction() { await this.client.startTransaction(); }`: whoever calls it has another to end it with. */
function isWrapper(call: CallExpression): boolean {
  const { name } = (enclosingFunction(call) ?? {}) as { readonly name?: Node };
  return name !== undefined && name.getText() === asMethodCall(call)?.name;
}

/** Not at all, or only before, `COMMIT`, then `BEGIN`: whoever began the transaction outside ends this one. */
function isGivenBackElsewhere(call: Node, releases: ReadonlySet<Node>): boolean {
  return [...releases].every(release => release.end <= call.pos);
}

function haveCommonTest(call: Node, releases: ReadonlySet<Node>): boolean {
  const asked = codeAround(call);
  return [...releases].some(release => codeAround(release).some(test => asked.includes(test)));
}

/** `if (isOn) lock.acquire(); else lock.release();`: it is held from one call of the function to another. */
function isSwitchedOff(call: Node, releases: ReadonlySet<Node>): boolean {
  for (let at = call; at.parent && !isFunctionLikeDeclaration(at.parent); at = at.parent) {
    const { parent } = at;
    if (!isIfStatement(parent) || parent.thenStatement !== at) continue;
    const { elseStatement } = parent;
    if (elseStatement && [...releases].every(release => isInside(release, elseStatement))) return true;
  }
  return false;
}

function codeAround(node: Node): readonly string[] {
  return testsAround(node).map(test => test.getText());
}

function* check(pass: Pass, held: Held, what: string, at: Node): Ask<void> {
  const leak = leakWithoutThrow(pass, held) ?? (yield* leakOnThrow(pass, held));
  if (!leak) return;
  const { sourceFile } = pass.file;
  const [release] = held.releases;
  const path = evidenceOf(leak.path, sourceFile, step => (step === held.from ? "It is acquired here." : undefined));
  pass.report(at, {
    message: messageOf(pass, leak, what, release),
    evidence: release ? [...path, { at: release, message: "This gives it back, and is not reached." }] : path,
  });
}

function messageOf({ file }: Pass, { thrower }: Leak, what: string, release: Node | undefined): string {
  if (!release) return `${what} is acquired here, and nothing in this function gives it back.`;
  if (!thrower) return `${what} is acquired here, and a way out of the function does not give it back.`;
  const cause = quoted(thrower.node, file.sourceFile);
  return `${what} is acquired here and not given back when ${cause} ${thrower.kind === "await" ? "rejects" : "throws"}.`;
}
