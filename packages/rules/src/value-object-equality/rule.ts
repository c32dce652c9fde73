/** Reports dates, URLs, decimals and other objects that stand for a value where they are compared by identity. */
import {
  asMethodCall,
  builtinOf,
  defineRule,
  fixedLocalOf,
  isGlobal,
  isSameReference,
  keepsNothing,
  literalValue,
  mayBeFresh,
  nodesOf,
  quoted,
  scopeOf,
  unwrapped,
  usesOf,
  wrapped,
  type Ask,
  type Pass,
  type Rule,
  type TypeChecker,
} from "@review/analysis";
import {
  isCallExpression,
  isCaseClause,
  isIdentifier,
  isSwitchStatement,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Expression,
  type Node,
  type SwitchStatement,
} from "@review/program/syntax";
import { comparisonFix } from "./comparison-fix.ts";
import { isOnPurpose } from "./on-purpose.ts";
import type { ValueClass } from "./tables.ts";
import { asValueObject } from "./value-class.ts";

const rule: Rule = defineRule({
  id: "value-object-equality",
  summary: "Two objects that stand for values (dates, URLs, decimals) are compared by identity.",
  category: "conditions",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Compare the values: `a.getTime() === b.getTime()` for dates, `a.href === b.href` for URLs, `a.equals(b)` or its like for Temporal and decimals.",
  listen: pass => ({
    [SyntaxKind.BinaryExpression](node: BinaryExpression) {
      const isNegated = OPERATORS.get(node.operatorToken.kind);
      if (isNegated === undefined) return undefined;
      return check(pass, node, node.left, node.right, isNegated);
    },
    *[SyntaxKind.SwitchStatement](node: SwitchStatement) {
      for (const clause of node.caseBlock.clauses) {
        if (isCaseClause(clause)) yield* check(pass, clause.expression, node.expression, clause.expression);
      }
    },
    *[SyntaxKind.CallExpression](node: CallExpression) {
      const method = asMethodCall(node);
      const [first, second] = node.arguments;
      if (!method || !first) return;
      if (method.name === "is" && second && (yield* isGlobal(pass.checker, method.object, "Object"))) {
        yield* check(pass, node, first, second, false);
      }
      if (method.name === "includes") yield* checkIncludes(pass, node, method.object, first);
    },
  }),
});
export default rule;

/** Whether the operator tests for difference. */
const OPERATORS: ReadonlyMap<SyntaxKind, boolean> = new Map([
  [SyntaxKind.EqualsEqualsToken, false],
  [SyntaxKind.EqualsEqualsEqualsToken, false],
  [SyntaxKind.ExclamationEqualsToken, true],
  [SyntaxKind.ExclamationEqualsEqualsToken, true],
]);

function* check(pass: Pass, place: Expression, left: Expression, right: Expression, isNegated?: boolean): Ask<void> {
  if (!mayBeObject(left) || !mayBeObject(right) || isSameReference(left, right)) return;
  const { checker, file } = pass;
  const ours = yield* asValueObject(checker, yield* checker.typeOf(left));
  const theirs = ours && (yield* asValueObject(checker, yield* checker.typeOf(right)));
  if (!ours || !theirs || (yield* isMeant(pass, left, right, ours.of))) return;
  const fix =
    isNegated === undefined ? undefined : comparisonFix(pass, { place, left, right, ours, theirs, isNegated });
  const subject = isNegated === undefined ? `switch (${plain(pass, left)})` : plain(pass, place);
  pass.report(place, {
    message: `\`${subject}\` compares \`${ours.of.name}\` objects by identity: equal values in two objects are different.`,
    evidence: [
      { at: left, message: `${quoted(left, file.sourceFile)} is a \`${ours.of.name}\`.` },
      { at: right, message: `${quoted(right, file.sourceFile)} is a \`${theirs.of.name}\`.` },
    ],
    fixes: fix ? [fix] : [],
  });
}

