/** Values that are null or undefined on a way through the function to the text that they go into. */
import {
  absentLiteral,
  conditionMemory,
  findPath,
  flowRootOf,
  isGone,
  isLoop,
  NULLISH,
  nullnessOf,
  originMessage,
  quoted,
  stablePathOf,
  UNDEFINED,
  type Ask,
  type FlowGraph,
  type FlowPath,
  type Nullness,
  type NullOrigin,
  type NullValue,
  type Pass,
  type Scopes,
  type Step,
} from "@review/analysis";
import type { Expression, Node, SourceFile } from "@review/program/syntax";
import type { Found, Missing } from "./missing.ts";

/** Without types only a literal `undefined` or a variable without a value proves anything. */
export function* missingOnPath(pass: Pass, value: Expression, found: Found): Ask<Missing | undefined> {
  const { word } = found;
  const graph = yield* pass.flow(flowRootOf(value));
  const scopes = pass.scopes();
  const nullness = graph && nullnessOf(graph, scopes);
  const step = graph?.stepsOf(value)[0];
  const known = step && nullness?.before(step, value);
  if (!graph || !nullness || !known) return undefined;
  const context = { graph, scopes, nullness };
  const origin = known.origins.find(
    each =>
      isProof(each, found) &&
      !(each.kind === "unassigned" && isFilledByLoop(scopes, value)) &&
      (valuesOf(each) & known.values) !== 0 &&
      (isGone(known) || pathFrom(context, known, each, step) !== undefined),
  );
  return origin && { word: wordFor(known, word), at: origin.at, because: becauseOf(origin, pass.file.sourceFile) };
}

/** A number that is not truthy may be 0, so that a test of one says little. */
function isProof({ kind }: NullOrigin, { word, mayBeFalsy }: Found): boolean {
  if (kind === "tested" && mayBeFalsy) return false;
  return word !== "unknown" || kind === "assigned" || kind === "unassigned";
}

/** Whether only a loop before the text assigns the variable: nobody can tell whether it may find nothing. */
function isFilledByLoop(scopes: Scopes, value: Expression): boolean {
  const writes = scopes.variableOf(value)?.references.filter(({ isWritten }) => isWritten) ?? [];
  return writes.length > 0 && writes.every(({ node }) => loopWithout(node, value) !== undefined);
}

function loopWithout(write: Node, value: Node): Node | undefined {
  for (let at = write; at.parent; at = at.parent) {
    if (isLoop(at)) return at.pos <= value.pos && value.end <= at.end ? undefined : at;
  }
  return undefined;
}

function wordFor({ values }: NullValue, word: Found["word"]): Missing["word"] {
  if (word !== "unknown") return word === "undefined" ? "undefined" : "null";
  return (values & UNDEFINED) !== 0 ? "undefined" : "null";
}

/** What an origin makes of a value, of which a test may have left nothing. */
function valuesOf({ at, kind }: NullOrigin): number {
  if (kind === "unassigned" || kind === "chain") return UNDEFINED;
  return kind === "assigned" ? (absentLiteral(at) ?? NULLISH) : NULLISH;
}

interface Context {
  readonly graph: FlowGraph;
  readonly scopes: Scopes;
  readonly nullness: Nullness;
}

/** A way from what made the value absent to the text, on which nothing gives it another one and no test contradicts. */
function pathFrom(context: Context, known: NullValue, origin: NullOrigin, to: Step): FlowPath | undefined {
  const { graph, scopes } = context;
  const memory = conditionMemory(graph, scopes, "all");
  const isOf = (step: Step): boolean => writes(step) && stablePathOf(scopes, step.node)?.key === known.path.key;
  const query = { to: (step: Step) => step === to, ...(memory && { memory }) };
  if (origin.kind === "tested") return pathBehindTest(context, known, origin, query);
  const makers = graph.blocks
    .filter(({ isReachable }) => isReachable)
    .flatMap(({ steps }) => steps.filter(isOf))
    .filter(step => context.nullness.solution.after(step)?.get(known.path.key)?.origins.includes(origin));
  for (const from of makers) {
    const path = findPath(graph, { ...query, from, avoiding: isOf });
    if (path) return path;
  }
  return makers.length === 0 ? findPath(graph, { ...query, avoiding: isOf }) : undefined;
}

function writes({ kind }: Step): boolean {
  return kind === "bind" || kind === "write" || kind === "set";
}

type Query = Parameters<typeof findPath>[1];

function pathBehindTest(
  { graph, nullness }: Context,
  known: NullValue,
  origin: NullOrigin,
  query: Query,
): FlowPath | undefined {
  for (const block of graph.blocks) {
    for (const edge of block.isReachable ? block.next : []) {
      const gone = edge.kind === "next" ? undefined : nullness.behind(edge)?.get(known.path.key);
      if (!gone || !isGone(gone) || !gone.origins.includes(origin)) continue;
      const path = findPath(graph, {
        ...query,
        through: step => step.block === block,
        follows: each => each.from !== block || each === edge,
      });
      if (path) return path;
    }
  }
  return undefined;
}

function becauseOf(origin: NullOrigin, sourceFile: SourceFile): string {
  return (
    originMessage(origin, sourceFile) ??
    `Here ${quoted(origin.at, sourceFile)} is found to be missing, and the function goes on.`
  );
}
