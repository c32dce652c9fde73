/** Reports `typeof x` compared with what it never answers: a misspelled name, `undefined` itself, a class. */
import {
  asMethodCall,
  constantValue,
  defineRule,
  EQUALITIES,
  isAssignedOnce,
  isGlobal,
  isSameCode,
  nodesOf,
  operandsOf,
  quoted,
  scopeOf,
  unwrapped,
  usesOf,
  wrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isCallExpression,
  isCaseClause,
  isIdentifier,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  isSwitchStatement,
  isVariableDeclaration,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Node,
  type TypeOfExpression,
} from "@review/program/syntax";
import { checkBare, typeofBefore } from "./left-out.ts";
import { ANSWERS, CLASSES, HINTS, meantBy } from "./tables.ts";

const rule: Rule = defineRule({
  id: "typeof-misspelled",
  summary: "`typeof` is compared with a text that it never answers.",
  category: "operators",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair:
    'Compare with "undefined", "object", "boolean", "number", "bigint", "string", "symbol" or "function"; ask for arrays with `Array.isArray` and for classes with `instanceof`.',
  listen: pass => ({
    *[SyntaxKind.TypeOfExpression](node: TypeOfExpression) {
      for (const value of comparedWith(node)) yield* check(pass, node, value);
      for (const use of usesOfName(node)) {
        for (const value of comparedWith(use)) {
          if (yield* isNameOf(pass, use, node)) yield* check(pass, node, value);
        }
      }
    },
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      if (!(yield* checkText(pass, node))) checkBare(pass, node);
    },
  }),
});
export default rule;

/** `x === "undefined" || x === null`: who asks for null as well does not look for a text. */
function* checkText(pass: Pass, node: BinaryExpression): Ask<boolean> {
  const { kind } = node.operatorToken;
  if (!EQUALITIES.has(kind) || !isStringLiteralLikeNode(node.right) || node.right.text !== "undefined") return false;
  const { sourceFile } = pass.file;
  const { parent } = wrapped(node);
  const asksForNull = (other: Node): boolean =>
    isBinaryExpression(other) &&
    EQUALITIES.has(other.operatorToken.kind) &&
    isSameCode(other.left, node.left, sourceFile) &&
    other.right.kind === SyntaxKind.NullKeyword;
  if (!isBinaryExpression(parent) || !JOINED.has(parent.operatorToken.kind)) return false;
  if (!operandsOf(topOf(parent), parent.operatorToken.kind).some(each => asksForNull(unwrapped(each)))) return false;
  if (yield* isStoredText(pass, node.left)) return false;
  pass.report(node, {
    message: `${quoted(node.left, sourceFile)} is compared with the text "undefined", not asked whether it is undefined: \`typeof\` is missing.`,
    evidence: [{ at: parent, message: "The same value is asked for null here." }],
    fixes: [typeofBefore(node.left)],
  });
  return true;
}

/** What a storage or a form gives: null, or a text, and "undefined" is the text that somebody made of nothing. */
function* isStoredText({ checker }: Pass, value: Expression): Ask<boolean> {
  const parts = yield* checker.partsOf(yield* checker.typeOf(value));
  const isText = parts.some(({ flags }) => (flags & TypeFlags.StringLike) !== 0);
  return isText && parts.every(({ flags }) => (flags & (TypeFlags.StringLike | TypeFlags.Null)) !== 0);
}

const JOINED: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.BarBarToken, SyntaxKind.AmpersandAmpersandToken]);

/** The whole of a chain of one operator. */
function topOf(node: BinaryExpression): BinaryExpression {
  const { parent } = node;
  const isLonger = isBinaryExpression(parent) && parent.operatorToken.kind === node.operatorToken.kind;
  return isLonger ? topOf(parent) : node;
}

/** The values that an expression is compared with: by an operator, in a `switch`, by a list's `includes`. */
function comparedWith(node: Node): readonly Expression[] {
  const outer = wrapped(node);
  const { parent } = outer;
  if (isBinaryExpression(parent)) {
    if (!EQUALITIES.has(parent.operatorToken.kind)) return [];
    return [parent.left === outer ? parent.right : parent.left];
  }
  if (isSwitchStatement(parent)) {
    return parent.caseBlock.clauses.flatMap(clause => (isCaseClause(clause) ? [clause.expression] : []));
  }
  if (!isCallExpression(parent) || parent.arguments[0] !== outer) return [];
  const method = asMethodCall(parent);
  const isSearch = method?.name === "includes" || method?.name === "indexOf";
  return isSearch && isArrayLiteralExpression(method.object) ? method.object.elements : [];
}

