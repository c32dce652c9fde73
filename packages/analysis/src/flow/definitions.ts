/** Which assignments a use of a local may see, and which uses an assignment may be seen by. */
import {
  isBinaryExpression,
  isForInStatement,
  isForOfStatement,
  isParameterDeclaration,
  isVariableDeclaration,
  SyntaxKind,
  type Expression,
  type Identifier,
  type Node,
} from "@review/program/syntax";
import { wrapped } from "../helpers/nodes.ts";
import type { Block, Edge, FlowGraph, Step } from "./graph.ts";
import type { Scopes, Variable } from "./scope.ts";
import { isTarget } from "./uses.ts";

/** One place that may have given a variable its value. */
export interface Definition {
  /** The name that is bound or written; undefined for a `var` that nothing has been assigned to yet. */
  readonly node: Identifier | undefined;
  /** Undefined where it happens before the function runs, or around it. */
  readonly step: Step | undefined;
  readonly source: DefinitionSource;
}

/** `other`: part of a pattern, an update, an element of a loop, an import, an exception. */
export type DefinitionSource =
  | { readonly kind: "expression"; readonly expression: Expression }
  | { readonly kind: "undefined" | "parameter" | "declaration" | "other" };

/**
 * The definitions that may reach a read, in the order of the text. Undefined where that cannot be known: the name is
 * no local of the graph's function that keeps its only value, or code that runs at another time writes it, or the read
 * cannot be reached.
 */
export function definitionsReaching(graph: FlowGraph, scopes: Scopes, read: Node): readonly Definition[] | undefined {
  const variable = scopes.variableOf(read);
  if (!variable || variable.isExposed) return undefined;
  if (variable.root !== graph.root) return onlyDefinition(variable);
  if (variable.isWrittenByCapture) return undefined;
  const reads = graph.stepsOf(read).filter(step => step.kind === "read" && step.block.isReachable);
  if (reads.length === 0) return undefined;
  const { found, reachesEntry } = searchBack(graph, reads, step => isDefinition(scopes, variable, step));
  const definitions = [...found].sort((a, b) => a.node.pos - b.node.pos).map(definitionAt);
  return reachesEntry ? [...definedAtEntry(variable), ...definitions] : definitions;
}

/** Whether no read can see what a step writes; false also where others may see it. */
export function isNeverRead(graph: FlowGraph, scopes: Scopes, write: Step): boolean {
  return readsReached(graph, scopes, write)?.next().done === true;
}

/** The reads that may see what a step writes, found one by one; undefined where others may see it as well. */
export function readsReached(graph: FlowGraph, scopes: Scopes, write: Step): Generator<Step> | undefined {
  const variable = scopes.variableOf(write.node);
  if (!variable || variable.isExposed || variable.isExported || variable.isCaptured) return undefined;
  return variable.root === graph.root ? readsAfter(scopes, variable, write) : undefined;
}

function* readsAfter(scopes: Scopes, variable: Variable, write: Step): Generator<Step> {
  const seen = new Set<Block>();
  const queue = [{ block: write.block, index: write.index + 1 }];
  for (let at = queue.pop(); at; at = queue.pop()) {
    const blocks = yield* readsIn(scopes, variable, at);
    for (const block of blocks) {
      if (!seen.has(block)) queue.push({ block, index: 0 });
      seen.add(block);
    }
  }
}

/** Those of a block, and where evaluation can go from there with the same value. */
function* readsIn(
  scopes: Scopes,
  variable: Variable,
  { block, index }: { readonly block: Block; readonly index: number },
): Generator<Step, readonly Block[]> {
  let throws = false;
  for (const step of block.steps.slice(index)) {
    throws ||= step.throws;
    if (scopes.variableOf(step.node) !== variable) continue;
    if (step.kind === "read") yield step;
    if (step.kind === "bind" || step.kind === "write") return throws && block.failure ? [block.failure.to] : [];
  }
  const next = block.next.map(({ to }) => to);
  return throws && block.failure ? [...next, block.failure.to] : next;
}

