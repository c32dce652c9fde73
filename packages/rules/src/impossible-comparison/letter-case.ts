/** `name.toUpperCase() === "abc"`, `name.trim() === " "`: text in one form, compared with text in another. */
import {
  asMethodCall,
  definitionsReaching,
  flowRootOf,
  isUncertain,
  literalValue,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isCallExpression,
  isCaseClause,
  isIdentifier,
  isStringLiteralLikeNode,
  type BinaryExpression,
  type Expression,
  type Node,
  type SwitchStatement,
} from "@review/program/syntax";

interface Form {
  readonly convert: (text: string) => string;
  readonly name: string;
}

interface Conversion extends Form {
  readonly call: Expression;
  readonly object: Expression;
}

/** Reports an equality of which one side is in upper or lower case and the other is not. */
export function* checkCase(pass: Pass, { left, right }: BinaryExpression, outcome: string): Ask<void> {
  for (const [side, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const conversion = typeof literalValue(other) === "string" ? yield* conversionOf(pass, side) : undefined;
    if (conversion) yield* check(pass, conversion, other, `this is always ${outcome}`);
  }
}

/** Reports the cases of a `switch` over text in upper or lower case that never fit. */
export function* checkCases(pass: Pass, { expression, caseBlock }: SwitchStatement): Ask<void> {
  const conversion = yield* conversionOf(pass, expression);
  if (!conversion) return;
  for (const clause of caseBlock.clauses) {
    if (isCaseClause(clause)) yield* check(pass, conversion, clause.expression, "this case never runs");
  }
}

/** The conversion that a side is, or that is all a variable holds at this place. */
function* conversionOf(pass: Pass, side: Expression): Ask<Conversion | undefined> {
  const name = unwrapped(side);
  if (!isIdentifier(name)) return writtenConversion(name);
  const graph = yield* pass.flow(flowRootOf(name));
  const [definition, more] = (graph && definitionsReaching(graph, pass.scopes(), name)) ?? [];
  return definition?.source.kind === "expression" && !more
    ? writtenConversion(definition.source.expression)
    : undefined;
}

function writtenConversion(value: Node): Conversion | undefined {
  const call = unwrapped(value);
  const method = isCallExpression(call) && call.arguments.length === 0 ? asMethodCall(call) : undefined;
  const form = method && FORMS.get(method.name.replace("Locale", ""));
  return form && isCallExpression(call) ? { call, object: method.object, ...form } : undefined;
}

const FORMS: ReadonlyMap<string, Form> = new Map([
  ["toUpperCase", { convert: text => text.toUpperCase(), name: "in upper case" }],
  ["toLowerCase", { convert: text => text.toLowerCase(), name: "in lower case" }],
  ["trim", { convert: text => text.trim(), name: "without blanks around it" }],
  ["trimStart", { convert: text => text.trimStart(), name: "without blanks before it" }],
  ["trimEnd", { convert: text => text.trimEnd(), name: "without blanks behind it" }],
]);

function* check(pass: Pass, { call, object, convert, name }: Conversion, other: Expression, so: string): Ask<void> {
  const { checker, file } = pass;
  const text = literalValue(other);
  if (typeof text !== "string" || convert(text) === text) return;
  const type = yield* checker.typeOf(object);
  // A method of another class may answer anything.
  if (!isUncertain(type) && !(yield* checker.partsOf(type)).every(part => part.flags & TypeFlags.StringLike)) return;
  pass.report(other, {
    message: `${quoted(call, file.sourceFile)} is ${name} and never equal to ${quoted(other, file.sourceFile)}: ${so}.`,
    evidence: [{ at: call, message: `This text is ${name}.` }],
    fixes: fixesFor(other, convert, name),
  });
}

/** Escapes are left to the writer: `\xaa` is no letter to be converted. */
function fixesFor(other: Expression, convert: Conversion["convert"], name: string) {
  const literal = unwrapped(other);
  const written = literal.getText();
  if (!isStringLiteralLikeNode(literal) || written.includes("\\")) return [];
  const text = name.endsWith("case") ? convert(written) : JSON.stringify(convert(literal.text));
  const edits = [{ at: literal, text }];
  return [{ title: `Write the text ${name}`, safety: "suggested", edits } as const];
}
