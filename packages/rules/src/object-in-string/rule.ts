/** Reports a value that has no text form of its own where text is made of it. */
import {
  defineRule,
  enclosingFunction,
  EQUALITIES,
  EQUALS,
  isClaimed,
  isGuess,
  isNarrowedFromUnknown,
  isPlainPromise,
  isSameReference,
  literalValue,
  nodesOf,
  poorTextOf,
  quoted,
  textFixes,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type PoorText,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import {
  isBinaryExpression,
  isObjectLiteralExpression,
  isBlock,
  isCallExpression,
  isCatchClause,
  isElementAccessExpression,
  isFunctionLikeDeclaration,
  isIfStatement,
  isPrefixUnaryExpression,
  isTemplateExpression,
  isTemplateSpan,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type ElementAccessExpression,
  type Expression,
  type Node,
  type TemplateExpression,
  type TryStatement,
} from "@review/program/syntax";
import { conversionBy, conversionOf, type Conversion } from "./conversions.ts";

const rule: Rule = defineRule({
  id: "object-in-string",
  summary: "Text is made of an object that has no text form of its own, and reads `[object Object]`.",
  category: "text",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Write the property that is meant, call the function, or say how the object becomes text: `JSON.stringify(value)`, or a `toString` of its class.",
  listen: pass => ({
    *[SyntaxKind.TemplateExpression](template: TemplateExpression) {
      if (template.parent.kind === SyntaxKind.TaggedTemplateExpression) return;
      for (const { expression } of template.templateSpans) {
        // `promise-in-spread-or-template` has these.
        if (yield* isPlainPromise(pass.checker, yield* pass.checker.typeOf(expression))) continue;
        yield* check(pass, { place: expression, value: expression, by: "template" });
      }
    },
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const conversion = yield* conversionBy(pass.checker, call);
      if (conversion) yield* check(pass, conversion);
    },
    [SyntaxKind.BinaryExpression](sum: BinaryExpression) {
      const conversion = conversionOf(sum);
      return conversion ? check(pass, conversion) : undefined;
    },
    *[SyntaxKind.ElementAccessExpression](access: ElementAccessExpression) {
      // Elsewhere the compiler refuses such keys.
      const key = access.argumentExpression;
      if (pass.file.isJavaScript && literalValue(key) === undefined)
        yield* check(pass, { place: key, value: key, by: "key" });
    },
  }),
});
export default rule;

function* check(pass: Pass, conversion: Conversion): Ask<void> {
  const { checker, file } = pass;
  // What a test makes of an object is what it expects, or nobody's to read.
  if (file.isTest) return;
  const { place, value } = conversion;
  const type = yield* checker.typeOf(value);
  const poor = yield* poorTextOf(checker, type, conversion.by === "plus" ? "default" : "string");
  if (!poor || isMeant(conversion, poor) || isThoughtOf(value)) return;
  if (!poor.isClosed && (yield* isNarrowedFromUnknown(checker, value))) return;
  if (file.isJavaScript && (yield* isDoubtful(pass, value, poor))) return;
  pass.report(place, {
    message: messageFor(conversion, poor, quoted(value, file.sourceFile)),
    evidence: [{ at: value, message: `This is a \`${yield* checker.textOf(type)}\`.` }],
    fixes: yield* fixesFor(pass, conversion, poor),
  });
}

/**
 * Conversions that say what they want: the source of a function, or a method of an object that an interface describes,
 * which its implementation may well have. And `this` may be an instance of a subclass.
 */
function isMeant({ value, by }: Conversion, poor: PoorText): boolean {
  const { kind } = unwrapped(value);
  if (kind === SyntaxKind.ThisKeyword || kind === SyntaxKind.SuperKeyword) return true;
  if (by === "toString" && isAskedFor(value)) return true;
  if (poor.isFunction && !poor.isElement && ((by !== "template" && by !== "key") || isInCode(value))) return true;
  return by === "toString" && !poor.isElement && !poor.isClosed;
}

/** `text !== {}.toString()` asks for this very text. */
function isAskedFor(value: Node): boolean {
  const { parent } = wrapped(wrapped(value).parent.parent);
  const isCompared = isBinaryExpression(parent) && EQUALITIES.has(parent.operatorToken.kind);
  return isCompared && isObjectLiteralExpression(unwrapped(value));
}

/** In JavaScript a type may be the compiler's guess, and a function what a doc comment claims. */
function* isDoubtful({ checker }: Pass, value: Expression, poor: PoorText): Ask<boolean> {
  // `{Element}` in a doc comment is a class of the project that was not imported as often as the platform's.
  const mayBeClaimed = poor.isFunction || !/^\[object (?:Object|Promise)\]$/.test(poor.text);
  if ((mayBeClaimed && (yield* isClaimed(checker, value))) || (yield* isGuess(checker, value))) return true;
  // `pair[1]` of `["a", {}]`: without an annotation each element may be any of them.
  if (!isElementAccessExpression(unwrapped(value))) return false;
  const parts = yield* checker.partsOf(yield* checker.typeOf(value));
  // Beside an object without members any text is one, too.
  return parts.length !== 1 || (parts[0] !== undefined && (yield* checker.propertiesOf(parts[0])).length === 0);
}

