/** Comparisons that no value of the declared types makes true, in files that the compiler checks. */
import { isNullish, isUncertain, literalValue, quoted, type Ask, type Pass, type TypeChecker } from "@review/analysis";
import { TypeFlags, type Type } from "@review/program";
import {
  isCaseClause,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Node,
  type SwitchStatement,
} from "@review/program/syntax";

/** Reports an equality whose sides have no value in common by their types, before any test has narrowed them. */
export function* checkTypes(pass: Pass, node: BinaryExpression, isStrict: boolean, outcome: string): Ask<void> {
  if (!(yield* areApart(pass, node.left, node.right, isStrict))) return;
  report(pass, node, [node.left, node.right], `this is always ${outcome}`, yield* textsOf(pass, node.left, node.right));
}

/** Reports the cases that the value of a `switch` never has. */
export function* checkCaseTypes(pass: Pass, { expression, caseBlock }: SwitchStatement): Ask<void> {
  if (expression.kind === SyntaxKind.TrueKeyword) return;
  for (const clause of caseBlock.clauses) {
    if (!isCaseClause(clause) || !(yield* areApart(pass, expression, clause.expression, true))) continue;
    const texts = yield* textsOf(pass, expression, clause.expression);
    report(pass, clause.expression, [expression, clause.expression], "this case never runs", texts);
  }
}

type Pair<T> = readonly [T, T];

function report(pass: Pass, place: Node, [left, right]: Pair<Expression>, so: string, texts: Pair<string>): void {
  const { sourceFile } = pass.file;
  pass.report(place, {
    message: `${quoted(left, sourceFile)} is never equal to ${quoted(right, sourceFile)}, which is of another type: ${so}.`,
    evidence: [
      { at: left, message: `This is of type \`${texts[0]}\`.` },
      { at: right, message: `This is of type \`${texts[1]}\`.` },
    ],
  });
}

function* textsOf({ checker }: Pass, left: Expression, right: Expression): Ask<Pair<string>> {
  const texts: string[] = [];
  for (const side of [left, right]) texts.push(yield* checker.textOf(yield* declaredType(checker, side)));
  return texts as unknown as Pair<string>;
}

/** The types are asked as they are first, since most comparisons are sound, and as they were declared then. */
function* areApart(pass: Pass, left: Expression, right: Expression, isStrict: boolean): Ask<boolean> {
  if ([left, right].some(isTold) || isExpected(pass, left)) return false;
  const { checker } = pass;
  const narrowed = [yield* checker.typeOf(left), yield* checker.typeOf(right)] as const;
  if (!(yield* haveNothingInCommon(checker, ...narrowed, isStrict))) return false;
  const declared = [yield* declaredType(checker, left), yield* declaredType(checker, right)] as const;
  return yield* haveNothingInCommon(checker, ...declared, isStrict);
}

/** Null, true and the like are compared with anything; misspelt `typeof` names and new objects have rules of their own. */
function isTold(side: Expression): boolean {
  const value = literalValue(side);
  return value === null || typeof value === "boolean" || TOLD.has(side.kind);
}

const TOLD: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.TypeOfExpression, SyntaxKind.ObjectLiteralExpression, SyntaxKind.ArrayLiteralExpression],
  ...[SyntaxKind.RegularExpressionLiteral, SyntaxKind.NewExpression, SyntaxKind.PrefixUnaryExpression],
  ...[SyntaxKind.BinaryExpression, SyntaxKind.ArrowFunction, SyntaxKind.FunctionExpression],
]);

/** Whether the line before tells the compiler to pass over this one. */
function isExpected({ file }: Pass, side: Expression): boolean {
  const before = file.text.slice(0, side.getStart(file.sourceFile)).split("\n").slice(-2)[0] ?? "";
  return /@ts-(?:ignore|expect-error)/.test(before);
}

/** What a name was declared as, whatever tests have made of it since; an assertion counts as it is written. */
function* declaredType(checker: TypeChecker, side: Expression): Ask<Type> {
  let bare: Node = side;
  while (bare.kind === SyntaxKind.ParenthesizedExpression) bare = (bare as Node & { expression: Node }).expression;
  const name = isPropertyAccessExpression(bare) ? bare.name : bare;
  const symbol = isIdentifier(name) ? yield* checker.symbolOf(name) : undefined;
  return symbol ? yield* checker.typeOfSymbol(yield* checker.targetOf(symbol)) : yield* checker.typeOf(side);
}

function* haveNothingInCommon(checker: TypeChecker, left: Type, right: Type, isStrict: boolean): Ask<boolean> {
  const ours = yield* kindsOf(checker, left);
  const theirs = ours && (yield* kindsOf(checker, right));
  if (!ours || !theirs) return false;
  for (const one of ours) {
    for (const other of theirs) {
      if (one.kind !== other.kind ? !isStrict || !(yield* areForeign(checker, one, other)) : !areDifferent(one, other))
        return false;
    }
  }
  return true;
}

interface Part {
  readonly kind: string;
  readonly type: Type;
}

/** An object type may describe a text, as `{ length: number }` does. */
function* areForeign(checker: TypeChecker, one: Part, other: Part): Ask<boolean> {
  if (one.kind !== "object" && other.kind !== "object") return true;
  const [object, primitive] = one.kind === "object" ? [one, other] : [other, one];
  return !(yield* checker.isAssignable(primitive.type, object.type));
}

function areDifferent(one: Part, other: Part): boolean {
  return one.type.isLiteralType() && other.type.isLiteralType() && one.type.value !== other.type.value;
}

/** What a value may be, without null and undefined; nothing where that is not sure, or there is nothing. */
function* kindsOf(checker: TypeChecker, type: Type): Ask<readonly Part[] | undefined> {
  const parts: Part[] = [];
  for (const part of yield* checker.partsOf(type)) {
    if (isUncertain(part)) return undefined;
    if (isNullish(part)) continue;
    const kind = yield* kindOf(checker, part);
    if (kind === undefined) return undefined;
    parts.push({ kind, type: part });
  }
  return parts.length > 0 ? parts : undefined;
}

function* kindOf(checker: TypeChecker, type: Type): Ask<string | undefined> {
  if (type.flags & TypeFlags.EnumLike) return undefined;
  for (const [flag, kind] of KINDS) if (type.flags & flag) return kind;
  if (!(type.flags & TypeFlags.Object)) return undefined;
  // Nothing is known of what has no members.
  const isKnown = (yield* checker.propertiesOf(type)).length > 0 || (yield* checker.callSignaturesOf(type)).length > 0;
  return isKnown ? "object" : undefined;
}

const KINDS: readonly (readonly [TypeFlags, string])[] = [
  [TypeFlags.StringLike, "text"],
  [TypeFlags.NumberLike, "number"],
  [TypeFlags.BigIntLike, "bigint"],
  [TypeFlags.BooleanLike, "boolean"],
];
