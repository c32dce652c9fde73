/** What a regular expression is used for, where all of its uses can be seen. */
import {
  isCallExpression,
  isIdentifier,
  isVariableDeclaration,
  type CallExpression,
  type Node,
} from "@review/program/syntax";
import type { Pass } from "../rule.ts";
import { asMethodCall, memberName } from "./names.ts";
import { unwrapped, wrapped } from "./nodes.ts";
import type { Regex } from "./regex-patterns.ts";

/** A call that runs a regular expression. */
export interface RegexUse {
  readonly method: RegexMethod;
  readonly call: CallExpression;
}

export type RegexMethod = "test" | "exec" | "match" | "matchAll" | "replace" | "replaceAll" | "search" | "split";

/**
 * The calls that run a regular expression, by the syntax alone: its own method, a text's method, and all those of the
 * variable that holds it. Undefined where others may use it too: it is exported, passed on, or part of an object.
 */
export function regexUses(pass: Pick<Pass, "scopes">, { node, from }: Regex): readonly RegexUse[] | undefined {
  if (from === "method") return useOf(node.parent, node);
  const outer = wrapped(node);
  const direct = useAt(outer);
  if (direct) return [direct];
  const { parent } = outer;
  if (!isVariableDeclaration(parent) || !isIdentifier(parent.name)) return undefined;
  const variable = pass.scopes().variableOf(parent.name);
  if (!variable || variable.isExported || variable.isExposed) return undefined;
  const uses: RegexUse[] = [];
  for (const reference of variable.references) {
    if (isLastIndex(reference.node)) continue;
    const use = useAt(wrapped(reference.node));
    if (!use || reference.isWritten) return undefined;
    uses.push(use);
  }
  return uses;
}

function useOf(parent: Node, node: Node): readonly RegexUse[] | undefined {
  const use = isCallExpression(parent) ? ofArgument(parent, node) : undefined;
  return use && [use];
}

function isLastIndex(node: Node): boolean {
  const { parent } = wrapped(node);
  return memberName(parent) === "lastIndex";
}

const OWN: ReadonlySet<string> = new Set(["test", "exec"]);
const TEXTS: ReadonlySet<string> = new Set(["match", "matchAll", "replace", "replaceAll", "search", "split"]);

/** The call that an expression's regular expression is run by, as its object or as its first argument. */
export function useAt(outer: Node): RegexUse | undefined {
  const { parent } = outer;
  if (isCallExpression(parent)) return ofArgument(parent, outer);
  const name = memberName(parent);
  if (name === undefined || !OWN.has(name)) return undefined;
  const call = wrapped(parent).parent;
  const isCalled = isCallExpression(call) && unwrapped(call.expression) === parent;
  return isCalled ? { method: name as RegexMethod, call } : undefined;
}

function ofArgument(call: CallExpression, argument: Node): RegexUse | undefined {
  const method = asMethodCall(call);
  if (!method || call.arguments[0] !== argument || !TEXTS.has(method.name)) return undefined;
  return { method: method.name as RegexMethod, call };
}
