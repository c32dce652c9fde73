/** Reports arguments of JavaScript calls that a builtin cannot use: it throws, or works with text that says nothing. */
import {
  defineRule,
  isBuiltin,
  isClaimed,
  literalValue,
  quoted,
  uncheckedDiagnostics,
  unwrapped,
  type Ask,
  type FileDiagnostic,
  type Pass,
  type Rule,
  type TypeChecker,
} from "@review/analysis";
import { TypeFlags, type Type } from "@review/program";
import {
  isCallExpression,
  isElementAccessExpression,
  isNewExpression,
  isPropertyAccessExpression,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Expression,
  type ForOfStatement,
  type NewExpression,
  type Node,
  type PropertyAccessExpression,
  type SourceFile,
  type SpreadElement,
} from "@review/program/syntax";
import { kindOf, NOUNS, writtenValue, type Kind } from "./kinds.ts";
import { checkIterated, checkOperator } from "./operands.ts";
import { checkRequest } from "./requests.ts";

const rule: Rule = defineRule({
  id: "type-mismatch",
  summary: "A builtin of JavaScript or Node is given an argument of a kind that it cannot use.",
  category: "calls",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Pass what the function takes, in the order in which it takes it.",
  listen: pass => ({
    *[SyntaxKind.SourceFile](_: SourceFile) {
      for (const diagnostic of yield* uncheckedDiagnostics(pass, CODES)) {
        const place = placeOf(diagnostic);
        if (place) yield* check(pass, place);
      }
    },
    [SyntaxKind.BinaryExpression]: (node: BinaryExpression) => checkOperator(pass, node),
    [SyntaxKind.CallExpression]: (node: CallExpression) => checkRequest(pass, node),
    [SyntaxKind.NewExpression]: (node: NewExpression) => checkRequest(pass, node),
    [SyntaxKind.SpreadElement]: (node: SpreadElement) => checkIterated(pass, node.expression),
    [SyntaxKind.ForOfStatement]: (node: ForOfStatement) => checkIterated(pass, node.expression),
  }),
});
export default rule;

/** TypeScript's: an argument that is not assignable, no overload that fits. */
const CODES: ReadonlySet<number> = new Set([2345, 2769]);

interface Place {
  readonly call: CallExpression | NewExpression;
  readonly argument: Expression;
  readonly index: number;
}

function placeOf({ node }: FileDiagnostic): Place | undefined {
  for (let at: Node = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (!isCallExpression(parent) && !isNewExpression(parent)) continue;
    const index = parent.arguments?.findIndex(argument => argument === at) ?? -1;
    if (index >= 0) return { call: parent, argument: at as Expression, index };
  }
  return undefined;
}

function* check(pass: Pass, { call, argument, index }: Place): Ask<void> {
  const { checker, file } = pass;
  const given = yield* kindOf(pass, argument);
  if (given === undefined || !(yield* isOfBuiltin(pass, call))) return;
  const signature = yield* checker.signatureOf(call);
  const parameters = signature && (yield* checker.parametersOf(signature));
  const parameter = parameters?.[index] ?? parameters?.at(-1);
  if (!signature || !parameter) return;
  const wanted = yield* checker.parameterTypeOf(signature, index);
  const isQuestion = QUESTIONS.test(call.expression.getText());
  const takes =
    (yield* textOfWanted(pass, wanted, given)) ?? (isQuestion ? undefined : yield* numberFor(pass, wanted, argument));
  if (takes === undefined) return;
  pass.report(argument, {
    message: `${quoted(call.expression, file.sourceFile)} takes ${takes} as \`${parameter.name}\`, not ${NOUNS[given]}.`,
    evidence: [{ at: argument, message: `This is ${NOUNS[given]}.` }],
  });
}

function* isOfBuiltin({ checker }: Pass, { expression }: CallExpression | NewExpression): Ask<boolean> {
  const callee = unwrapped(expression);
  const name = isPropertyAccessExpression(callee) ? callee.name : callee;
  if (isElementAccessExpression(callee)) return false;
  // `JSON.stringify(value, "", 2)` only ignores the text, and `/_super/.test(fn)` looks through a function's source.
  if (name.getText() === "stringify" || name.getText() === "test") return false;
  const symbol = yield* checker.symbolOf(name);
  if (symbol === undefined || !isBuiltin(yield* checker.targetOf(symbol))) return false;
  return !isPropertyAccessExpression(callee) || !(yield* isUnsureOf(checker, callee));
}

/** Any array takes any element, whatever its first ones were; and a doc comment may say less than the truth. */
function* isUnsureOf(checker: TypeChecker, { expression, name }: PropertyAccessExpression): Ask<boolean> {
  if (yield* isClaimed(checker, expression)) return true;
  return ELEMENT_TAKERS.has(name.text) && (yield* checker.isArray(yield* checker.typeOf(expression)));
}

const ELEMENT_TAKERS: ReadonlySet<string> = new Set(
  "push unshift splice concat fill with includes indexOf lastIndexOf".split(" "),
);

/** What is wanted, where the argument is of another kind and not one that is turned into it without a loss. */
function* textOfWanted({ checker }: Pass, wanted: Type, given: Kind): Ask<string | undefined> {
  let flags = 0;
  let isFunction = false;
  for (const part of yield* checker.partsOf(wanted)) {
    flags |= part.flags;
    isFunction ||= (yield* checker.callSignaturesOf(part)).length > 0;
  }
  if (flags & TypeFlags.AnyOrUnknown) return undefined;
  const isPrimitive = PRIMITIVES.has(given);
  if (isFunction && isPrimitive && !(flags & PRIMITIVE)) return "a function";
  if (!isFunction && !isPrimitive && !(flags & ~(PRIMITIVE | TypeFlags.Nullable))) {
    return flags & TypeFlags.StringLike ? "text" : "a number";
  }
  return undefined;
}

/** What is there to find out whether a text is a number, and dates, which `wrong-builtin-argument` has. */
const QUESTIONS = /^(?:(?:Number|globalThis|window)?\.?(?:isNaN|isFinite)|Date)$/;

/** `text.repeat("twice")`: of all texts, a number takes those that are one. */
function* numberFor({ checker }: Pass, wanted: Type, argument: Expression): Ask<string | undefined> {
  const text = literalValue(yield* writtenValue(checker, argument));
  if (typeof text !== "string" || !Number.isNaN(Number(text))) return undefined;
  const parts = yield* checker.partsOf(wanted);
  const isNumber = parts.every(({ flags }) => (flags & (TypeFlags.NumberLike | TypeFlags.Nullable)) !== 0);
  return isNumber && parts.some(({ flags }) => (flags & TypeFlags.NumberLike) !== 0) ? "a number" : undefined;
}

const PRIMITIVES: ReadonlySet<Kind> = new Set(["text", "number", "boolean"]);

const PRIMITIVE = TypeFlags.StringLike | TypeFlags.NumberLike | TypeFlags.BooleanLike | TypeFlags.BigIntLike;
