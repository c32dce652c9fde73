/** Reports values that stand in each other's slots by their names, where the types would let both orders pass. */
import {
  defineRule,
  enclosingFunction,
  functionOf,
  isUncertain,
  nodesOf,
  quoted,
  unwrapped,
  wordsOf,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import type { Signature, Symbol } from "@review/program";
import {
  isCallExpression,
  isPropertyAccessExpression,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type JsxAttributes,
  type NewExpression,
  type Node,
  type ObjectLiteralExpression,
} from "@review/program/syntax";
import { checkExecutor } from "./executors.ts";
import { displacedIn, type Move } from "./order.ts";
import { isOnPurpose } from "./purpose.ts";
import { mayBeDisplaced, slotsOfArguments, slotsOfElement, slotsOfObject, type Filled } from "./slots.ts";

const rule: Rule = defineRule({
  id: "swapped-arguments",
  summary: "Arguments, fields or attributes stand in each other's places by their names.",
  category: "names",
  severity: "error",
  preset: "preview",
  since: "0.1.0",
  repair: "Exchange the values, or name what they are at this place: a local or a comment that says `swapped`.",
  listen: pass => ({
    [SyntaxKind.CallExpression]: (call: CallExpression) => checkCall(pass, call),
    *[SyntaxKind.NewExpression](call: NewExpression) {
      yield* checkExecutor(pass, call);
      yield* checkCall(pass, call);
    },
    [SyntaxKind.ObjectLiteralExpression]: (object: ObjectLiteralExpression) => checkFields(pass, object, slotsOfObject),
    [SyntaxKind.JsxAttributes]: (attributes: JsxAttributes) => checkFields(pass, attributes, slotsOfElement),
  }),
});
export default rule;

function* checkCall(pass: Pass, call: CallExpression | NewExpression): Ask<void> {
  const { checker, file } = pass;
  const args = call.arguments ?? [];
  if (!mayBeDisplaced(args)) return;
  const signature = yield* checker.signatureOf(call);
  if (!signature) return;
  const parameters = yield* checker.parametersOf(signature);
  const slots = slotsOfArguments(parameters, args);
  const moves = displacedIn(slots);
  if (moves.length === 0 || isIntended(call, slots, moves) || hasTwin(call, slots, moves)) return;
  if (!(yield* fitEitherWay(pass, signature, slots, moves)) || (yield* isOwnCall(pass, call))) return;
  if (yield* hasOtherOrder(pass, call, slots)) return;
  pass.report(call, {
    message: `${quoted(call.expression, file.sourceFile, 30)} takes ${listed(slots, moves)}, and gets them in another order: ${given(slots, moves)}.`,
    evidence: yield* evidenceOf(pass, parameters, slots, moves),
    fixes: [exchanging(pass, slots, moves)],
  });
}

function* checkFields<Owner extends Node>(
  pass: Pass,
  owner: Owner,
  slotsOf: (owner: Owner) => readonly Filled[],
): Ask<void> {
  const slots = slotsOf(owner);
  const moves = slots.length < 2 ? [] : displacedIn(slots);
  if (moves.length === 0 || isIntended(owner, slots, moves) || hasTwin(owner, slots, moves)) return;
  if (!(yield* areOfOneType(pass, slots, moves))) return;
  const kind = owner.kind === SyntaxKind.JsxAttributes ? "attributes" : "fields";
  const [first] = inOrder(moves) as readonly [Move];
  pass.report((slots[first.to] as Filled).at, {
    message: `The ${kind} ${listed(slots, moves)} get each other's values: ${given(slots, moves)}.`,
    evidence: moves.map(({ from, to }) => misplaced(pass, slots, from, to)),
    fixes: [exchanging(pass, slots, moves)],
  });
}

function isIntended(place: Node, slots: readonly Filled[], moves: readonly Move[]): boolean {
  const values = moves.map(({ from }) => slots[from] as Filled);
  const names = values.map(({ value }) => value ?? "");
  return isOnPurpose(place, names) || !areOfOneObject(values.map(({ at }) => at)) || names.some(isOutcome);
}

/** The end of one thing is the start of what lies between it and the next: only members of one object compare. */
function areOfOneObject(values: readonly Expression[]): boolean {
  return new Set(values.map(objectOf)).size === 1;
}

function objectOf(value: Expression): string {
  const inner = unwrapped(value);
  const member = isCallExpression(inner) ? unwrapped(inner.expression) : inner;
  return isPropertyAccessExpression(member) ? member.expression.getText() : "";
}

/** What follows a test and what follows its opposite change places where the test is negated. */
function isOutcome(name: string): boolean {
  return wordsOf(name).some(word => OUTCOMES.has(word));
}

const OUTCOMES: ReadonlySet<string> = new Set(["true", "false", "then", "else", "yes", "no", "on", "off"]);

/** Whether the same function also writes it the other way round, so that both orders are meant. */
function hasTwin(place: Node, slots: readonly Filled[], moves: readonly Move[]): boolean {
  const wanted = textOf(place, slots, moves);
  let outer: Node = place;
  for (let at = enclosingFunction(place); at; at = enclosingFunction(at)) outer = at;
  if (outer === place) return false;
  for (const node of nodesOf(outer)) {
    if (node.kind === place.kind && node.getText().replace(/\s+/g, "") === wanted) return true;
  }
  return false;
}

/** The text of a place with the values in the order of their names, without blanks. */
function textOf(place: Node, slots: readonly Filled[], moves: readonly Move[]): string {
  const start = place.getStart();
  let text = place.getText();
  const edits = moves.map(({ from, to }) => ({ at: (slots[to] as Filled).at, by: (slots[from] as Filled).at }));
  for (const { at, by } of edits.sort((one, other) => other.at.pos - one.at.pos)) {
    text = text.slice(0, at.getStart() - start) + by.getText() + text.slice(at.end - start);
  }
  return text.replace(/\s+/g, "");
}

/** Whether each value is of the type that the slot of its name asks for; in JavaScript parameters often have none. */
function* fitEitherWay(
  { checker, file }: Pass,
  signature: Signature,
  slots: readonly Filled[],
  moves: readonly Move[],
): Ask<boolean> {
  for (const { from, to } of moves) {
    const source = yield* checker.typeOf((slots[from] as Filled).at);
    const target = yield* checker.parameterTypeOf(signature, to);
    if (!file.isJavaScript && isUncertain(source)) return false;
    if (!(yield* checker.isAssignable(source, target))) return false;
  }
  return true;
}

/** A function that calls itself with the arguments exchanged does so for a reason. */
function* isOwnCall({ checker }: Pass, call: CallExpression | NewExpression): Ask<boolean> {
  const callee = yield* functionOf(checker, call.expression);
  for (let at = enclosingFunction(call); at; at = enclosingFunction(at)) if (at === callee) return true;
  return false;
}

/** Whether the function can also be called in the order of the names by its types. */
function* hasOtherOrder(
  { checker }: Pass,
  call: CallExpression | NewExpression,
  slots: readonly Filled[],
): Ask<boolean> {
  const signatures = yield* checker.callSignaturesOf(yield* checker.typeOf(call.expression));
  if (signatures.length < 2) return false;
  for (const signature of signatures) {
    const parameters: readonly Symbol[] = yield* checker.parametersOf(signature);
    if (slots.every(({ value }, index) => value === undefined || parameters[index]?.name === value)) return true;
  }
  return false;
}

function* areOfOneType({ checker, file }: Pass, slots: readonly Filled[], moves: readonly Move[]): Ask<boolean> {
  for (const { from, to } of moves) {
    const source = yield* checker.typeOf((slots[from] as Filled).at);
    if (isUncertain(source) && !file.isJavaScript) return false;
    const there = (slots[to] as Filled).at;
    const target = (yield* checker.contextualTypeOf(there)) ?? (yield* checker.typeOf(there));
    if (!(yield* checker.isAssignable(source, target))) return false;
  }
  return true;
}

/** The parameters where they are declared in the project, and the values. */
function* evidenceOf(
  pass: Pass,
  parameters: readonly Symbol[],
  slots: readonly Filled[],
  moves: readonly Move[],
): Ask<readonly { readonly at: Node; readonly message: string }[]> {
  const evidence: { readonly at: Node; readonly message: string }[] = [];
  for (const { to } of inOrder(moves)) {
    const parameter = parameters[to];
    if (!parameter || parameter.declarations.some(({ path }) => /\.d\.[cm]?ts$/.test(path))) continue;
    const declaration = yield* pass.checker.declarationOf(parameter);
    if (declaration) evidence.push({ at: declaration, message: `Parameter ${to + 1} is \`${parameter.name}\`.` });
  }
  return [...evidence, ...moves.map(({ from, to }) => misplaced(pass, slots, from, to))];
}

function misplaced(
  { file }: Pass,
  slots: readonly Filled[],
  from: number,
  to: number,
): { at: Expression; message: string } {
  const { at, name } = slots[from] as Filled;
  return {
    at,
    message: `${quoted(at, file.sourceFile)} is given as \`${name}\`, and named as \`${(slots[to] as Filled).name}\` is.`,
  };
}

function inOrder(moves: readonly Move[]): readonly Move[] {
  return [...moves].sort((one, other) => one.to - other.to);
}

function listed(slots: readonly Filled[], moves: readonly Move[]): string {
  const names = inOrder(moves).map(({ to }) => `\`${(slots[to] as Filled).name}\``);
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

function given(slots: readonly Filled[], moves: readonly Move[]): string {
  return inOrder(moves)
    .map(({ to }) => `\`${(slots[to] as Filled).value ?? ""}\``)
    .join(", ");
}

function exchanging({ file }: Pass, slots: readonly Filled[], moves: readonly Move[]): ReportedFix {
  return {
    title: "Put the values in the order of their names",
    safety: "suggested",
    edits: moves.map(({ from, to }) => ({
      at: (slots[to] as Filled).at,
      text: (slots[from] as Filled).at.getText(file.sourceFile),
    })),
  };
}
