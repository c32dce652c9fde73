/** Reports `Array(n).join(text)` where n repetitions are meant: there are n - 1. */
import {
  asFixedLocal,
  asMethodCall,
  defineRule,
  literalValue,
  quoted,
  unwrapped,
  type Pass,
  type Rule,
  type Variable,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "array-join-for-repeat",
  summary: "`Array(n).join(text)` pads or repeats, and gives one repetition less than n.",
  category: "text",
  severity: "warning",
  preset: "preview",
  since: "0.1.0",
  repair: "Write `text.repeat(n)`, or `padStart` and `padEnd`.",
  listen: pass => ({
    [SyntaxKind.CallExpression](call: CallExpression) {
      const method = asMethodCall(call);
      if (method?.name !== "join") return;
      const size = sizeOf(method.object);
      const [text] = call.arguments;
      if (!size || !text || isEmpty(text) || isAddedOnce(call, text)) return;
      const reason = countedAs(pass, size);
      if (reason) report(pass, call, { size, text, reason });
    },
  }),
});
export default rule;

/** `n` of `Array(n)` and `new Array(n)`. */
function sizeOf(object: Expression): Expression | undefined {
  const made = unwrapped(object);
  if (!isCallExpression(made) && !isNewExpression(made)) return undefined;
  const isArray = isIdentifier(made.expression) && made.expression.text === "Array";
  return isArray && made.arguments?.length === 1 ? made.arguments[0] : undefined;
}

function isEmpty(text: Expression): boolean {
  return isStringLiteralLikeNode(text) && text.text === "";
}

/** `Array(n).join("x") + "x"` knows. */
function isAddedOnce(call: CallExpression, text: Expression): boolean {
  const { parent } = call;
  if (!isBinaryExpression(parent) || parent.operatorToken.kind !== SyntaxKind.PlusToken) return false;
  return [parent.left, parent.right].some(side => side.getText() === text.getText());
}

interface Counted {
  readonly at: Node;
  readonly message: string;
}

/** Why a size is a number of repetitions: the difference of two widths, or a parameter that is called so. */
function countedAs(pass: Pass, size: Expression): Counted | undefined {
  const inner = unwrapped(size);
  if (!isIdentifier(inner)) return isDifference(inner) ? missing(inner) : undefined;
  const variable = pass.scopes().variableOf(inner);
  return variable && !variable.isExposed ? namedAs(variable) : undefined;
}

function namedAs(variable: Variable): Counted | undefined {
  const [declared] = variable.declarations;
  if (!declared) return undefined;
  if (variable.kind === "parameter") return isCount(variable) ? askedFor(declared) : undefined;
  const value = asFixedLocal(declared.parent)?.value;
  const difference = value && differenceIn(value);
  return difference && missing(difference);
}

function isCount({ name, references }: Variable): boolean {
  return COUNT.test(name) && !references.some(({ isWritten }) => isWritten);
}

function askedFor(at: Node): Counted {
  return { at, message: "This is how many are asked for." };
}

function missing(at: Node): Counted {
  return { at, message: "This is how much is missing." };
}

const COUNT = /^(?:count|times|repeat|repeats|repetitions)$/i;

/** `a - b`, also as `Math.max(0, a - b)`. */
function differenceIn(value: Expression): Expression | undefined {
  const inner = unwrapped(value);
  if (isDifference(inner)) return inner as Expression;
  const method = isCallExpression(inner) ? asMethodCall(inner) : undefined;
  if (!method || !isCallExpression(inner) || method.name !== "max") return undefined;
  const others = inner.arguments.filter(argument => literalValue(argument) !== 0);
  const [only] = others;
  return only && others.length === 1 && isDifference(unwrapped(only)) ? only : undefined;
}

/** `width - text.length`: of lengths, widths or names, and no number is added or taken, by which somebody made up for it. */
function isDifference(node: Node): boolean {
  if (!isBinaryExpression(node) || node.operatorToken.kind !== SyntaxKind.MinusToken) return false;
  return (
    [node.left, node.right].every(side => {
      const inner = unwrapped(side);
      if (isIdentifier(inner) || isPropertyAccessExpression(inner)) return true;
      return side === node.left && isNumberBeyondOne(inner);
    }) && isMeasured(node.right)
  );
}

/** `10 - name.length`; `1 - x` is no width. */
function isNumberBeyondOne(node: Node): boolean {
  const value = literalValue(node);
  return typeof value === "number" && value > 1;
}

/** Something is subtracted that has been measured, by its name. */
function isMeasured(node: Node): boolean {
  return /len|width|size|count|col/i.test(node.getText());
}

interface Repetition {
  readonly size: Expression;
  readonly text: Expression;
  readonly reason: Counted;
}

function report(pass: Pass, call: CallExpression, { size, text, reason }: Repetition): void {
  const { sourceFile } = pass.file;
  const code = text.getText(sourceFile);
  const isPlain = isStringLiteralLikeNode(text) || isIdentifier(text) || isPropertyAccessExpression(text);
  const repeated = `${isPlain ? code : `(${code})`}.repeat(${size.getText(sourceFile)})`;
  pass.report(call, {
    message: `\`join\` puts ${quoted(text, sourceFile)} between the elements: of ${quoted(size, sourceFile)} there is one less.`,
    evidence: [reason],
    fixes: [{ title: "Write `repeat`", safety: "suggested", edits: [{ at: call, text: repeated }] }],
  });
}
