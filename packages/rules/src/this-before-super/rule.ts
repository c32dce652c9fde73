/** Reports constructors of derived classes that use `this` before `super()`, end without it, or call it twice. */
import {
  defineRule,
  findPath,
  nodesOf,
  ownNodesOf,
  quoted,
  type Ask,
  type FlowGraph,
  type Pass,
  type Rule,
  type Step,
} from "@review/analysis";
import {
  isArrowFunction,
  isCallExpression,
  isClassLikeDeclaration,
  isFunctionLikeDeclaration,
  isReturnStatement,
  SyntaxKind,
  type ConstructorDeclaration,
  type Node,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "this-before-super",
  summary:
    "The constructor of a derived class uses `this` before `super()`, ends without having called it, or calls it twice.",
  category: "classes",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Call `super()` first and once, on every path.",
  listen: pass => ({
    [SyntaxKind.Constructor]: (node: ConstructorDeclaration) => check(pass, node),
  }),
});
export default rule;

function* check(pass: Pass, node: ConstructorDeclaration): Ask<void> {
  if (!node.body || !isDerived(node)) return;
  const calls = [...ownNodesOf(node.body)].filter(isSuperCall);
  // What the compiler sees for itself: `this` before `super()`, and no `super()` at all.
  if (isOfNull(node)) {
    if (calls.length > 0) {
      reportNull(pass, calls);
      return;
    }
  } else if (calls.length === 0 && (pass.file.isChecked || hasInner(node))) return;
  const graph = yield* pass.flow(node);
  if (!graph) return;
  const use = pass.file.isChecked ? undefined : earlyUse(graph, node);
  if (use) {
    pass.report(use, {
      message: `\`${use.getText()}\` does not exist before \`super()\` has been called: this throws a ReferenceError.`,
      evidence: calls.slice(0, 1).map(at => ({ at, message: "The object comes into being only here." })),
    });
    return;
  }
  if (!reportSecond(pass, graph, calls)) reportMissing(pass, graph, node, calls[0]);
}

/** A path from one `super()` that has made the object to another one, or to the same in the next round of a loop. */
function reportSecond(pass: Pass, graph: FlowGraph, calls: readonly Node[]): boolean {
  for (const first of calls) {
    for (const from of graph.stepsOf(first).filter(isMade)) {
      const second = findPath(graph, { from, to: isMade })?.end;
      if (!second) continue;
      pass.report(second.node, {
        message: "`super()` has made the object on this path already: to call it again throws a ReferenceError.",
        evidence: [{ at: first, message: first === second.node ? "Each round calls it." : "This is the first call." }],
      });
      return true;
    }
  }
  return false;
}

function isDerived({ parent }: ConstructorDeclaration): boolean {
  return parentOf(parent) !== undefined;
}

function parentOf(node: Node): Node | undefined {
  if (!isClassLikeDeclaration(node)) return undefined;
  return node.heritageClauses?.find(({ token }) => token === SyntaxKind.ExtendsKeyword)?.types[0];
}

/** `extends null`: there is nothing that `super()` could call, and no object without it. */
function isOfNull({ parent }: ConstructorDeclaration): boolean {
  return parentOf(parent)?.getText() === "null";
}

function reportNull(pass: Pass, [call]: readonly Node[]): void {
  // The compiler knows.
  if (!call || pass.file.isChecked) return;
  pass.report(call, {
    message: "The class extends `null`, which has no constructor: `super()` throws a TypeError.",
    evidence: [{ at: call, message: "There is nothing to call here." }],
    repair: "Leave out `extends null`, or return an object: `return Object.create(new.target.prototype)`.",
  });
}

function isSuperCall(node: Node): boolean {
  return isCallExpression(node) && node.expression.kind === SyntaxKind.SuperKeyword;
}

/** Whether an arrow function inside calls `super()`, at a time that the text does not show. */
function hasInner(node: ConstructorDeclaration): boolean {
  return [...nodesOf(node)].some(isSuperCall);
}

/** The first place that needs the object while a path has not made it. */
function earlyUse(graph: FlowGraph, root: ConstructorDeclaration): Node | undefined {
  if (!root.body) return undefined;
  for (const node of ownNodesOf(root.body)) {
    if (!needsObject(node) || isInArrow(node, root)) continue;
    const steps = stepsAround(graph, node);
    if (steps.some(step => isReachedBare(graph, step))) return node;
  }
  return undefined;
}

/** `this`, and `super` for its members. */
function needsObject({ kind, parent }: Node): boolean {
  return kind === SyntaxKind.ThisKeyword || (kind === SyntaxKind.SuperKeyword && !isCallExpression(parent));
}

/** The steps of the smallest expression around a node that has some. */
function stepsAround(graph: FlowGraph, node: Node): readonly Step[] {
  for (let at = node.parent; !isFunctionLikeDeclaration(at); at = at.parent) {
    if (isSuperCall(at)) return graph.stepsOf(at);
    const steps = graph.stepsOf(at);
    if (steps.length > 0) return steps;
  }
  return [];
}

function isReachedBare(graph: FlowGraph, sought: Step): boolean {
  const path = findPath(graph, { to: step => step === sought, avoiding: step => step !== sought && isMade(step) });
  return path !== undefined;
}

function isMade({ kind, node }: Step): boolean {
  return kind === "call" && isSuperCall(node);
}

/** `this` of an arrow function is needed only when that is called. */
function isInArrow(node: Node, root: Node): boolean {
  for (let at = node; at !== root; at = at.parent) if (isArrowFunction(at)) return true;
  return false;
}

function reportMissing(pass: Pass, graph: FlowGraph, node: ConstructorDeclaration, call: Node | undefined): void {
  const path = findPath(graph, {
    to: "returned",
    avoiding: step => isMade(step) || (isReturnStatement(step.node) && step.node.expression !== undefined),
  });
  if (!path || hasInnerCallOnly(node, call)) return;
  const branch = path.stops.findLast(
    stop => stop.kind === "edge" && (stop.edge.kind === "true" || stop.edge.kind === "false"),
  );
  const place = branch?.kind === "edge" ? branch.edge.node : undefined;
  const { sourceFile } = pass.file;
  const start = node.getStart(sourceFile);
  pass.report(
    { start, end: start + "constructor".length },
    {
      message: "A path through this constructor ends without `super()`: to make the object throws a ReferenceError.",
      evidence: [
        ...(place && branch?.kind === "edge"
          ? [{ at: place, message: `${quoted(place, sourceFile)} is ${branch.edge.kind}.` }]
          : []),
        ...(call ? [{ at: call, message: "Another path calls it." }] : []),
      ],
    },
  );
}

function hasInnerCallOnly(node: ConstructorDeclaration, call: Node | undefined): boolean {
  return call === undefined && hasInner(node);
}
