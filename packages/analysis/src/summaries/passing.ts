/** What a call passes on, and which of the functions that it passes are called. */
import {
  isCallExpression,
  isElementAccessExpression,
  isNewExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  SyntaxKind,
  type Expression,
  type Node,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import { unwrapped } from "../helpers/nodes.ts";
import { certainParts } from "../helpers/types.ts";
import type { ArgumentFacts, Facts } from "../models/facts.ts";
import { argumentsOf, namedCallee, type Call, type Callee } from "./callee.ts";
import { ownerOf, type Owner } from "./ownership.ts";
import { note, UNKNOWN, type Gathering } from "./gathering.ts";
import { OTHERS, OWN, type Fact, type Passed } from "./record.ts";

/** What a call is made on and with, as a record keeps it; undefined where there is nothing to say about any. */
export function* passedBy(g: Gathering, call: Call): Ask<readonly Passed[] | undefined> {
  const passed: Passed[] = [receiverOf(g, call)];
  for (const argument of argumentsOf(call)) {
    if (isSpreadElement(argument)) break;
    passed.push(yield* passedValue(g, argument));
  }
  return passed.every(each => each === null) ? undefined : passed;
}

function* passedValue(g: Gathering, argument: Expression): Ask<Passed> {
  const callee = mayBeFunction(argument) ? yield* namedCallee(g, argument, g.fn) : undefined;
  if (callee?.kind === "function") return callee.overridden === undefined ? g.keyOf(callee.fn) : null;
  if (callee?.kind === "parameter") return callee.parameter;
  return passedObject(ownerOf(g, argument));
}

/** What `new` makes is the caller's own; a constructor hands its own object on to that of its base. */
function receiverOf(g: Gathering, call: Call): Passed {
  if (isNewExpression(call)) return OWN;
  const callee = isCallExpression(call) ? unwrapped(call.expression) : call;
  if (callee.kind === SyntaxKind.SuperKeyword) return passedObject(ownerOf(g, callee));
  const isMember = isPropertyAccessExpression(callee) || isElementAccessExpression(callee);
  return isMember ? passedObject(ownerOf(g, callee.expression)) : null;
}

function passedObject(owner: Owner): Passed {
  if (owner.kind === "parameter") return owner.parameter;
  if (owner.kind === "others") return OTHERS;
  return owner.kind === "own" ? OWN : null;
}

/** Asking about every argument would double the questions: only functions, and names that may be theirs. */
function mayBeFunction(argument: Expression): boolean {
  const { kind } = unwrapped(argument);
  return FUNCTIONS.has(kind);
}

const FUNCTIONS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.Identifier,
  SyntaxKind.PropertyAccessExpression,
  SyntaxKind.ArrowFunction,
  SyntaxKind.FunctionExpression,
]);

/** Facts about an argument of a function that a table describes. */
export function argumentFacts(facts: Facts, position: number): ArgumentFacts | undefined {
  return facts.takes?.[position] ?? facts.takes?.["*"];
}

/** Notes, for a call of a library's function, what the functions do that it is given and calls before it returns. */
export function* noteCallbacks(g: Gathering, fact: Fact, call: Call, facts: Facts): Ask<void> {
  for (const [position, argument] of argumentsOf(call).entries()) {
    const taken = argumentFacts(facts, position);
    if (taken?.called === undefined) continue;
    // What is done later is done all the same; what it throws then goes to somebody else.
    if (taken.when !== "now" && fact !== "impure") continue;
    yield* noteCallback(g, fact, fact, argument, taken);
  }
}

/** Notes that a fact depends on the function that an expression names. */
export function* noteCallback(
  g: Gathering,
  fact: Fact,
  of: Fact,
  argument: Expression,
  taken: ArgumentFacts = {},
): Ask<void> {
  if ((fact === "throws" && taken.catches) || isNoFunction(argument)) return;
  const because = "is called";
  const callee = yield* namedCallee(g, argument, g.fn);
  if (callee.kind === "function") noteCallee(g, fact, of, argument, because, callee);
  else if (callee.kind === "parameter") {
    note(g, fact, argument, because, { kind: "argument", parameter: callee.parameter, fact: of });
  } else yield* noteNamed(g, fact, argument, because);
}

/** `replace(a, "b")`: a text stands where a function may stand. */
function isNoFunction(argument: Expression): boolean {
  return NO_FUNCTIONS.has(unwrapped(argument).kind);
}

const NO_FUNCTIONS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.StringLiteral, SyntaxKind.NoSubstitutionTemplateLiteral, SyntaxKind.TemplateExpression],
  ...[SyntaxKind.NumericLiteral, SyntaxKind.NullKeyword, SyntaxKind.ObjectLiteralExpression],
  ...[SyntaxKind.TrueKeyword, SyntaxKind.FalseKeyword],
]);

/** Notes that one fact depends on another of a function of the project. */
export function noteCallee(
  g: Gathering,
  fact: Fact,
  of: Fact,
  node: Node,
  because: string,
  callee: Extract<Callee, { kind: "function" }>,
  passed?: readonly Passed[],
): void {
  note(g, fact, node, because, {
    ...{ kind: "callee", to: g.keyOf(callee.fn), fact: of },
    ...(passed && { passed }),
    ...(callee.overridden !== undefined && { overridden: callee.overridden }),
  });
}

/** A function that is passed by its name may be one that the tables know: `map(Number)`. */
function* noteNamed(g: Gathering, fact: Fact, argument: Expression, because: string): Ask<void> {
  const facts = yield* g.models.named(argument);
  const isKnown = facts && (fact === "throws" ? facts.throws === "no" : fact === "impure" ? facts.pure : false);
  if (!isKnown && (yield* mayBeCalled(g, argument))) note(g, fact, argument, because, UNKNOWN);
}

/** Whether a value may be a function, as far as its type says. */
function* mayBeCalled({ checker }: Gathering, argument: Expression): Ask<boolean> {
  const parts = yield* certainParts(checker, yield* checker.typeOf(argument));
  if (!parts) return true;
  for (const part of parts) if ((yield* checker.callSignaturesOf(part)).length > 0) return true;
  return false;
}