/** The uses of the constant that `typeof x` is kept in. */
function usesOfName(node: Node): readonly Node[] {
  const { parent } = wrapped(node);
  if (!isVariableDeclaration(parent) || !isIdentifier(parent.name)) return [];
  return isAssignedOnce(parent) ? usesOf(scopeOf(parent), parent.name.text) : [];
}

/** An inner variable may have the same name. */
function* isNameOf({ checker }: Pass, use: Node, node: Node): Ask<boolean> {
  const symbol = yield* checker.symbolOf(use);
  const declaration = symbol && (yield* checker.declarationOf(symbol));
  return declaration === wrapped(node).parent;
}

function* check(pass: Pass, node: TypeOfExpression, value: Expression): Ask<void> {
  const what = yield* neverAnswered(pass, value);
  if (what === undefined || isSpare(what, value)) return;
  const { text, hint } = what;
  const meant = meantBy(text);
  const isText = isStringLiteralLikeNode(value);
  const quote = isText ? value.getText(pass.file.sourceFile).charAt(0) : '"';
  const isRepairable = meant !== undefined && (isText || isIdentifier(value) || value.kind === SyntaxKind.NullKeyword);
  pass.report(value, {
    message: `\`typeof\` never answers ${hint}`,
    evidence: [{ at: node, message: "This is one of eight texts." }],
    fixes: isRepairable
      ? [{ title: `Write "${meant}"`, safety: "suggested", edits: [{ at: value, text: quote + meant + quote }] }]
      : [],
  });
}

/** Whether a kind such as "array" is one alternative beside what `typeof` does answer for it: that does no harm. */
function isSpare({ text }: Answer, value: Expression): boolean {
  if (!HINTS.has(text.toLowerCase())) return false;
  let top: Node = value.parent;
  while (isBinaryExpression(top.parent) && top.parent.operatorToken.kind === SyntaxKind.BarBarToken) top = top.parent;
  for (const node of nodesOf(top)) if (isStringLiteralLikeNode(node) && ANSWERS.has(node.text)) return true;
  return false;
}

interface Answer {
  readonly text: string;
  /** The end of the message. */
  readonly hint: string;
}

function* neverAnswered({ checker, file }: Pass, value: Expression): Ask<Answer | undefined> {
  const ofForm = answerOfForm(value);
  if (ofForm) return ofForm;
  if (isIdentifier(value) && (value.text === "undefined" || CLASSES.has(value.text))) {
    return (yield* isGlobal(checker, value, value.text)) ? { text: value.text, hint: hintFor(value.text) } : undefined;
  }
  if (isPropertyAccessExpression(value) || isCallExpression(value)) return undefined;
  const constant = yield* constantValue(checker, value);
  if (typeof constant === "string") return answerOfText(constant);
  // Where the compiler checks the file, it reports what is no text.
  if (constant === undefined || file.isChecked) return undefined;
  return { text: "", hint: `${quoted(value, file.sourceFile)}: it answers a text.` };
}

function answerOfForm({ kind }: Expression): Answer | undefined {
  if (kind === SyntaxKind.VoidExpression) return { text: "undefined", hint: hintFor("undefined") };
  if (kind !== SyntaxKind.NullKeyword) return undefined;
  return { text: "", hint: '`null`: it answers a text, and for null "object".' };
}

function answerOfText(text: string): Answer | undefined {
  if (ANSWERS.has(text)) return undefined;
  const meant = meantBy(text);
  const hint = HINTS.get(text.toLowerCase()) ?? (meant === undefined ? "." : `: it answers "${meant}".`);
  return { text, hint: `${JSON.stringify(text)}${hint}` };
}

function hintFor(name: string): string {
  return name === "undefined" ? "`undefined` itself: it answers a text." : `the class \`${name}\`: it answers a text.`;
}
