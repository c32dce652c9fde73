/** Numbers out of a text, tested for truth where they are made: 0 is then no number. */
import {
  isCondition,
  isSameCode,
  nodesOf,
  quoted,
  skippedBy,
  unwrapped,
  wordsOf,
  wrapped,
  type Pass,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Node,
} from "@review/program/syntax";
import { FROM_ONE } from "./numbers.ts";
import { UNLIKELY } from "./sites.ts";

/** `if (level = parseInt(text, 10))` */
export function checkAssigned(pass: Pass, assignment: BinaryExpression): void {
  if (assignment.operatorToken.kind !== SyntaxKind.EqualsToken || !isCondition(assignment)) return;
  const call = unwrapped(assignment.right);
  const target = unwrapped(assignment.left);
  if (!isCallExpression(call) || !isParsing(call) || !mayBeZero(target)) return;
  report(pass, call, assignment);
}

/** `if (parseInt(text, 10)) level = parseInt(text, 10);` */
export function checkParsedAgain(pass: Pass, call: CallExpression): void {
  if (!isParsing(call) || !isCondition(call)) return;
  // What runs only where the number is truthy.
  const branch = skippedBy(call, false);
  if (!branch) return;
  const again = [...nodesOf(branch)].find(
    node => isCallExpression(node) && isSameCode(node, call, pass.file.sourceFile),
  );
  const target = again && wrapped(again).parent;
  if (target && isBinaryExpression(target) && !mayBeZero(unwrapped(target.left))) return;
  if (again) report(pass, call, again);
}

function isParsing({ expression, arguments: { length } }: CallExpression): boolean {
  return (
    length > 0 &&
    /^(?:(?:Number|window|global|globalThis)\.)?(?:parseInt|parseFloat|Number)$/.test(expression.getText())
  );
}

function mayBeZero(target: Node): boolean {
  const name = isIdentifier(target) ? target.text : isPropertyAccessExpression(target) ? target.name.text : "";
  return name !== "" && !UNLIKELY.test(name) && !FROM_ONE.has(wordsOf(name).at(-1) ?? "");
}

function report(pass: Pass, call: CallExpression, use: Node): void {
  const { sourceFile } = pass.file;
  pass.report(call, {
    message: `${quoted(call, sourceFile)} may be 0, like any other number in a text, but 0 is taken for no number here.`,
    evidence: [
      { at: call, message: 'This is 0 for "0", and NaN where there is no number.' },
      { at: use, message: "Here the number is wanted." },
    ],
    repair: "Ask with `Number.isNaN(value)`.",
  });
}