/**
 * `if (!sheet) throw new Error(`${sheet} is no sheet`)` shows null or undefined, and after `if (!isPlain(sheet))` it shows whatever
 * else there may be.
 */
function isTurnedAway(value: Node): boolean {
  for (let at = value; at.parent; at = at.parent) {
    const { parent } = at;
    if (!isIfStatement(parent) || parent.thenStatement !== at) continue;
    if (alternativesOf(parent.expression).some(test => turnsAway(test, value))) return true;
  }
  return false;
}

/** `!sheet || sheet.isEmpty`: whatever comes first shows what is shown then. */
function alternativesOf(condition: Node): readonly Node[] {
  const test = unwrapped(condition);
  if (!isBinaryExpression(test) || test.operatorToken.kind !== SyntaxKind.BarBarToken) return [test];
  return [...alternativesOf(test.left), ...alternativesOf(test.right)];
}

function turnsAway(test: Node, value: Node): boolean {
  if (isBinaryExpression(test)) return isAbsenceTest(test) && isSameReference(unwrapped(test.left), value);
  if (!isPrefixUnaryExpression(test)) return false;
  const asked = unwrapped(test.operand);
  const [first] = isCallExpression(asked) ? asked.arguments : [asked];
  return first !== undefined && isSameReference(unwrapped(first), value);
}

function isAbsenceTest({ operatorToken, right }: BinaryExpression): boolean {
  return EQUALS.has(operatorToken.kind) && /^(?:null|undefined|void 0)$/.test(right.getText());
}

/** After `if (isBrowser && input instanceof Request) return input.url` the compiler still sees a `Request`, and nobody else does. */
function isAskedForClass(value: Node): boolean {
  const owner = enclosingFunction(value);
  for (const node of owner ? nodesOf(owner) : []) {
    if (node.pos > value.pos || !isBinaryExpression(node)) continue;
    if (node.operatorToken.kind === SyntaxKind.InstanceOfKeyword && isSameReference(node.left, value)) return true;
  }
  return false;
}

/** Whether the code around looks at what the value is. */
function isThoughtOf(value: Node): boolean {
  return isTurnedAway(value) || isInStub(value) || isLastResort(value) || isAskedForClass(value);
}

/** `visit(node) { throw new Error(`no visit of ${node}`); }`: heirs override what does nothing but throw. */
function isInStub(value: Node): boolean {
  const body = enclosingFunction(value)?.body;
  return body !== undefined && isBlock(body) && body.statements.every(({ kind }) => kind === SyntaxKind.ThrowStatement);
}

/** `try { return JSON.stringify(block); } catch { return String(block); }` */
function isLastResort(value: Node): boolean {
  for (let at = value; at.parent && !isFunctionLikeDeclaration(at); at = at.parent) {
    if (!isCatchClause(at)) continue;
    const { tryBlock } = at.parent as TryStatement;
    for (const node of nodesOf(tryBlock)) if (isCallExpression(node) && makesJson(node, value)) return true;
  }
  return false;
}

function makesJson({ expression, arguments: [what] }: CallExpression, value: Node): boolean {
  return expression.getText() === "JSON.stringify" && what !== undefined && isSameReference(unwrapped(what), value);
}

/** `(${script})(this)` and `window.draw = ${draw};` make code of the function. */
function isInCode(value: Node): boolean {
  const span = value.parent;
  if (!isTemplateSpan(span) || !isTemplateExpression(span.parent)) return false;
  const { head, templateSpans } = span.parent;
  const before = templateSpans[templateSpans.indexOf(span) - 1]?.literal ?? head;
  const after = span.literal.text;
  return (before.text.endsWith("(") && after.startsWith(")")) || (/=\s*$/.test(before.text) && after.startsWith(";"));
}

function messageFor({ by }: Conversion, poor: PoorText, what: string): string {
  if (poor.isElement) return elementMessage(poor, what);
  if (poor.isFunction) return `${what} is a function that nobody calls here: the text gets its source code.`;
  const where = by === "key" ? "as a key it" : "it";
  return `${what} has no text form of its own: ${where} reads \`${poor.text}\` here.`;
}

function elementMessage({ isFunction, text }: PoorText, what: string): string {
  return isFunction
    ? `The elements of ${what} are functions that nobody calls here: the text gets their source code.`
    : `The elements of ${what} have no text form of their own: each of them reads \`${text}\` here.`;
}

function* fixesFor(pass: Pass, { place, value, by }: Conversion, poor: PoorText): Ask<readonly ReportedFix[]> {
  return by === "join" || by === "key" ? [] : yield* textFixes(pass, place, value, poor);
}
