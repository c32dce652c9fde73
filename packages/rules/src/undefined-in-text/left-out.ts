/** Calls that leave out an argument which the function does nothing with but put it into text. */
import {
  absentLiteral,
  enclosingFunction,
  LOGICAL,
  neededReferences,
  ownFunctionOf,
  quoted,
  UNDEFINED,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isBinaryExpression,
  isStringLiteralLikeNode,
  isTaggedTemplateExpression,
  isTemplateExpression,
  isTemplateSpan,
  SyntaxKind,
  type CallExpression,
  type FunctionLikeDeclaration,
  type NewExpression,
  type Node,
  type ParameterDeclaration,
} from "@review/program/syntax";
import { isForProgram } from "./address.ts";
import { isTold } from "./told.ts";

export function* checkLeftOut(pass: Pass, call: CallExpression | NewExpression): Ask<void> {
  const fn = yield* ownFunctionOf(pass, call);
  if (!fn) return;
  for (const [index, parameter] of fn.parameters.entries()) {
    const argument = call.arguments?.[index];
    if (argument && absentLiteral(argument) !== UNDEFINED) continue;
    const text = textMadeOf(fn, parameter);
    if (!text) continue;
    const name = quoted(parameter.name, parameter.getSourceFile());
    pass.report(argument ?? call, {
      message: `${quoted(call.expression, pass.file.sourceFile)} is called without ${name}, which it puts into text: the text reads "undefined".`,
      evidence: [
        { at: parameter, message: `The parameter ${name} has no default.` },
        { at: text, message: `${name} becomes text here.` },
      ],
      repair: "Pass the argument, or give the parameter a default.",
    });
    return;
  }
}

const texts = new WeakMap<ParameterDeclaration, Node | null>();

/** The text that a parameter goes into whichever way the function goes; no test is needed to tell that it is wanted. */
function textMadeOf(fn: FunctionLikeDeclaration, parameter: ParameterDeclaration): Node | undefined {
  let text = texts.get(parameter);
  if (text === undefined) {
    const uses = neededReferences(fn, parameter);
    const isOptional = parameter.questionToken !== undefined;
    text = uses.map(({ node }) => textAt(fn, node, isOptional)).find(each => each !== undefined) ?? null;
    texts.set(parameter, text);
  }
  return text ?? undefined;
}

/** An address that a parameter with a `?` goes into is reported where it is made. */
function textAt(fn: FunctionLikeDeclaration, use: Node, isOptional: boolean): Node | undefined {
  const whole = wholeTextOf(use);
  if (!whole || isTold(whole) || enclosingFunction(use) !== fn) return undefined;
  if (isOptional && isForProgram(whole, use)) return undefined;
  for (let at: Node = whole; at !== fn; at = at.parent) {
    if (CONDITIONAL.has(at.kind) || isSecondOperand(at)) return undefined;
  }
  return whole;
}

/** What stands behind `||`, `&&` or `??` is not always computed. */
function isSecondOperand(node: Node): boolean {
  const { parent } = node;
  return isBinaryExpression(parent) && parent.right === node && LOGICAL.has(parent.operatorToken.kind);
}

function wholeTextOf(use: Node): Node | undefined {
  const { parent } = use;
  if (isTemplateSpan(parent)) {
    const template = parent.parent;
    return isTemplateExpression(template) && !isTaggedTemplateExpression(template.parent) ? template : undefined;
  }
  if (!isBinaryExpression(parent) || parent.operatorToken.kind !== SyntaxKind.PlusToken) return undefined;
  return [parent.left, parent.right].some(isLiteralText) ? parent : undefined;
}

function isLiteralText(node: Node): boolean {
  if (isStringLiteralLikeNode(node) || isTemplateExpression(node)) return true;
  return isBinaryExpression(node) && isStringLiteralLikeNode(node.right);
}

const CONDITIONAL: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.IfStatement, SyntaxKind.ConditionalExpression, SyntaxKind.SwitchStatement, SyntaxKind.CatchClause],
  ...[SyntaxKind.ForStatement, SyntaxKind.ForOfStatement, SyntaxKind.ForInStatement, SyntaxKind.WhileStatement],
]);
