/** Times in milliseconds since 1970, and what is calculated with them. */
import {
  asMethodCall,
  builtinOf,
  isGlobal,
  literalValue,
  memberName,
  unwrapped,
  type Ask,
  type TypeChecker,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isNewExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  SyntaxKind,
  type BinaryExpression,
  type Node,
} from "@review/program/syntax";

/**
 * `Date.now()`, `Date.parse(text)`, `Date.UTC(…)`, `date.getTime()`, `date.valueOf()`, `+new Date()`, `stats.mtimeMs`,
 * and these multiplied or moved by a number that is written there.
 */
export function* isTime(checker: TypeChecker, node: Node): Ask<boolean> {
  const value = unwrapped(node);
  if (isPrefixUnaryExpression(value)) {
    const made = unwrapped(value.operand);
    if (value.operator !== SyntaxKind.PlusToken || !isNewExpression(made)) return false;
    return yield* isGlobal(checker, made.expression, "Date");
  }
  if (isBinaryExpression(value)) return yield* isCalculatedTime(checker, value);
  if (isPropertyAccessExpression(value) || isElementAccessExpression(value)) return yield* isTimeMember(checker, value);
  const method = isCallExpression(value) ? asMethodCall(value) : undefined;
  if (!method) return false;
  if (CLOCKS.has(method.name)) return yield* isGlobal(checker, method.object, "Date");
  return TIMES.has(method.name) && (yield* builtinOf(checker, method.object)) === "Date";
}

const CLOCKS: ReadonlySet<string> = new Set(["now", "parse", "UTC"]);

const TIMES: ReadonlySet<string> = new Set(["getTime", "valueOf"]);

/** What a time may be divided by and still needs more than 32 bits: it has been beyond 1.6e12 since 2020. */
const LARGEST_DIVISOR = 700;

/** The difference of two times is small. */
function* isCalculatedTime(checker: TypeChecker, { left, operatorToken, right }: BinaryExpression): Ask<boolean> {
  const by = literalValue(right);
  if (typeof by !== "number" || by <= 0) return false;
  switch (operatorToken.kind) {
    case SyntaxKind.AsteriskToken:
      return by >= 1 && (yield* isTime(checker, left));
    case SyntaxKind.SlashToken:
      return by <= LARGEST_DIVISOR && (yield* isTime(checker, left));
    case SyntaxKind.PlusToken:
      return yield* isTime(checker, left);
    default:
      return false;
  }
}

function* isTimeMember(checker: TypeChecker, member: Node & { readonly expression: Node }): Ask<boolean> {
  const owner = MEMBERS.get(memberName(member) ?? "");
  return owner !== undefined && owner.has((yield* builtinOf(checker, member.expression)) ?? "");
}

const STATS: ReadonlySet<string> = new Set(["Stats", "StatsBase"]);

const MEMBERS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...["atimeMs", "mtimeMs", "ctimeMs", "birthtimeMs"].map(name => [name, STATS] as const),
  ["timeOrigin", new Set(["Performance"])],
]);