/** A comparison with a new object cannot be meant; in a test, and for what is often shared, identity may be the point. */
function* isMeant({ checker, file }: Pass, left: Expression, right: Expression, of: ValueClass): Ask<boolean> {
  if ((yield* isNewHere(checker, left)) || (yield* isNewHere(checker, right))) return false;
  if (file.isTest || (of.isOftenShared && isName(left) && isName(right))) return true;
  return isOnPurpose(left, right);
}

/** Whether an operand is a new object that nothing else can hold, directly or through a local that is only looked at. */
function* isNewHere(checker: TypeChecker, operand: Expression): Ask<boolean> {
  if (MAKERS.has(unwrapped(operand).kind)) return true;
  const local = yield* fixedLocalOf(checker, operand);
  if (!local || !MAKERS.has(unwrapped(local.value).kind) || (yield* builtinOf(checker, operand)) === undefined) {
    return false;
  }
  const { declaration } = local;
  return usesOf(scopeOf(declaration), declaration.name.text).every(
    use => keepsNothing(use, true) || isCaseClause(wrapped(use).parent) || isSwitchStatement(wrapped(use).parent),
  );
}

const MAKERS: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.NewExpression, SyntaxKind.RegularExpressionLiteral]);

function isName(node: Expression): boolean {
  const { kind } = unwrapped(node);
  return kind === SyntaxKind.Identifier || kind === SyntaxKind.PropertyAccessExpression;
}

function mayBeObject(node: Expression): boolean {
  const expression = unwrapped(node);
  if (literalValue(expression) !== undefined || PRIMITIVES.has(expression.kind)) return false;
  return !isIdentifier(expression) || expression.text !== "undefined";
}

const PRIMITIVES: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.TypeOfExpression,
  SyntaxKind.TemplateExpression,
  SyntaxKind.PrefixUnaryExpression,
  SyntaxKind.PostfixUnaryExpression,
  SyntaxKind.VoidExpression,
]);

/** `xs.includes(x)`; that a new object is in no array is for another rule to say. */
function* checkIncludes(pass: Pass, node: CallExpression, array: Expression, value: Expression): Ask<void> {
  const { checker, file } = pass;
  if (!mayBeObject(value) || mayBeFresh(value) || file.isTest) return;
  const found = yield* asValueObject(checker, yield* checker.typeOf(value));
  if (!found || found.of.isOftenShared) return;
  const owner = yield* builtinOf(checker, array);
  if (owner !== "Array" && owner !== "ReadonlyArray") return;
  if (isOnPurpose(value, array) || isLentMemory(found.of, value, array)) return;
  const local = yield* fixedLocalOf(checker, value);
  if (local && mayBeFresh(local.value)) return;
  pass.report(node, {
    message: `${quoted(node, file.sourceFile)} finds only the very same \`${found.of.name}\` object: an equal one in another object is not found.`,
    evidence: [{ at: value, message: `${quoted(value, file.sourceFile)} is a \`${found.of.name}\`.` }],
    repair: "Use `some` with a comparison of the values.",
  });
}

/** Bytes are memory as often as a value: a pool or a list for a transfer asks whether it holds this very piece. */
function isLentMemory({ name }: ValueClass, value: Expression, array: Expression): boolean {
  return (name === "Buffer" || name.endsWith("Array")) && isPutInto(value, array);
}

/** Whether something of this name is put into the array anywhere in the file, as the object that it is. */
function isPutInto(value: Expression, array: Expression): boolean {
  for (const node of nodesOf(value.getSourceFile())) {
    const method = isCallExpression(node) ? asMethodCall(node) : undefined;
    if (!method || !ADDING.has(method.name) || !isSameReference(method.object, array)) continue;
    if (isCallExpression(node) && node.arguments.some(argument => isSameReference(argument, value))) return true;
  }
  return false;
}

const ADDING: ReadonlySet<string> = new Set(["push", "unshift"]);

/** As `quoted`, without the backticks. */
function plain({ file }: Pass, node: Node): string {
  return quoted(node, file.sourceFile).slice(1, -1);
}
