/** Calls without effects that are made for one all the same: to validate, to measure, to see that nothing is thrown. */
import { asMethodCall, enclosingFunction, ownNodesOf, unwrapped, wrapped, type Pass } from "@review/analysis";
import {
  isArrowFunction,
  isBlock,
  isCallExpression,
  isFunctionExpression,
  isIdentifier,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isReturnStatement,
  isTryStatement,
  isVariableDeclaration,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";
import type { PlainCall } from "./rule.ts";

/** Whether the name or place of a call says that somebody wants it although the result is dropped. */
export function isAskedForItsEffect(pass: Pass, call: PlainCall): boolean {
  if (CHECKS.test(nameOf(call)) || BENCHMARK.test(pass.file.name)) return true;
  // A test may read for what a proxy does then.
  if (pass.file.isTest && READS.has(nameOf(call))) return true;
  return isProbed(call) || isHandedToProbe(call) || isOnMutable(pass, call) || isWalk(pass, call);
}

/** `text.replace(/\{(\w+)\}/g, (all, name) => { names.push(name); })` walks over matches; `RegExp.$1` is what a match leaves. */
function isWalk({ file }: Pass, call: PlainCall): boolean {
  const name = nameOf(call);
  if (/^(?:match|exec|test)$/.test(name)) return /\bRegExp\.\$\d/.test(file.text);
  const callback = /^replace(?:All)?$/.test(name) ? call.arguments?.[1] : undefined;
  const fn = callback && unwrapped(callback);
  if (!fn || !(isArrowFunction(fn) || isFunctionExpression(fn)) || !isBlock(fn.body)) return false;
  return ![...ownNodesOf(fn.body)].some(node => isReturnStatement(node) && node.expression !== undefined);
}

const READS: ReadonlySet<string> = new Set(["get", "getAll", "has", "toString"]);

/** Names of functions that are called to find out whether they throw, or to have been called. */
const CHECKS: RegExp =
  /^(?:assert|validate|check|ensure|verify|expect|require|guard|must|invariant|should|test|probe|touch|force|warm|prime|preload|load|use[A-Z]|noop|init|register|setup|_)/i;

const BENCHMARK: RegExp = /bench|perf(?:ormance)?\b|type-?tests?|\.(?:test|spec)-d\.|-d\.ts$/i;

function nameOf(call: PlainCall): string {
  const callee = unwrapped(call.expression);
  if (isIdentifier(callee)) return callee.text;
  return isPropertyAccessExpression(callee) ? callee.name.text.replace(/^#/, "") : "";
}

/** `try { parse(text); return true; } catch { return false; }` */
function isProbed(call: Node): boolean {
  for (let at = call; at.parent; at = at.parent) {
    const { parent } = at;
    if (isTryStatement(parent) && parent.tryBlock === at && parent.catchClause) {
      return parent.tryBlock.statements.length <= MOST_IN_PROBE;
    }
    if (isBlock(parent) && parent === enclosingFunction(at)?.body) return false;
  }
  return false;
}

/** Statements in a `try` that may be there for one of them alone: the call, and what says that it went well. */
const MOST_IN_PROBE = 2;

/** `expect(() => { format(x); }).not.toThrow()`, `bench("format", () => { format(x); })` */
function isHandedToProbe(call: Node): boolean {
  const fn = enclosingFunction(call);
  const outer = fn && wrapped(fn).parent;
  if (!outer || !isCallExpression(outer) || fn.kind === SyntaxKind.MethodDeclaration) return false;
  const callee = unwrapped(outer.expression);
  const name = isIdentifier(callee) ? callee.text : (asMethodCall(outer)?.name ?? "");
  return PROBES.test(name);
}

const PROBES: RegExp =
  /^(?:expect|throws|throwsAsync|notThrows|notThrowsAsync|doesNotThrow|rejects|doesNotReject|assertThrows|raises|bench\w*|measure\w*|time\w*|profile\w*|add)$/i;

/** `map.withMutations(draft => { draft.set(key, 1); })`, and what `asMutable()` gave: there the collection itself changes. */
function isOnMutable(pass: Pass, call: PlainCall): boolean {
  const method = isCallExpression(call) ? asMethodCall(call) : undefined;
  const declaration = method && pass.scopes().variableOf(unwrapped(method.object))?.declarations[0]?.parent;
  if (!declaration) return false;
  if (isParameterDeclaration(declaration)) return isOfMutations(declaration.parent);
  return isVariableDeclaration(declaration) && /\.asMutable\(\)$/.test(declaration.initializer?.getText() ?? "");
}

function isOfMutations(fn: Node): boolean {
  const { parent } = wrapped(fn);
  return isCallExpression(parent) && asMethodCall(parent)?.name === "withMutations";
}
