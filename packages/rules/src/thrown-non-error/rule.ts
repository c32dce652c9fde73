/** Reports a `throw` of text, numbers, plain objects and classes: of what has no stack and is no error. */
import {
  builtinName,
  certainParts,
  defineRule,
  enclosingFunction,
  quoted,
  valuesOf,
  wrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
  type TypeChecker,
} from "@review/analysis";
import { TypeFlags, type Type } from "@review/program";
import {
  isCatchClause,
  isIdentifier,
  isNewExpression,
  isSpreadAssignment,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isVariableDeclaration,
  SyntaxKind,
  type Expression,
  type Node,
  type ThrowStatement,
} from "@review/program/syntax";
import { PLAIN_BUILTINS, PRIMITIVES, WRITTEN } from "./tables.ts";

const rule: Rule = defineRule({
  id: "thrown-non-error",
  summary: "What is thrown is no error: it has no stack, and handlers that read `message` find nothing.",
  category: "errors",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Throw an `Error`, or a class that extends it, with the text as its message and further data as properties or `cause`.",
  listen: pass => ({
    *[SyntaxKind.ThrowStatement](node: ThrowStatement) {
      // Tests throw anything, to see how it is handled.
      if (pass.file.isTest) return;
      for (const value of valuesOf(node.expression)) yield* check(pass, value);
    },
  }),
});
export default rule;

function* check(pass: Pass, value: Expression): Ask<void> {
  const { checker, file } = pass;
  const what = WRITTEN.get(value.kind) ?? (yield* kindByType(checker, value));
  if (what === undefined || (isObjectLiteralExpression(value) && !isBare(value))) return;
  const name = quoted(value, file.sourceFile);
  pass.report(value, {
    message:
      what === "a class"
        ? `The class ${name} itself is thrown: \`new\` is missing.`
        : `${name} is ${what} and no error: it has no stack and no \`message\` to read.`,
    evidence: [{ at: value, message: `This is of type \`${yield* checker.textOf(yield* checker.typeOf(value))}\`.` }],
    fixes: fixesFor(value, what),
  });
}

/** Whether an object literal has neither a `stack` nor parts that could bring one. */
function isBare(literal: Node): boolean {
  if (!isObjectLiteralExpression(literal)) return false;
  return literal.properties.every(
    property =>
      !isSpreadAssignment(property) &&
      !(property.name && isIdentifier(property.name) && property.name.text === "stack"),
  );
}

/**
 * What a value is, if every part of its type is known and none can be an error. Symbols and objects that are kept in
 * a variable outside are signals, which the catching side compares by identity; instances of the project's classes
 * and promises are taken for someone's protocol.
 */
function* kindByType(checker: TypeChecker, value: Expression): Ask<string | undefined> {
  if (isNewExpression(value) && isIdentifier(value.expression) && !PLAIN_BUILTINS.has(value.expression.text))
    return undefined;
  if (yield* isCaught(checker, value)) return undefined;
  const parts = yield* certainParts(checker, yield* checker.typeOf(value));
  let kind: string | undefined;
  for (const part of parts ?? []) {
    const found = primitiveKind(part) ?? (yield* objectKind(checker, part, value));
    if (found === undefined) return undefined;
    kind = kind === undefined || kind === found ? found : "no object of an error class";
  }
  return kind;
}

/** Whether a value is what a `catch` got: throwing it again leaves it as it was, whatever a test has shown it to be. */
function* isCaught(checker: TypeChecker, value: Expression): Ask<boolean> {
  if (!isIdentifier(value)) return false;
  const symbol = yield* checker.symbolOf(value);
  const declaration = symbol && (yield* checker.declarationOf(symbol));
  return declaration !== undefined && isVariableDeclaration(declaration) && isCatchClause(declaration.parent);
}

function primitiveKind(part: Type): string | undefined {
  return PRIMITIVES.find(([flags]) => part.flags & flags)?.[1];
}

function* objectKind(checker: TypeChecker, part: Type, value: Expression): Ask<string | undefined> {
  if (!(part.flags & TypeFlags.Object)) return undefined;
  if ((yield* checker.constructSignaturesOf(part)).length > 0) return "a class";
  const isList = (yield* checker.isArray(part)) || (yield* checker.isTuple(part));
  if (isList) return "an array";
  const name = yield* builtinName(checker, part);
  if (name !== undefined) return PLAIN_BUILTINS.has(name) ? `a \`${name}\`` : undefined;
  return (yield* isLocalLiteral(checker, part, value)) ? "an object" : undefined;
}

/** Whether a value is an object literal that was written in the function that throws it. */
function* isLocalLiteral(checker: TypeChecker, part: Type, value: Expression): Ask<boolean> {
  if (!isIdentifier(value)) return false;
  const [literal] = yield* literalsOf(checker, part);
  return (
    literal !== undefined &&
    isBare(literal) &&
    enclosingFunction(literal) !== undefined &&
    enclosingFunction(literal) === enclosingFunction(value)
  );
}

function* literalsOf(checker: TypeChecker, type: Type): Ask<readonly Node[]> {
  const symbol = yield* checker.symbolOfType(type);
  return symbol ? yield* checker.declarationsOf(symbol) : [];
}

function fixesFor(value: Expression, what: string): readonly ReportedFix[] {
  const start = { start: value.getStart(), end: value.getStart() };
  const end = { start: value.end, end: value.end };
  if (what === "a class" && isIdentifier(value)) {
    return [
      {
        title: "Make an instance",
        safety: "suggested",
        edits: [
          { at: start, text: "new " },
          { at: end, text: "()" },
        ],
      },
    ];
  }
  const isAsserted = value.parent !== wrapped(value).parent && !isParenthesizedExpression(value.parent);
  if (what !== "a string" || isAsserted) return [];
  const edits = [
    { at: start, text: "new Error(" },
    { at: end, text: ")" },
  ];
  return [{ title: "Throw an `Error` with this message", safety: "suggested", edits }];
}
