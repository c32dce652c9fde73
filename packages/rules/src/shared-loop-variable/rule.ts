/** Reports loops whose variable is not the round's own, though a function made for later, or a loop inside, takes it for that. */
import {
  canReach,
  defineRule,
  enclosingFunction,
  isInside,
  memberName,
  ownNodesOf,
  type Ask,
  type FlowGraph,
  type Pass,
  type ReportedFix,
  type Rule,
  type Variable,
} from "@review/analysis";
import {
  isVariableDeclarationList,
  NodeFlags,
  SyntaxKind,
  type ForInStatement,
  type ForOfStatement,
  type ForStatement,
  type Node,
} from "@review/program/syntax";
import { keptFor, type Keeping } from "./keeping.ts";
import { checkReused } from "./reused.ts";
import { sharedIn, type Shared } from "./shared.ts";

type Loop = ForStatement | ForInStatement | ForOfStatement;

const rule: Rule = defineRule({
  id: "shared-loop-variable",
  summary:
    "A loop's variable is shared by all rounds, and a function made for later reads it, or a loop inside counts it anew.",
  category: "control-flow",
  severity: "error",
  preset: "preview",
  since: "0.1.0",
  repair: "Declare the variable with `let` or `const` in the loop, so that each round has its own.",
  listen: pass => ({
    *[SyntaxKind.ForStatement](loop: ForStatement) {
      yield* check(pass, loop);
      yield* checkReused(pass, loop);
    },
    [SyntaxKind.ForInStatement]: (loop: ForInStatement) => check(pass, loop),
    [SyntaxKind.ForOfStatement]: (loop: ForOfStatement) => check(pass, loop),
  }),
});
export default rule;

function* check(pass: Pass, loop: Loop): Ask<void> {
  for (const shared of sharedIn(pass.scopes(), loop)) {
    const seen = new Set<Node>();
    for (const { node, isRead, root } of shared.variable.references) {
      if (!isRead || root === shared.variable.root || !isInside(node, loop.statement)) continue;
      const fn = madeFunction(node, shared);
      if (!fn || seen.has(fn) || !isInside(fn, loop.statement)) continue;
      seen.add(fn);
      yield* checkFunction(pass, loop, shared, { fn, read: node });
    }
  }
}

/** The function around a use that the loop itself makes. */
function madeFunction(use: Node, { variable }: Shared): Node | undefined {
  let made: Node | undefined;
  for (let fn = enclosingFunction(use); fn && fn !== variable.root; fn = enclosingFunction(fn)) made = fn;
  return made;
}

interface Use {
  readonly fn: Node;
  readonly read: Node;
}

function* checkFunction(pass: Pass, loop: Loop, shared: Shared, { fn, read }: Use): Ask<void> {
  const kept = yield* keptFor(pass, loop, fn);
  const graph = kept && (yield* pass.flow(shared.variable.root));
  if (!kept || !graph || mayRunMeanwhile(graph, loop) || !goesOn(graph, fn, shared)) return;
  report(pass, loop, shared, { read, kept });
}

/** Whether other code may run between two rounds: the function may have been called before the next one. */
function mayRunMeanwhile({ blocks }: FlowGraph, loop: Loop): boolean {
  return (
    blocks.some(({ steps }) => steps.some(({ suspends, node }) => suspends && isInside(node, loop))) ||
    [...ownNodesOf(loop.statement)].some(node => STARTS.test(memberName(node) ?? ""))
  );
}

const STARTS = /^(?:emit|dispatchEvent|dispatch|trigger|fire|click|send|flush|run|tick|advanceTimersByTime)$/;

/** Whether another round may follow the one that makes the function: not where it is the last, behind which `break` stands. */
function goesOn(graph: FlowGraph, fn: Node, { next }: Shared): boolean {
  const made = graph.stepsOf(fn).filter(({ kind }) => kind === "create");
  const changes = graph.stepsOf(next).filter(({ kind }) => kind === "bind" || kind === "write");
  return made.some(from => from.block.isReachable && changes.some(to => canReach(graph, from, to)));
}

function report(
  pass: Pass,
  loop: Loop,
  shared: Shared,
  { read, kept }: { readonly read: Node; readonly kept: Keeping },
): void {
  const { name } = shared.variable;
  pass.report(read, {
    message: `All rounds of the loop share \`${name}\`: by the time that this function runs, it has the value of the last one.`,
    evidence: [
      { at: shared.next, message: `Each round gives \`${name}\` another value.` },
      { at: kept.at, message: kept.message },
    ],
    fixes: fixesFor(pass, shared, loop),
  });
}

/** `let` for `var`, where nothing outside of the loop uses what is declared. */
function fixesFor(pass: Pass, { variable }: Shared, loop: Loop): readonly ReportedFix[] {
  const list = variable.declarations[0]?.parent.parent;
  if (!list || !isVariableDeclarationList(list) || list.flags & NodeFlags.BlockScoped || !isInside(list, loop))
    return [];
  if (!list.declarations.every(({ name }) => isOnlyIn(loop, pass.scopes().variableOf(name)))) return [];
  const start = list.getStart();
  const edits = [{ at: { start, end: start + "var".length }, text: "let" }];
  return [{ title: `Declare \`${variable.name}\` with \`let\``, safety: "suggested", edits }];
}

function isOnlyIn(loop: Loop, variable: Variable | undefined): boolean {
  return variable?.declarations.length === 1 && variable.references.every(({ node }) => isInside(node, loop));
}
