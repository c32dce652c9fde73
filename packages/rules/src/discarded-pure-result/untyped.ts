/** Calls of methods that only text has, on what JavaScript does not tell the type of. */
import { asMethodCall, isUncertain, quoted, unwrapped, type Ask, type Pass } from "@review/analysis";
import {
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isRegularExpressionLiteral,
  type CallExpression,
} from "@review/program/syntax";
import type { Loss, PlainCall } from "./rule.ts";

/** `name.replace(/ /g, "")` and `name.toLowerCase()` as statements. */
export function* untypedLoss({ checker, file }: Pass, call: PlainCall): Ask<Loss | undefined> {
  const method = isCallExpression(call) ? asMethodCall(call) : undefined;
  if (!file.isJavaScript || file.isTest || !method || !isOfText(method.name, call as CallExpression)) return undefined;
  const object = unwrapped(method.object);
  if (!isIdentifier(object) && !isPropertyAccessExpression(object)) return undefined;
  if (!isUncertain(yield* checker.typeOf(method.object))) return undefined;
  return {
    because: "leaves the text that it is made on as it is",
    evidence: [
      {
        at: method.object,
        message: `${quoted(method.object, file.sourceFile)} is text: nothing else has this method.`,
      },
    ],
  };
}

function isOfText(name: string, { arguments: args }: CallExpression): boolean {
  const [first, second] = args;
  if (CASES.has(name)) return args.length === 0;
  if (!/^replace(?:All)?$/.test(name) || !first || !second || args.length > 2) return false;
  return isRegularExpressionLiteral(unwrapped(first));
}

const CASES: ReadonlySet<string> = new Set(["toLowerCase", "toUpperCase", "toLocaleLowerCase", "toLocaleUpperCase"]);
