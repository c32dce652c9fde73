/** Reports values of two enums that are compared or combined: equal numbers mean different things in each. */
import {
  certainParts,
  constantValue,
  defineRule,
  EQUALITIES,
  mentions,
  quoted,
  type Ask,
  type Pass,
  type Rule,
  type TypeChecker,
} from "@review/analysis";
import { SymbolFlags, TypeFlags, type Symbol, type Type } from "@review/program";
import {
  isCaseClause,
  isEnumDeclaration,
  isNumericLiteral,
  isStringLiteralLikeNode,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type SwitchStatement,
  type VariableDeclaration,
} from "@review/program/syntax";
import { checkFamilies } from "./families.ts";

const rule: Rule = defineRule({
  id: "enum-mismatch",
  summary: "A value of one enum is compared or combined with a member of another.",
  category: "conditions",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Use the member of the enum that the value belongs to.",
  listen: pass => ({
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      const { kind } = node.operatorToken;
      // The compiler reports equalities across enums where it checks the file, but takes orders and flags for numbers.
      if (MIXING.has(kind) || (EQUALITIES.has(kind) && !pass.file.isChecked))
        yield* check(pass, node.left, node.right, node);
    },
    [SyntaxKind.VariableDeclaration](declaration: VariableDeclaration) {
      if (!pass.file.isTest) checkFamilies(pass, declaration);
    },
    *[SyntaxKind.SwitchStatement](node: SwitchStatement) {
      if (pass.file.isChecked) return;
      for (const { expression } of node.caseBlock.clauses.filter(isCaseClause)) {
        yield* check(pass, node.expression, expression, expression);
      }
    },
  }),
});
export default rule;

const MIXING: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.LessThanToken,
  SyntaxKind.LessThanEqualsToken,
  SyntaxKind.GreaterThanToken,
  SyntaxKind.GreaterThanEqualsToken,
  SyntaxKind.AmpersandToken,
  SyntaxKind.BarToken,
  SyntaxKind.CaretToken,
  SyntaxKind.AmpersandEqualsToken,
  SyntaxKind.BarEqualsToken,
]);

function* check(pass: Pass, left: Expression, right: Expression, place: Expression): Ask<void> {
  const { checker, file } = pass;
  if (isPlainValue(left) || isPlainValue(right)) return;
  const ours = yield* enumOf(checker, yield* checker.typeOf(right));
  const theirs = ours && (yield* enumOf(checker, yield* checker.typeOf(left)));
  if (!ours || !theirs || ours === theirs || (yield* areRelated(checker, ours, theirs))) return;
  if (yield* shareField(checker, ours, theirs)) return;
  pass.report(place, {
    message: `${quoted(left, file.sourceFile, 25)} is of the enum \`${theirs.name}\` and ${quoted(right, file.sourceFile, 25)} of \`${ours.name}\`: their values mean different things.`,
    evidence: [
      { at: left, message: `This is a \`${theirs.name}\`.` },
      { at: right, message: `This is a \`${ours.name}\`.` },
    ],
  });
}

function isPlainValue(node: Expression): boolean {
  return isNumericLiteral(node) || isStringLiteralLikeNode(node);
}

/** The members of a union that are looked at; a longer one is no single enum. */
const LONGEST_UNION = 8;

/** The enum that every possible value belongs to. */
function* enumOf(checker: TypeChecker, type: Type): Ask<Symbol | undefined> {
  if (type.flags & TypeFlags.EnumLike) return yield* ownerOf(checker, type);
  if (!(type.flags & (TypeFlags.Union | TypeFlags.Instantiable))) return undefined;
  const parts = (yield* certainParts(checker, type)) ?? [];
  if (parts.length > LONGEST_UNION || parts.some(part => !(part.flags & TypeFlags.EnumLike))) return undefined;
  let found: Symbol | undefined;
  for (const part of parts) {
    const owner = yield* ownerOf(checker, part);
    if (!owner || (found && found !== owner)) return undefined;
    found = owner;
  }
  return found;
}

function* ownerOf(checker: TypeChecker, type: Type): Ask<Symbol | undefined> {
  const symbol = yield* checker.symbolOfType(type);
  return symbol && symbol.flags & SymbolFlags.EnumMember ? yield* checker.parentOf(symbol) : symbol;
}

/** Whether one of two enums is made from the other, or is another version of it. */
function* areRelated(checker: TypeChecker, first: Symbol, second: Symbol): Ask<boolean> {
  if (first.name === second.name) return true;
  for (const declaration of yield* checker.declarationsOf(first)) if (mentions(declaration, second.name)) return true;
  for (const declaration of yield* checker.declarationsOf(second)) if (mentions(declaration, first.name)) return true;
  return false;
}

/** Whether no bit belongs to both: colours in the lower bits and styles in the upper ones are made to lie in one number. */
function* shareField(checker: TypeChecker, first: Symbol, second: Symbol): Ask<boolean> {
  const ours = yield* bitsOf(checker, first);
  const theirs = yield* bitsOf(checker, second);
  return ours !== 0 && theirs !== 0 && (ours & theirs) === 0;
}

/** All bits that the members of an enum have; 0 where that is not known. */
function* bitsOf(checker: TypeChecker, symbol: Symbol): Ask<number> {
  let bits = 0;
  for (const declaration of yield* checker.declarationsOf(symbol)) {
    if (!isEnumDeclaration(declaration)) return 0;
    for (const { initializer } of declaration.members) {
      const value = initializer && (yield* constantValue(checker, initializer));
      if (typeof value !== "number") return 0;
      bits |= value;
    }
  }
  return bits;
}
