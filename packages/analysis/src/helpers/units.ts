/** Units of time: what the name of a value says, what known functions answer, carried through arithmetic. */
import {
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isNumericLiteral,
  isPropertyAccessExpression,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Node,
} from "@review/program/syntax";
import { TypeFlags } from "@review/program";
import type { Ask } from "../ask.ts";
import type { PathStep } from "../flow/evidence.ts";
import type { Unit } from "../models/facts.ts";
import type { Pass } from "../rule.ts";
import { constantValue } from "./constants.ts";
import { asMethodCall, builtinOf, isGlobal, memberName } from "./names.ts";
import { quoted, unwrapped } from "./nodes.ts";
import { originsOf } from "./origins.ts";

/** A unit, and what says so. */
export interface Measured {
  readonly unit: Unit;
  readonly evidence: readonly PathStep[];
}

type Measuring = Pick<Pass, "checker" | "flow" | "summaries" | "models">;

/** Milliseconds that a unit has. */
const SIZES: ReadonlyMap<Unit, number> = new Map<Unit, number>([
  ["ns", 1e-6],
  ["us", 1e-3],
  ["ms", 1],
  ["s", 1000],
  ["min", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
]);

/** Units in full, for messages. */
export const UNIT_NAMES: Readonly<Record<Unit, string>> = {
  ns: "nanoseconds",
  us: "microseconds",
  ms: "milliseconds",
  s: "seconds",
  min: "minutes",
  h: "hours",
  d: "days",
};

const SUFFIXES: readonly (readonly [RegExp, Unit])[] = [
  [/(?:^ms|Ms|MS|_ms|[mM]illis|[mM]illi[sS]econds?|_msecs?|Msecs?|MSecs?|_MILLIS)$/, "ms"],
  [/(?:Micros|[mM]icroseconds?|_us|Usec)$/, "us"],
  [/(?:Nanos|[nN]anoseconds?|_ns)$/, "ns"],
  [/(?:^secs|Secs?|_secs?|^seconds|Seconds|_seconds|_SECONDS|_SECS?)$/, "s"],
  [/(?:^mins|Mins|_mins|^minutes|Minutes|_minutes|_MINUTES|_MINS)$/, "min"],
  [/(?:^hrs|Hrs|^hours|Hours|_hours|_HOURS)$/, "h"],
  [/(?:^days|Days|_days|_DAYS)$/, "d"],
];

/**
 * "Per", "in", "of" and the names of a clock's parts make another quantity of a unit: `msPerSecond`, `MINUTES_IN_TWO_DAYS`,
 * `getSeconds`, but not `totalSeconds`; a number in words counts what the value is: `thirtyDays`.
 */
const OTHER_QUANTITY: RegExp =
  /per[A-Z_]|_per_|_PER_|[a-z](?:Of|In)[A-Z]|_(?:IN|OF)_|^(?:get|set|to|from|as|format|parse|num|add|sub)(?![a-z])|[pP]ast|[bB]efore$|Formatted|Text|Label|^_?(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|ninety|last|next)(?:[A-Z_]|$)|^(?:ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|TEN|TWELVE|THIRTY|SIXTY|NINETY)_/;

/** `Day.seconds` is what a day has. */
const UNIT_OBJECTS: RegExp = /^(?:milli)?(?:second|minute|hour|day|week|month|year)s?$/i;

/** The unit that a name ends with: `timeoutMs`, `ttl_seconds`. */
export function unitInName(name: string): Unit | undefined {
  if (OTHER_QUANTITY.test(name)) return undefined;
  return SUFFIXES.find(([suffix]) => suffix.test(name))?.[1];
}

/** The unit of an expression's value; undefined where nothing says it, or its origins disagree. */
export function* unitOf(pass: Measuring, expression: Node, depth = 6): Ask<Measured | undefined> {
  const value = unwrapped(expression);
  if (depth === 0) return undefined;
  if (isBinaryExpression(value)) {
    const measured = yield* unitOfOperation(pass, value, depth);
    if (measured) return measured;
  }
  const named = yield* unitByName(pass, value);
  if (named !== undefined) return named === "none" ? undefined : named;
  if (isCallExpression(value)) return yield* unitOfCall(pass, value, depth);
  return isIdentifier(value) || isChoice(value) ? yield* unitOfOrigins(pass, value, depth) : undefined;
}

/** The unit that a name tells; `none` where it tells one of what is no number of units. */
function* unitByName(pass: Measuring, value: Node): Ask<Measured | "none" | undefined> {
  const claimed = unitOfClaim(value);
  if (claimed && (yield* isClaim(pass, value))) return { unit: claimed, evidence: [byName(value, claimed)] };
  const unit = unitInName(nameOf(value) ?? "");
  if (!unit) return undefined;
  return (yield* isMeasure(pass, value)) ? { unit, evidence: [byName(value, unit)] } : "none";
}

/** `payload.exp`: the claims of a token count seconds. */
function unitOfClaim(value: Node): Unit | undefined {
  if (!isPropertyAccessExpression(value) || !CLAIM.test(value.name.text)) return undefined;
  const owner = unwrapped(value.expression);
  const name = isIdentifier(owner) ? owner.text : isPropertyAccessExpression(owner) ? owner.name.text : "";
  return CLAIMS.test(name) ? "s" : undefined;
}

/** What was parsed has no type, and its claims are numbers all the same. */
function* isClaim({ checker }: Measuring, value: Node): Ask<boolean> {
  const type = yield* checker.typeOf(value);
  return (type.flags & TypeFlags.Any) !== 0 || (yield* builtinOf(checker, value)) === "Number";
}

const CLAIM: RegExp = /^(?:exp|iat|nbf|auth_time)$/;
const CLAIMS: RegExp = /(?:payload|claims?|jwt|decoded|tokens?)$/i;

/** Whether a name stands for a number of units, and not for a list, or for what one unit has: `const seconds = 1000`. */
function* isMeasure({ checker }: Measuring, value: Node): Ask<boolean> {
  if ((yield* builtinOf(checker, value)) !== "Number" && !(yield* isUntyped(checker, value))) return false;
  const constant = isIdentifier(value) ? yield* constantValue(checker, value) : undefined;
  return constant === undefined || ![...SIZES.values()].some(size => size > 1 && constant === size);
}

/**
 * In JavaScript a parameter has no type, and `startSec` stands for a number all the same; `days` may be a list of them.
 */
function* isUntyped(checker: Measuring["checker"], value: Node): Ask<boolean> {
  if (!/\.[cm]?jsx?$/.test(value.getSourceFile().fileName) || UNIT_ITSELF.test(nameOf(value) ?? "")) return false;
  return ((yield* checker.typeOf(value)).flags & TypeFlags.Any) !== 0;
}

const UNIT_ITSELF: RegExp = /^_?[a-z]+$/;

function byName(value: Node, unit: Unit): PathStep {
  return said(value, `is in ${UNIT_NAMES[unit]}, as its name says`);
}

function said(node: Node, what: string): PathStep {
  return { at: node, message: `${quoted(node, node.getSourceFile())} ${what}.` };
}

function nameOf(value: Node): string | undefined {
  if (isIdentifier(value)) return value.text;
  if (isPropertyAccessExpression(value) && UNIT_OBJECTS.test(value.expression.getText())) return undefined;
  return isPropertyAccessExpression(value) || isElementAccessExpression(value) ? memberName(value) : undefined;
}

function isChoice(value: Node): boolean {
  return isBinaryExpression(value) || value.kind === SyntaxKind.ConditionalExpression;
}

function* unitOfOrigins(pass: Measuring, value: Node, depth: number): Ask<Measured | undefined> {
  let found: Measured | undefined;
  for (const { value: origin, way } of (yield* originsOf(pass, value)) ?? []) {
    if (origin === value) return undefined;
    // A bare number is in whatever unit the others are.
    if (isNumericLiteral(origin)) continue;
    const measured = yield* unitOf(pass, origin, depth - 1);
    if (!measured || (found && found.unit !== measured.unit)) return undefined;
    found ??= { unit: measured.unit, evidence: [...measured.evidence, ...way] };
  }
  return found;
}

/** Functions that give back about what they are given. */
const KEEPS_UNIT: ReadonlySet<string> = new Set(["floor", "ceil", "round", "trunc", "abs", "min", "max"]);

function* unitOfCall(pass: Measuring, call: CallExpression, depth: number): Ask<Measured | undefined> {
  const facts = yield* pass.models.of(call);
  const unit = facts?.returns?.unit;
  if (unit) return { unit, evidence: [said(call, `is in ${UNIT_NAMES[unit]}`)] };
  const method = asMethodCall(call);
  const [first] = call.arguments;
  if (!first) return undefined;
  const isKept = method
    ? KEEPS_UNIT.has(method.name) && (yield* isGlobal(pass.checker, method.object, "Math"))
    : yield* isGlobal(pass.checker, call.expression, "Number");
  return isKept ? yield* unitOf(pass, first, depth - 1) : undefined;
}

function* unitOfOperation(pass: Measuring, value: BinaryExpression, depth: number): Ask<Measured | undefined> {
  const { kind } = value.operatorToken;
  if (kind === SyntaxKind.PlusToken || kind === SyntaxKind.MinusToken) return yield* unitOfSum(pass, value, depth);
  const factor = yield* factorOf(pass, value);
  if (!factor) return undefined;
  const measured = yield* unitOf(pass, factor.of, depth - 1);
  const unit = measured && converted(measured.unit, factor.by);
  if (!measured || !unit) return undefined;
  return unit === measured.unit
    ? measured
    : { unit, evidence: [...measured.evidence, said(value, `is in ${UNIT_NAMES[unit]}`)] };
}

/** The unit of both summands, or of the only one that has any; with a text, `+` makes a text. */
function* unitOfSum(pass: Measuring, sum: BinaryExpression, depth: number): Ask<Measured | undefined> {
  if ((yield* builtinOf(pass.checker, sum)) !== "Number") return undefined;
  const ours = yield* unitOf(pass, sum.left, depth - 1);
  const theirs = yield* unitOf(pass, sum.right, depth - 1);
  return ours && theirs && ours.unit !== theirs.unit ? undefined : (ours ?? theirs);
}

/** What is multiplied, and by which constant; a division multiplies by the inverse. */
function* factorOf(
  { checker }: Measuring,
  { left, operatorToken, right }: BinaryExpression,
): Ask<{ readonly of: Node; readonly by: number } | undefined> {
  const isProduct = operatorToken.kind === SyntaxKind.AsteriskToken;
  if (!isProduct && operatorToken.kind !== SyntaxKind.SlashToken) return undefined;
  const by = yield* constantValue(checker, right);
  if (typeof by === "number" && by > 0) return { of: left, by: isProduct ? by : 1 / by };
  const other = isProduct ? yield* constantValue(checker, left) : undefined;
  return typeof other === "number" && other > 0 ? { of: right, by: other } : undefined;
}

/** Factors that stand between units, or may be steps on the way; any other leaves the unit as it is. */
function converted(unit: Unit, by: number): Unit | undefined {
  const size = (SIZES.get(unit) ?? 1) / by;
  for (const [name, each] of SIZES) if (Math.abs(each / size - 1) < 1e-9) return name;
  const whole = by < 1 ? 1 / by : by;
  return CONVERSIONS.some(each => Math.abs(each / whole - 1) < 1e-9) ? undefined : unit;
}

const CONVERSIONS: readonly number[] = [
  10, 24, 60, 100, 365, 1000, 1e4, 1440, 3600, 60_000, 86_400, 1e6, 3.6e6, 8.64e7, 1e9,
];
