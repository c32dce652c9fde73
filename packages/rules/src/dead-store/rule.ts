/** Reports values that a local is given and that nothing reads before it gets another, or before the function ends. */
import {
  defineRule,
  evidenceOf,
  findPath,
  hasBuildMark,
  isNeverRead,
  onEveryFlow,
  quoted,
  type FlowGraph,
  type Pass,
  type Rule,
  type Scopes,
  type Step,
  type Variable,
} from "@review/analysis";
import { isIdentifier, SyntaxKind, type BinaryExpression, type Identifier } from "@review/program/syntax";
import { isExposedByArguments, isUnseen } from "./captured.ts";
import { checkExports } from "./exports.ts";
import { hasReason, storeAt, type Store } from "./stores.ts";

const rule: Rule = defineRule({
  id: "dead-store",
  summary: "A local is given a value that no path reads before it gets another one or the function ends.",
  category: "assignments",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Use the value where it was meant to be used, or take the assignment away.",
  listen: pass => ({
    ...onEveryFlow(pass, function* (graph) {
      if (pass.file.isTest) return;
      for (const name of writtenNames(graph)) {
        const store = deadStoreAt(pass, graph, name);
        if (store && !(yield* hasReason(pass, store))) report(pass, graph, store);
      }
    }),
    [SyntaxKind.BinaryExpression](node: BinaryExpression) {
      if (node.operatorToken.kind === SyntaxKind.EqualsToken && pass.file.isJavaScript) checkExports(pass, node);
    },
  }),
});
export default rule;

/** Every name that the function binds or writes, in the order of the text. */
function writtenNames({ blocks }: FlowGraph): readonly Identifier[] {
  const names = new Set<Identifier>();
  for (const { steps, isReachable } of blocks) {
    if (!isReachable) continue;
    for (const { kind, node } of steps)
      if ((kind === "write" || kind === "bind") && isIdentifier(node)) names.add(node);
  }
  return [...names].sort((one, other) => one.pos - other.pos);
}

function deadStoreAt(pass: Pass, graph: FlowGraph, name: Identifier): Store | undefined {
  const scopes = pass.scopes();
  const variable = scopes.variableOf(name);
  const store = variable && isLocal(graph, scopes, variable) ? storeAt(name, variable) : undefined;
  if (!store) return undefined;
  // A `finally` that is left in several ways has a copy of its steps for each.
  const steps = graph.stepsOf(name).filter(step => step.kind !== "read" && step.block.isReachable);
  const isDead = steps.every(step =>
    variable?.isCaptured || variable?.isExposed
      ? isUnseen(graph, scopes, variable, step)
      : isNeverRead(graph, scopes, step),
  );
  return steps.length > 0 && isDead && isReadSomewhere(graph, store) ? store : undefined;
}

function isLocal({ root }: FlowGraph, scopes: Scopes, variable: Variable): boolean {
  if (variable.root !== root || variable.isWrittenByCapture || variable.isExported) return false;
  if (variable.isExposed && !isExposedByArguments(scopes, variable)) return false;
  return !variable.name.startsWith("_") && KINDS.has(variable.kind);
}

const KINDS: ReadonlySet<Variable["kind"]> = new Set(["var", "let", "const", "parameter", "catch"]);

/** What nothing ever reads is the compiler's business, unless a later line computes the value. */
function isReadSomewhere(graph: FlowGraph, { variable, isComputed, isDeclaration }: Store): boolean {
  const reads = variable.references.filter(({ isRead, isWritten }) => isRead && !isWritten);
  // Who writes to a caught error had a use for it in mind.
  if (reads.length === 0) return variable.kind === "catch" || (isComputed && !isDeclaration);
  // A read in code that cannot be reached was switched off for now.
  return reads.every(
    ({ node, root }) => root !== graph.root || graph.stepsOf(node).some(({ block }) => block.isReachable),
  );
}

function report(pass: Pass, graph: FlowGraph, { name, value, variable }: Store): void {
  const scopes = pass.scopes();
  const { sourceFile } = pass.file;
  const from = graph.stepsOf(name).find(step => step.kind !== "read" && step.block.isReachable);
  const isNext = (step: Step): boolean =>
    (step.kind === "write" || step.kind === "bind") && scopes.variableOf(step.node) === variable;
  const path = from && findPath(graph, { from, to: isNext });
  const overwritten = path?.end && path.end.node !== name ? path.end.node : undefined;
  // `keys = …; /// #else keys = …;`: a build keeps one of the two.
  if (overwritten && hasBuildMark(pass.file.text.slice(name.end, overwritten.end))) return;
  const steps =
    overwritten && path
      ? evidenceOf(path, sourceFile, step => (step === from ? "The value is stored here." : undefined))
      : [];
  pass.report(name, {
    message: overwritten
      ? `\`${name.text}\` gets ${quoted(value, sourceFile)} here and another value before anything reads this one.`
      : `\`${name.text}\` gets ${quoted(value, sourceFile)} here, and nothing reads it afterwards.`,
    evidence: [
      ...(steps.length > 0 ? steps : [{ at: value, message: "The value is stored here." }]),
      overwritten
        ? { at: overwritten, message: "Here it is overwritten, unread." }
        : { at: name, message: "No path from here to an end of the function reads it." },
    ],
  });
}
