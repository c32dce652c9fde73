/** How a name comes to stand for a shared object, or for a copy that shares what is inside. */
import { asMethodCall, unwrapped, valuesOf, type Ask, type Pass } from "@review/analysis";
import {
  isCallExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  type Expression,
  type Node,
} from "@review/program/syntax";
import { mayBeShared, sharedOf, type Shared } from "./defaults.ts";

export interface Origin {
  readonly shared: Shared;
  /** Where the name gets it. */
  readonly at: Node;
  /**
   * `fallback`: it stands in for an object of the caller. `alias`: another name for it. `copy`: the outer object is a
   * new one, and what it holds is the same.
   */
  readonly kind: "fallback" | "alias" | "copy";
  /** Members that the copy has of its own. */
  readonly own: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

/** What the value of a variable or of a parameter's default may be. */
export function* originOf(
  pass: Pass,
  value: Expression,
  isDefaultOf: "parameter" | "variable",
): Ask<Origin | undefined> {
  const values = valuesOf(value);
  for (const each of values) {
    const copied = copyOf(each);
    const source = copied?.source ?? each;
    if (!mayBeShared(source)) continue;
    const shared = yield* sharedOf(pass.checker, source);
    if (!shared) continue;
    const isFallback = values.length > 1 || isDefaultOf === "parameter";
    const kind = copied ? "copy" : isFallback ? "fallback" : "alias";
    return { shared, at: source, kind, own: copied?.own ?? NONE };
  }
  return undefined;
}

interface Copy {
  readonly source: Expression;
  readonly own: ReadonlySet<string>;
}

/** `{ ...DEFAULTS, list: [] }` and `Object.assign({}, DEFAULTS)`. */
function copyOf(value: Expression): Copy | undefined {
  if (isObjectLiteralExpression(value)) {
    const [first, ...rest] = value.properties;
    if (!first || !isSpreadAssignment(first)) return undefined;
    const own = rest.flatMap(each =>
      (isPropertyAssignment(each) || isShorthandPropertyAssignment(each)) && isIdentifier(each.name)
        ? [each.name.text]
        : [],
    );
    return { source: first.expression, own: new Set(own) };
  }
  if (!isCallExpression(value) || asMethodCall(value)?.name !== "assign") return undefined;
  const [target, source] = value.arguments;
  const isNew = target && isObjectLiteralExpression(unwrapped(target));
  return isNew && source ? { source, own: NONE } : undefined;
}
