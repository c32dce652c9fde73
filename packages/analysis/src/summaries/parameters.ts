/** Reads off a function what becomes of its parameters. */
import {
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isNewExpression,
  isSpreadElement,
  type Expression,
  type Identifier,
  type Node,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import { wrapped } from "../helpers/nodes.ts";
import type { ArgumentUse } from "../models/facts.ts";
import { argumentsOf, calleeOf, parameterAt, type Call, type Callee } from "./callee.ts";
import { note, UNKNOWN, YES, type Gathering } from "./gathering.ts";
import { argumentFacts } from "./passing.ts";
import { usesAt, type Use } from "./uses.ts";

/** Notes the uses of every parameter that has a name, in the function and in the functions inside of it. */
export function* noteParameters(g: Gathering): Ask<void> {
  if (!isFunctionLikeDeclaration(g.fn)) return;
  for (const [index, { name, dotDotDotToken }] of g.fn.parameters.entries()) {
    if (!isIdentifier(name)) continue;
    if (g.scopes.variableOf(name)?.isExposed) {
      note(g, `*:${index}`, name, "may be read by way of `arguments`", UNKNOWN);
      continue;
    }
    // The array of a rest parameter is no argument: what becomes of it says little about them.
    if (dotDotDotToken) note(g, `*:${index}`, name, "is one of several", UNKNOWN);
    else yield* noteVariable(g, index, name, 0);
  }
}

/** Names that stand for a parameter, at most, one after the other. */
const LONGEST_CHAIN = 3;

function* noteVariable(g: Gathering, index: number, name: Identifier, depth: number): Ask<void> {
  for (const reference of g.scopes.variableOf(name)?.references ?? []) {
    if (!reference.isRead) continue;
    for (const use of usesAt(g, reference.node)) yield* noteUse(g, index, use, depth);
  }
}

function* noteUse(g: Gathering, index: number, use: Use, depth: number): Ask<void> {
  switch (use.kind) {
    case "known":
      for (const each of use.uses) noteKnown(g, index, each, use.node);
      return;
    case "alias":
      if (depth < LONGEST_CHAIN) return yield* noteVariable(g, index, use.name, depth + 1);
      {
        note(g, `*:${index}`, use.name, "may be used", UNKNOWN);
        return;
      }
    case "argument":
      return yield* noteArgument(g, index, use.argument, use.call);
    case "receiver":
      return yield* noteReceiverUse(g, index, use.call);
  }
}

/** What is called settles: nobody else can tell a `resolve` from any other function. */
function noteKnown(g: Gathering, index: number, use: ArgumentUse, node: Node): void {
  const because = SAYS[use];
  note(g, `${use}:${index}`, node, because, YES);
  if (use === "called") note(g, `settled:${index}`, node, because, YES);
}

const SAYS: Readonly<Record<ArgumentUse, string>> = {
  called: "calls it",
  settled: "settles it",
  released: "releases it",
  stored: "keeps it",
  awaited: "waits for it",
  returned: "gives it back",
  tested: "tests whether it is true",
  stringified: "makes text of it",
  compared: "compares it",
  spread: "spreads it",
  mutated: "changes it",
};

function* noteArgument(g: Gathering, index: number, argument: Node, call: Call): Ask<void> {
  const position = argumentsOf(call).findIndex(each => each === wrapped(argument));
  const isSpread = argumentsOf(call).some(each => isSpreadElement(each));
  const because = "gets it";
  const callee = yield* calleeOf(g, call, g.fn);
  if (position < 0 || isSpread || callee.kind === "unknown" || callee.kind === "parameter") {
    note(g, `*:${index}`, call, because, UNKNOWN);
    return;
  }
  if (callee.kind === "function") {
    noteHandedOn(g, index, position, call, callee);
    return;
  }
  if (callee.kind === "model") noteTaken(g, index, position, call, callee);
}

function noteHandedOn(
  g: Gathering,
  index: number,
  position: number,
  call: Call,
  callee: Extract<Callee, { kind: "function" }>,
): void {
  const at = parameterAt(callee.fn, position);
  const because = "gets it";
  if (at.isRest) {
    note(g, `*:${index}`, call, because, UNKNOWN);
    return;
  }
  note(g, `*:${index}`, call, because, {
    ...{ kind: "callee", to: g.keyOf(callee.fn), fact: `*:${at.index}` },
    ...(callee.overridden !== undefined && { overridden: callee.overridden }),
  });
}

function noteTaken(
  g: Gathering,
  index: number,
  position: number,
  call: Call,
  { facts }: Extract<Callee, { kind: "model" }>,
): void {
  const taken = argumentFacts(facts, position);
  for (const use of taken?.uses ?? []) noteKnown(g, index, use, call);
  if (taken?.called !== undefined) noteKnown(g, index, "called", call);
  if (taken?.promise === "awaited") noteKnown(g, index, "awaited", call);
  if (facts.releases === position) noteKnown(g, index, "released", call);
  if (facts.returns?.same === position) noteKnown(g, index, "returned", call);
  if (Array.isArray(facts.changes) && facts.changes.includes(position)) noteKnown(g, index, "mutated", call);
}

/** A method of the parameter is called. */
function* noteReceiverUse(g: Gathering, index: number, call: Expression): Ask<void> {
  if (!isCallExpression(call) && !isNewExpression(call)) return;
  const callee = yield* calleeOf(g, call, g.fn);
  if (callee.kind === "model") {
    const { facts } = callee;
    if (facts.changes === "receiver") noteKnown(g, index, "mutated", call);
    if (facts.releases === "receiver") noteKnown(g, index, "released", call);
    if (facts.response === "ends") noteKnown(g, index, "settled", call);
    if (facts.returns?.same === "receiver")
      for (const use of usesAt(g, call)) yield* noteUse(g, index, use, LONGEST_CHAIN);
  } else note(g, `mutated:${index}`, call, "may change it", UNKNOWN);
}
