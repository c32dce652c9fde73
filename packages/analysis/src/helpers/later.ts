/** Functions that are handed to something that calls them once the code around has run. */
import {
  isCallExpression,
  isNewExpression,
  isStringLiteralLikeNode,
  type CallExpression,
  type NewExpression,
  type Node,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { ArgumentFacts } from "../models/facts.ts";
import type { Pass } from "../rule.ts";
import { asMethodCall } from "./names.ts";
import { wrapped } from "./nodes.ts";

/** The call that a function is an argument of, if that one returns before it calls it: a timer, a listener, a `then`. */
export function* laterCallOf(pass: Pass, fn: Node): Ask<CallExpression | NewExpression | undefined> {
  const call = wrapped(fn).parent;
  if (!isCallExpression(call) && !isNewExpression(call)) return undefined;
  const position = call.arguments?.findIndex(each => each === wrapped(fn)) ?? -1;
  if (position < 0) return undefined;
  if (isCallExpression(call) && isLaterByName(call, position)) return call;
  return (yield* whenOf(pass, call, position)) === "later" ? call : undefined;
}

function* whenOf({ models }: Pass, call: CallExpression | NewExpression, position: number): Ask<ArgumentFacts["when"]> {
  const taken = (yield* models.of(call))?.takes;
  return (taken?.[position] ?? taken?.["*"])?.when;
}

/** Methods of which it is known without a type: nothing of these names calls back at once. */
function isLaterByName(call: CallExpression, position: number): boolean {
  const name = asMethodCall(call)?.name ?? "";
  if (LISTENS.has(name))
    return position > 0 && call.arguments[0] !== undefined && isStringLiteralLikeNode(call.arguments[0]);
  return (name === "then" && position < 2) || ((name === "catch" || name === "finally") && position === 0);
}

const LISTENS: ReadonlySet<string> = new Set(["addEventListener", "addListener", "on", "once"]);
