/** Arguments that a builtin function cannot take, or takes for something else than what is written. */
import {
  asMethodCall,
  builtinOf,
  constantValue,
  isGlobal,
  literalValue,
  memberName,
  moduleMemberOf,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type TypeChecker,
} from "@review/analysis";
import {
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isSpreadElement,
  type CallExpression,
  type Expression,
  type NewExpression,
} from "@review/program/syntax";
import {
  CONSTRUCTOR_LIMITS,
  daysIn,
  GLOBAL_LIMITS,
  METHOD_LIMITS,
  MODULE_LIMITS,
  rangeText,
  TIMER_NAMES,
  type Limit,
} from "./tables.ts";

type Call = CallExpression | NewExpression;

/** Reports the constant arguments of a call that are outside what the function takes. */
export function* checkArguments(pass: Pass, node: Call): Ask<void> {
  const given = node.arguments ?? [];
  if (given.length === 0 || given.some(isSpreadElement)) return;
  for (const { limit, isCalled } of candidatesFor(node)) {
    if ((limit.throws && pass.file.isTest) || (limit.isOnly && given.length > 1)) continue;
    yield* checkLimit(pass, node, given, limit, isCalled);
    if (limit.isMonth && limit.index === 1) yield* checkDay(pass, node, given, isCalled);
  }
}

/** A limit that holds if the callee is what its name says. */
interface Candidate {
  readonly limit: Limit;
  readonly isCalled: (checker: TypeChecker) => Ask<boolean>;
}

function candidatesFor(node: Call): readonly Candidate[] {
  const callee = unwrapped(node.expression) as Expression;
  const name = nameOf(callee);
  const global =
    name === undefined ? undefined : (isCallExpression(node) ? GLOBAL_LIMITS : CONSTRUCTOR_LIMITS).get(name);
  if (global) return [{ limit: global, isCalled: checker => isGlobalCallee(checker, callee) }, ...timers(callee)];
  const method = isCallExpression(node) ? asMethodCall(node) : undefined;
  const owned = method && METHOD_LIMITS.get(method.name);
  if (!owned || !method) return isCallExpression(node) ? timers(callee) : [];
  return [
    {
      limit: owned.limit,
      *isCalled(checker) {
        return owned.owners.includes((yield* builtinOf(checker, method.object)) ?? "");
      },
    },
  ];
}

/** `parseInt`, `Number.parseInt`, also behind `globalThis`; undefined for what is no plain path of names. */
function nameOf(callee: Expression): string | undefined {
  if (isIdentifier(callee)) return callee.text;
  if (!isPropertyAccessExpression(callee) || !isIdentifier(callee.expression)) return undefined;
  const owner = callee.expression.text;
  return owner === "globalThis" || owner === "window" ? callee.name.text : `${owner}.${callee.name.text}`;
}

function* isGlobalCallee(checker: TypeChecker, callee: Expression): Ask<boolean> {
  const root = isPropertyAccessExpression(callee) ? callee.expression : callee;
  return isIdentifier(root) && (yield* isGlobal(checker, root, root.text));
}

/** The timers that Node's modules export, under whatever name they are imported. */
function timers(callee: Expression): readonly Candidate[] {
  const name = isIdentifier(callee) ? callee.text : memberName(callee);
  if (name === undefined || !TIMER_NAMES.test(name)) return [];
  return [...MODULE_LIMITS].map(([path, limit]) => ({
    limit,
    *isCalled(checker) {
      const member = yield* moduleMemberOf(checker, callee);
      return member !== undefined && `${member.module}.${member.name}` === path;
    },
  }));
}

function* checkLimit(
  pass: Pass,
  node: Call,
  given: readonly Expression[],
  limit: Limit,
  isCalled: Candidate["isCalled"],
): Ask<void> {
  for (const argument of given.slice(limit.index, limit.isRest ? undefined : limit.index + 1)) {
    const value = yield* constantValue(pass.checker, argument);
    if (typeof value !== "number" || isTaken(value, limit)) continue;
    // Day 0 of the month after December is the last of December.
    const day = limit.isMonth ? given[limit.index + 1] : undefined;
    if ((day && isCountedBack(day)) || !(yield* isCalled(pass.checker))) return;
    const name = quoted(node.expression, pass.file.sourceFile);
    const takes = limit.takes ?? rangeText({ min: limit.min, max: limit.max, isOpen: false });
    pass.report(argument, {
      message: `${name} takes ${takes} here: with ${String(value)} ${limit.effect}.`,
      evidence: [{ at: argument, message: `This is ${String(value)}.` }],
      fixes: fixesFor(node, argument, value, limit),
    });
  }
}

function isTaken(value: number, { min, max, except }: Limit): boolean {
  return Number.isNaN(value) || value === except || (value >= min && value <= max);
}

function isCountedBack(day: Expression): boolean {
  const value = literalValue(day);
  return typeof value === "number" && value <= 0;
}

/** `new Date(2024, 3, 31)`: April has 30 days. A day above 31 counts through the year on purpose. */
function* checkDay(pass: Pass, node: Call, given: readonly Expression[], isCalled: Candidate["isCalled"]): Ask<void> {
  const [year, month, day] = given.slice(0, 3).map(each => literalValue(each));
  const at = given[2];
  if (!at || typeof month !== "number" || month < 0 || month > 11 || typeof day !== "number" || day > 31) return;
  const days = daysIn(month, typeof year === "number" ? year : undefined);
  // What is read from the date at once is a question to the calendar.
  if (day <= days || isPropertyAccessExpression(node.parent) || !(yield* isCalled(pass.checker))) return;
  pass.report(at, {
    message: `Month ${String(month)}, counted from 0, has ${String(days)} days: with day ${String(day)} the date rolls over into the next month.`,
  });
}

function fixesFor(node: Call, argument: Expression, value: number, limit: Limit): readonly ReportedFix[] {
  if (limit.isMonth && value === 12) {
    return [{ title: "Use 11 for December", safety: "suggested", edits: [{ at: argument, text: "11" }] }];
  }
  const callee = unwrapped(node.expression);
  if (!isPropertyAccessExpression(callee) || callee.name.text !== "fromCharCode" || value > 0x10ffff || value < 0)
    return [];
  return [{ title: "Use `fromCodePoint`", safety: "safe", edits: [{ at: callee.name, text: "fromCodePoint" }] }];
}
