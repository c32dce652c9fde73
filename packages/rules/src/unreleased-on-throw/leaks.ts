/** The ways out of a function on which a resource is not given back. */
import {
  asMethodCall,
  conditionMemory,
  findPath,
  isGlobal,
  literalValue,
  unwrapped,
  type Ask,
  type FlowGraph,
  type FlowPath,
  type Pass,
  type Step,
  type StepKind,
} from "@review/analysis";
import {
  isAwaitExpression,
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isNewExpression,
  isTaggedTemplateExpression,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";

/** What is held, from which step on, and what gives it back. */
export interface Held {
  readonly graph: FlowGraph;
  readonly from: Step;
  readonly releases: ReadonlySet<Node>;
  /** The local that holds it, if one does: where that is null, there is nothing to give back. */
  readonly isHolder: (node: Node) => boolean;
  /** Whether calls that throw at once count beside rejections. */
  readonly countsCalls: boolean;
}

export interface Leak {
  readonly path: FlowPath;
  /** The step that throws, where the way leads over an exception. */
  readonly thrower: Step | undefined;
}

/** Exceptions that are tried, at most, before the search gives up. */
const MOST_TRIES = 40;

/** A way that ends well without a release. */
export function leakWithoutThrow(pass: Pass, held: Held): Leak | undefined {
  const path = pathOut(pass, held, "returned", () => false);
  return path && { path, thrower: undefined };
}

/** A way over an exception that something proves likely, to either end of the function; rejections come first. */
export function* leakOnThrow(pass: Pass, held: Held): Ask<Leak | undefined> {
  const harmless = new Set<Step>();
  const leak = yield* leakOver(pass, held, ASYNCHRONOUS, harmless);
  return leak ?? (held.countsCalls ? yield* leakOver(pass, held, THROWERS, harmless) : undefined);
}

const ASYNCHRONOUS: ReadonlySet<StepKind> = new Set(["await", "throw", "advance", "iterate"]);
const THROWERS: ReadonlySet<StepKind> = new Set([...ASYNCHRONOUS, "call"]);

function* leakOver(pass: Pass, held: Held, kinds: ReadonlySet<StepKind>, harmless: Set<Step>): Ask<Leak | undefined> {
  const throws = (step: Step): boolean => kinds.has(step.kind) && !harmless.has(step);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const path = pathOut(pass, held, "thrown", throws) ?? pathOut(pass, held, "returned", throws);
    const throwers = path?.stops.flatMap(stop => (stop.kind === "throw" ? [stop.step] : [])) ?? [];
    let isLikely = true;
    for (const step of throwers) {
      if (yield* isLikelyToThrow(pass, held, step)) continue;
      harmless.add(step);
      isLikely = false;
    }
    if (!path || throwers.length === 0) return undefined;
    if (isLikely) return { path, thrower: throwers[0] };
  }
  return undefined;
}

function pathOut(
  pass: Pass,
  { graph, from, releases, isHolder }: Held,
  to: "returned" | "thrown",
  throws: (step: Step) => boolean,
): FlowPath | undefined {
  const memory = conditionMemory(graph, pass.scopes());
  return findPath(graph, {
    ...{ from, to, throws },
    ...(memory && { memory }),
    avoiding: ({ node }) => releases.has(node),
    follows: ({ kind, node }) =>
      kind !== "abandon" && !((kind === "false" || kind === "nullish") && node !== undefined && isHolder(node)),
  });
}

/** A rejection that nothing rules out, or an exception that something proves. */
function* isLikelyToThrow(pass: Pass, held: Held, step: Step): Ask<boolean> {
  const { kind, node } = step;
  if (kind === "throw") return true;
  if (kind === "await") return isAwaitExpression(node) && (yield* isLikelyToReject(pass, held, node.expression));
  if (kind === "advance" || kind === "iterate") return step.suspends;
  return (
    kind === "call" &&
    isCallLike(node) &&
    !isTried(node) &&
    !(yield* isQuietGlobal(pass, node)) &&
    (yield* isKnownToThrow(pass, node))
  );
}

/** `Buffer.alloc(16)`, `new URL("http://localhost")`: what is made of literals alone throws at once or never. */
function isTried(node: CallLike): boolean {
  if (isTaggedTemplateExpression(node) || !MAKERS.test(node.expression.getText())) return false;
  return (node.arguments ?? []).every(argument => literalValue(unwrapped(argument)) !== undefined);
}

const MAKERS = /^(?:Buffer\.(?:alloc|allocUnsafe|from)|BigInt|RegExp|URL|ArrayBuffer|\w+Array|Text(?:De|En)coder)$/;

function* isKnownToThrow(pass: Pass, node: CallLike): Ask<boolean> {
  const callee = yield* pass.summaries.calleeOf(node);
  if (callee.kind === "model") return callee.facts.throws === "yes";
  // What a function that the caller passed does is the caller's business, to fail as well.
  if (callee.kind === "parameter") return true;
  if (callee.kind !== "function" || !isFunctionLikeDeclaration(callee.fn)) return false;
  return (yield* pass.summaries.ask(callee.fn, "throws")).verdict === "yes";
}

/** `await once(socket, "connect")` rejects where the socket failed, which closes it. */
function isOwnError({ isHolder }: Held, awaited: Node): boolean {
  if (!isCallExpression(awaited)) return false;
  const method = asMethodCall(awaited);
  // `await runner.connect()` that rejects has got nothing that could be given back.
  if (method && /^(?:connect|open)$/.test(method.name) && isHolder(method.object)) return true;
  if (!/(?:^|\.)once$/.test(awaited.expression.getText())) return false;
  return awaited.arguments[0] !== undefined && isHolder(awaited.arguments[0]);
}

type CallLike = Parameters<Pass["summaries"]["calleeOf"]>[0];

function isCallLike(node: Node): node is CallLike {
  return isCallExpression(node) || isNewExpression(node) || isTaggedTemplateExpression(node);
}

function* isQuietGlobal(pass: Pass, node: Node): Ask<boolean> {
  if (!isNewExpression(node) || !isIdentifier(node.expression)) return false;
  return yield* isGlobal(pass.checker, node.expression, "Promise");
}

function* isLikelyToReject(pass: Pass, held: Held, awaited: Node): Ask<boolean> {
  if (awaited.kind === SyntaxKind.NumericLiteral || isOwnError(held, awaited)) return false;
  return (yield* pass.summaries.ask(awaited, "rejects")).verdict !== "no";
}