function isDefinition(scopes: Scopes, variable: Variable, { kind, node }: Step): boolean {
  return (kind === "bind" || kind === "write") && scopes.variableOf(node) === variable;
}

interface FoundBefore {
  readonly found: ReadonlySet<Step>;
  /** Whether a way from the entry passes nothing that is sought. */
  readonly reachesEntry: boolean;
}

/** The last steps that fit before others, on all ways that lead there. */
function searchBack(graph: FlowGraph, starts: readonly Step[], isSought: (step: Step) => boolean): FoundBefore {
  const found = new Set<Step>();
  const seen = new Set<Edge | Block>();
  let reachesEntry = false;
  const queue = starts.map(({ block, index }) => ({ block, index }));
  for (let at = queue.pop(); at; at = queue.pop()) {
    const { block } = at;
    const last = block.steps.slice(0, at.index).findLast(isSought);
    if (last) {
      found.add(last);
      continue;
    }
    reachesEntry ||= block === graph.entry;
    for (const edge of block.before) {
      const { from } = edge;
      const key = edge === from.failure ? edge : from;
      if (!from.isReachable || seen.has(key)) continue;
      seen.add(key);
      if (key === from) queue.push({ block: from, index: from.steps.length });
      else if (addFailing(from, isSought, found)) queue.push({ block: from, index: 0 });
    }
  }
  return { found, reachesEntry };
}

/** Any step that throws may be the last that ran. Whether one of them comes before everything that is sought. */
function addFailing({ steps }: Block, isSought: (step: Step) => boolean, found: Set<Step>): boolean {
  let last: Step | undefined;
  let isOpen = false;
  for (const step of steps) {
    if (step.throws && last) found.add(last);
    isOpen ||= step.throws && !last;
    if (isSought(step)) last = step;
  }
  return isOpen;
}

/** A variable that is given one value, where it is declared, has that wherever it is read. */
function onlyDefinition({ declarations, references, kind }: Variable): readonly Definition[] | undefined {
  const [node, ...others] = declarations;
  if (!node || others.length > 0 || references.some(({ isWritten }) => isWritten)) return undefined;
  if (kind === "var" || kind === "let") {
    // Before the declaration runs it is undefined, and a function may be called by then.
    return undefined;
  }
  return [{ node, step: undefined, source: sourceOf(node) }];
}

function definitionAt(step: Step): Definition {
  const node = step.node as Identifier;
  return { node, step, source: sourceOf(node) };
}

/** What a variable holds when its function starts; nothing that could be read, for those that must be declared first. */
function definedAtEntry({ kind, declarations: [node] }: Variable): readonly Definition[] {
  if (kind === "var" || kind === "enum" || kind === "namespace") {
    return [{ node: undefined, step: undefined, source: { kind: "undefined" } }];
  }
  if (kind === "function" || kind === "import") {
    return [{ node, step: undefined, source: { kind: kind === "import" ? "other" : "declaration" } }];
  }
  return [];
}

function sourceOf(node: Identifier): DefinitionSource {
  const { parent } = node;
  if (isVariableDeclaration(parent)) {
    if (parent.initializer) return { kind: "expression", expression: parent.initializer };
    const statement = parent.parent.parent;
    const isGiven = isForOfStatement(statement) || isForInStatement(statement);
    return { kind: isGiven || parent.parent.kind === SyntaxKind.CatchClause ? "other" : "undefined" };
  }
  if (isParameterDeclaration(parent)) return { kind: "parameter" };
  const assignment = wrapped(node).parent;
  if (isBinaryExpression(assignment) && assignment.operatorToken.kind === SyntaxKind.EqualsToken) {
    // `a = 1` in `[a = 1] = values` is no assignment.
    return isTarget(assignment) ? { kind: "other" } : { kind: "expression", expression: assignment.right };
  }
  return { kind: DECLARATIONS.has(parent.kind) ? "declaration" : "other" };
}

const DECLARATIONS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.FunctionExpression,
  SyntaxKind.ClassDeclaration,
  SyntaxKind.ClassExpression,
  SyntaxKind.EnumDeclaration,
  SyntaxKind.ModuleDeclaration,
]);
