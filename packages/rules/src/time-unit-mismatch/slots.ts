/** The arguments of a call that have to be in a certain unit: by the tables, or by the name of a parameter. */
import {
  asMethodCall,
  isGlobal,
  memberName,
  quoted,
  unwrapped,
  UNIT_NAMES,
  unitInName,
  type Ask,
  type Pass,
  type Unit,
} from "@review/analysis";
import {
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isNewExpression,
  isSpreadElement,
  type CallExpression,
  type Expression,
  type NewExpression,
  type PropertyAssignment,
} from "@review/program/syntax";

export interface Slot {
  readonly argument: Expression;
  readonly unit: Unit;
  /** Why it has to be: "`setTimeout` takes milliseconds". */
  readonly why: string;
}

type AnyCall = CallExpression | NewExpression;

export function* slotsOf(pass: Pass, call: AnyCall): Ask<readonly Slot[]> {
  const given = call.arguments ?? [];
  if (given.length === 0 || given.some(isSpreadElement)) return [];
  // A taker may have been imported under another name.
  if (!TAKERS.has(calledName(call) ?? "") && !given.some(isNamed)) return [];
  const facts = yield* pass.models.of(call);
  if (facts?.takes) return knownSlots(pass, call, facts.takes);
  return isNewExpression(call) ? yield* dateSlot(pass, call) : yield* namedSlots(pass, call);
}

/** `response.cookie("name", "value", { maxAge: … })`, where express counts milliseconds and the header seconds. */
export function* cookieAge(pass: Pass, { name, initializer, parent }: PropertyAssignment): Ask<Slot | undefined> {
  const call = parent.parent;
  if (name.getText() !== "maxAge" || !isCallExpression(call) || asMethodCall(call)?.name !== "cookie") return undefined;
  if ((yield* pass.models.of(call))?.response !== "writes") return undefined;
  const why = `\`maxAge\` of ${quoted(call.expression, pass.file.sourceFile)} takes ${UNIT_NAMES.ms}`;
  return { argument: initializer, unit: "ms", why };
}

/** Functions of the tables that take a time; asking about every call would cost too much. */
const TAKERS: ReadonlySet<string> = new Set([
  ...["setTimeout", "setInterval", "timeout", "setTime", "Date", "fromMillis", "fromSeconds"],
]);

function calledName({ expression }: AnyCall): string | undefined {
  const callee = unwrapped(expression);
  return isIdentifier(callee) ? callee.text : memberName(callee);
}

function isNamed(argument: Expression): boolean {
  return argument.end - argument.pos < LONGEST_NAMED && NAMED.test(argument.getText());
}

const LONGEST_NAMED = 80;

function knownSlots(
  pass: Pass,
  call: AnyCall,
  takes: Readonly<Record<string, { readonly unit?: Unit }>>,
): readonly Slot[] {
  const name = quoted(call.expression, pass.file.sourceFile);
  return (call.arguments ?? []).flatMap((argument, index) => {
    const unit = takes[index]?.unit;
    return unit ? [{ argument, unit, why: `${name} takes ${UNIT_NAMES[unit]}` }] : [];
  });
}

/** `new Date(time)` */
function* dateSlot(pass: Pass, { expression, arguments: given }: NewExpression): Ask<readonly Slot[]> {
  const [argument, ...more] = given ?? [];
  if (!argument || more.length > 0 || !(yield* isGlobal(pass.checker, expression, "Date"))) return [];
  return [{ argument, unit: "ms", why: "`new Date` takes milliseconds" }];
}

/** Parameters of the project's own functions whose names say a unit, for arguments whose names say one as well. */
function* namedSlots(pass: Pass, call: CallExpression): Ask<readonly Slot[]> {
  const callee = yield* pass.summaries.calleeOf(call);
  if (callee.kind !== "function" || !isFunctionLikeDeclaration(callee.fn)) return [];
  const { parameters } = callee.fn;
  return call.arguments.flatMap((argument, index) => {
    const name = parameters[index]?.name;
    const unit = name && isIdentifier(name) && !parameters[index]?.dotDotDotToken ? unitInName(name.text) : undefined;
    return unit && name
      ? [{ argument, unit, why: `the parameter \`${name.getText()}\` takes ${UNIT_NAMES[unit]}` }]
      : [];
  });
}

const NAMED: RegExp = /ms\b|millis|secs?\b|seconds\b|minutes\b|mins\b|hours\b|days\b|\bnow\(|getTime/i;
