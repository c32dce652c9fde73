/** Reports shared state that is tested or read, and written on the strength of that after an `await`. */
import {
  asMethodCall,
  defineRule,
  evidenceOf,
  flowRootOf,
  isAsync,
  isFlowRoot,
  nodesOf,
  ownNodesOf,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isAssignmentOperator,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isFunctionDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isPropertyAccessExpression,
  ModifierFlags,
  SyntaxKind,
  type FunctionDeclaration,
  type FunctionLikeDeclaration,
  type MethodDeclaration,
  type Node,
} from "@review/program/syntax";
import { isHarmful, racesIn, type Race } from "./races.ts";
import { lostUpdate, type LostUpdate } from "./updates.ts";

const rule: Rule = defineRule({
  id: "check-then-act-across-await",
  summary:
    "Shared state is tested or read, then awaited, and then written as if nothing could have changed it meanwhile.",
  category: "concurrency",
  severity: "warning",
  preset: "preview",
  since: "0.1.0",
  repair:
    "Set the guard before the `await`, test again after it, keep the promise instead of its result, or read the state after the `await`.",
  listen: pass => {
    if (pass.file.isTest) return {};
    const listener = (fn: FunctionLikeDeclaration): Ask<void> | undefined =>
      isAsync(fn) && isFlowRoot(fn) && !isSerialised(fn) && !isCalledOnce(pass, fn) ? check(pass, fn) : undefined;
    return {
      [SyntaxKind.FunctionDeclaration]: listener,
      [SyntaxKind.FunctionExpression]: listener,
      [SyntaxKind.ArrowFunction]: listener,
      [SyntaxKind.MethodDeclaration]: listener,
    };
  },
});
export default rule;

/** Whether something around or in a function lets only one caller in at a time, by its name. */
function isSerialised(fn: FunctionLikeDeclaration): boolean {
  for (let at: Node = fn; at.parent; at = at.parent) {
    if (isCallExpression(at) && LOCKS.test(at.expression.getText())) return true;
    // What hangs on the end of a chain of promises waits for its turn.
    if (isAsyncStep(at)) return true;
  }
  if (isFunctionDeclaration(fn) && fn.name?.text === "main") return true;
  return [...ownNodesOf(fn)].some(node => isCallExpression(node) && LOCKS.test(nameOf(node.expression)));
}

/** A helper that one place calls: whether two calls of it may overlap, only that place could tell. */
function isCalledOnce(pass: Pass, fn: FunctionLikeDeclaration): boolean {
  const uses = isFunctionDeclaration(fn) ? usesOfFunction(pass, fn) : usesOfMethod(fn);
  return uses?.length === 1 && uses.every(use => isCallExpression(use.parent) && use.parent.expression === use);
}

/** Undefined where other modules may call it too. */
function usesOfFunction(pass: Pass, fn: FunctionDeclaration): readonly Node[] | undefined {
  const variable = fn.name && pass.scopes().variableOf(fn.name);
  if (!variable || variable.isExported || variable.isExposed) return undefined;
  return (fn.modifierFlags & ModifierFlags.Export) === 0 ? variable.references.map(({ node }) => node) : undefined;
}

function usesOfMethod(fn: FunctionLikeDeclaration): readonly Node[] | undefined {
  if (!isMethodDeclaration(fn) || !isPrivate(fn)) return undefined;
  const name = fn.name.getText();
  return [...nodesOf(fn.parent)].filter(node => isPropertyAccessExpression(node) && node.name.text === name);
}

function isPrivate(fn: MethodDeclaration): boolean {
  return (fn.modifierFlags & ModifierFlags.Private) !== 0 || fn.name.kind === SyntaxKind.PrivateIdentifier;
}

function isAsyncStep(node: Node): boolean {
  return isCallExpression(node) && asMethodCall(node)?.name === "then";
}

const LOCKS =
  /lock|mutex|semaphore|exclusive|acquire|serial|enqueue|queue\.add|throttle|debounce|singleton|memoi[sz]e|\bonce\b/i;

function nameOf(callee: Node): string {
  const target = unwrapped(callee);
  if (isIdentifier(target)) return target.text;
  return isCallExpression(target.parent) ? (asMethodCall(target.parent)?.name ?? "") : "";
}

function* check(pass: Pass, fn: FunctionLikeDeclaration): Ask<void> {
  const nodes = [...ownNodesOf(fn)];
  if (!nodes.some(node => isAwaitExpression(node) || node.kind === SyntaxKind.ForOfStatement)) return;
  const graph = isFlowRoot(fn) ? yield* pass.flow(fn) : undefined;
  if (!graph) return;
  const scopes = pass.scopes();
  for (const node of nodes) {
    if (!isBinaryExpression(node) || !isAssignmentOperator(node.operatorToken.kind) || flowRootOf(node) !== fn)
      continue;
    const update = lostUpdate(graph, scopes, node);
    if (update) reportUpdate(pass, update);
  }
  for (const race of racesIn(graph, scopes)) if (isHarmful(scopes, race)) reportRace(pass, race);
}

function reportUpdate(pass: Pass, { assignment, read, wait }: LostUpdate): void {
  const what = quoted(assignment.left, pass.file.sourceFile);
  pass.report(assignment, {
    message: `${what} is read before the \`await\` and written after it: what other calls wrote meanwhile is lost.`,
    evidence: [
      { at: read, message: "The old value is read here." },
      { at: wait, message: "Other code runs while this waits." },
    ],
  });
}

function reportRace(pass: Pass, { test, wait, act, learnt, path }: Race): void {
  const { sourceFile } = pass.file;
  const code = quoted(test, sourceFile);
  pass.report(act.node, {
    message: `${code} was tested before an \`await\`: other calls pass the same test before this ${DOES[act.kind]}.`,
    evidence: [
      { at: test, message: `Tested here: ${LEARNT[learnt.kind]}.` },
      { at: wait.node, message: "Other code runs while this waits." },
      ...evidenceOf(path, sourceFile, step => (step === act.step ? "And this relies on the old answer." : undefined)),
    ],
  });
}

const DOES = { set: "sets it", count: "counts", enter: "enters it" } as const;

const LEARNT = {
  empty: "there is nothing yet",
  "below a limit": "the limit is not reached",
  "no entry": "there is no such entry",
} as const;
