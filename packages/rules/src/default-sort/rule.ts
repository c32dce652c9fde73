/** Reports a sort without comparator of what is not text: it compares values by their text. */
import {
  asMethodCall,
  certainParts,
  defineRule,
  builtinName,
  isGlobal,
  memberName,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
  type TypeChecker,
} from "@review/analysis";
import { TypeFlags, type Type } from "@review/program";
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isCallExpression,
  SyntaxKind,
  type CallExpression,
  type Node,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "default-sort",
  summary: "Numbers, dates or other values that are no text are sorted without a comparator, by their text.",
  category: "collections",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Give `sort` a comparator: `(a, b) => a - b` for numbers, the difference of `getTime()` for dates.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const method = asMethodCall(call);
      if (!method || !(method.name === "sort" || method.name === "toSorted")) return;
      if (call.arguments.length > 0 && !(yield* isUndefined(pass, call))) return;
      if (isCanonical(call)) return;
      yield* check(pass, call, method.object);
    },
  }),
});
export default rule;

function* isUndefined({ checker }: Pass, call: CallExpression): Ask<boolean> {
  const [only, ...more] = call.arguments;
  return only !== undefined && more.length === 0 && (yield* isGlobal(checker, only, "undefined"));
}

type Kind = "numbers" | "bigints" | "dates" | "numbers and text";

const EXAMPLES: Readonly<Record<Kind, string>> = {
  numbers: "10 comes before 9",
  bigints: "10n comes before 9n",
  dates: "Friday comes before Monday, whatever the year",
  "numbers and text": "10 comes before 9",
};

function* check(pass: Pass, call: CallExpression, object: Node): Ask<void> {
  const { checker, file } = pass;
  const array = yield* checker.typeOf(object);
  const parts = (yield* certainParts(checker, array)) ?? [];
  const [only, ...more] = parts;
  if (!only || more.length > 0 || !(yield* checker.isArray(only)) || isSingleDigits(object)) return;
  const [element] = yield* checker.typeArgumentsOf(only);
  if (element && (yield* areDigits(checker, element))) return;
  const kind = element && (yield* kindOf(pass, element));
  if (!kind) return;
  const place = { start: object.end, end: call.end };
  pass.report(place, {
    message: `${quoted(object, file.sourceFile)} holds ${kind}, and without a comparator they are sorted by their text: ${EXAMPLES[kind]}.`,
    evidence: [{ at: object, message: `This is of type \`${yield* checker.textOf(array)}\`.` }],
    fixes: fixesFor(call, kind),
  });
}

function* kindOf({ checker }: Pass, element: Type): Ask<Kind | undefined> {
  const parts = (yield* certainParts(checker, element)) ?? [];
  const all = (flags: TypeFlags): boolean => parts.length > 0 && parts.every(part => (part.flags & flags) !== 0);
  if (all(TypeFlags.NumberLike)) return "numbers";
  if (all(TypeFlags.BigIntLike)) return "bigints";
  if (all(TypeFlags.NumberLike | TypeFlags.StringLike)) {
    return parts.some(part => part.flags & TypeFlags.NumberLike) ? "numbers and text" : undefined;
  }
  for (const part of parts) if ((yield* builtinName(checker, part)) !== "Date") return undefined;
  return parts.length > 0 ? "dates" : undefined;
}

/** Numbers below ten, written on the spot, are in the same order as their text. */
function isSingleDigits(object: Node): boolean {
  const list = unwrapped(object);
  return isArrayLiteralExpression(list) && list.elements.every(element => /^\d$/.test(element.getText()));
}

/** The same by type: `(1 | 2 | 3)[]`. */
function* areDigits(checker: TypeChecker, element: Type): Ask<boolean> {
  const parts = yield* checker.partsOf(element);
  return parts.every(part => part.isNumberLiteralType() && /^\d$/.test(String(part.value)));
}

/**
 * Whether only that equal arrays come out equal matters: the result is joined, stringified, hashed or compared. Any
 * order does for that.
 */
function isCanonical(call: CallExpression): boolean {
  const outer = wrapped(call);
  const { parent } = outer;
  const name = memberName(parent);
  if (name === "join" || name === "toString") return (parent as Node & { expression: Node }).expression === outer;
  if (isBinaryExpression(parent)) return parent.operatorToken.kind === SyntaxKind.EqualsEqualsEqualsToken;
  if (!isCallExpression(parent) || parent.expression === outer) return false;
  return /(?:stringify|hash|equals?|deepEqual\w*|expect|assert\w*|same\w*|key)$/i.test(parent.expression.getText());
}

const COMPARATORS: Readonly<Record<Kind, string | undefined>> = {
  numbers: "(a, b) => a - b",
  bigints: "(a, b) => (a < b ? -1 : a > b ? 1 : 0)",
  dates: "(a, b) => a.getTime() - b.getTime()",
  "numbers and text": undefined,
};

function fixesFor(call: CallExpression, kind: Kind): readonly ReportedFix[] {
  const text = COMPARATORS[kind];
  if (text === undefined) return [];
  const [first] = call.arguments;
  const end = call.end - 1;
  const at = first ?? { start: end, end };
  return [{ title: "Add a comparator", safety: "suggested", edits: [{ at, text }] }];
}
