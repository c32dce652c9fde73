/** Calls of methods that only text has, or a list by the way it is called, on what JavaScript does not tell the type of. */
import { asMethodCall, COMPARISONS, isUncertain, quoted, unwrapped, type Ask, type Pass } from "@review/analysis";
import {
  isArrowFunction,
  isBinaryExpression,
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  isRegularExpressionLiteral,
  type CallExpression,
  type Expression,
} from "@review/program/syntax";
import type { Loss, PlainCall } from "./rule.ts";

/** `name.replace(/ /g, "")` and `name.toLowerCase()` as statements. */
export function* untypedLoss({ checker, file }: Pass, call: PlainCall): Ask<Loss | undefined> {
  if (!file.isJavaScript || file.isTest || !isCallExpression(call)) return undefined;
  const kind = kindOf(call);
  const object = kind && startOf(call);
  if (!object || !isUncertain(yield* checker.typeOf(object))) return undefined;
  return {
    because: `leaves the ${kind} that it is made on as it is`,
    evidence: [
      {
        at: object,
        message: `${quoted(object, file.sourceFile)} is ${kind === "text" ? "text: nothing else has this method" : "a list, by the way it is filtered"}.`,
      },
    ],
  };
}

function kindOf(call: CallExpression): "text" | "list" | undefined {
  const name = asMethodCall(call)?.name ?? "";
  if (isOfText(name, call)) return "text";
  if (name === "filter" && asksOnly(call.arguments)) return "list";
  return isReplacing(name, call) && isOnText(call) ? "text" : undefined;
}

/** What a chain of calls begins with; undefined where that is a call as well. */
function startOf(call: CallExpression): Expression | undefined {
  const method = asMethodCall(call);
  const object = method && unwrapped(method.object);
  if (!method || !object) return undefined;
  if (isCallExpression(object)) return isOnText(call) ? startOf(object) : undefined;
  return isIdentifier(object) || isPropertyAccessExpression(object) ? method.object : undefined;
}

/** `name.toLowerCase().replace(" ", "-")`: text, since what stands before is. */
function isOnText(call: CallExpression): boolean {
  const before = asMethodCall(call)?.object;
  const object = before && unwrapped(before);
  return object !== undefined && isCallExpression(object) && kindOf(object) === "text";
}

/** `names.filter(name => name !== own)`: a function that compares, and does nothing else. */
function asksOnly([fn, more]: readonly Expression[]): boolean {
  if (!fn || more || !isArrowFunction(fn) || !isBinaryExpression(fn.body)) return false;
  return COMPARISONS.has(fn.body.operatorToken.kind) && fn.parameters.length === 1;
}

function isOfText(name: string, call: CallExpression): boolean {
  const { arguments: args } = call;
  const [first] = args;
  if (CASES.has(name)) return args.length === 0;
  return isReplacing(name, call) && first !== undefined && isRegularExpressionLiteral(unwrapped(first));
}

/** With text, and not with a function that is called for each place. */
function isReplacing(name: string, { arguments: args }: CallExpression): boolean {
  const [, put, more] = args;
  return /^replace(?:All)?$/.test(name) && put !== undefined && !more && !isFunctionLikeDeclaration(unwrapped(put));
}

const CASES: ReadonlySet<string> = new Set(["toLowerCase", "toUpperCase", "toLocaleLowerCase", "toLocaleUpperCase"]);
