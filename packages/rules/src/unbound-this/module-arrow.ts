/** `this` in arrow functions that no class and no other function is around: it is the module's, which has no members. */
import { enclosingFunction, isCallee, nodesOf, perFile, quoted, wrapped, type Pass } from "@review/analysis";
import {
  isArrowFunction,
  isAssignmentOperator,
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  SyntaxKind,
  type ArrowFunction,
  type Node,
  type PropertyAccessExpression,
  type SourceFile,
} from "@review/program/syntax";
import { isModule } from "./modules.ts";
import { ownerOfThis } from "./plain.ts";

/** `module.exports = options => { hook.on("*", event => this.log.trace(event)); }`; where the compiler checks it, it says so. */
export function checkModuleArrow(pass: Pass, arrow: ArrowFunction): void {
  const { isChecked, strictNullChecks, sourceFile } = pass.file;
  if ((isChecked && strictNullChecks) || enclosingFunction(arrow) || ownerOfThis(arrow) || !isModule(pass)) return;
  const exported = exportedNames(sourceFile);
  for (const member of membersOfThis(arrow)) {
    if (!isNeeded(member) || runsElsewhere(member) || exported.has(member.name.text)) continue;
    pass.report(member, {
      message: `${quoted(member, sourceFile)} has no object: this arrow function stands in no class or function that has a \`this\`.`,
      evidence: [
        { at: arrow, message: "An arrow function has the `this` of where it stands, which is the module here." },
      ],
      repair: "Name the object that is meant, or make it a `function` where the caller gives it one.",
    });
    return;
  }
}

/** What is read off the `this` of the module in an arrow function, and in those inside of it. */
function* membersOfThis(arrow: ArrowFunction): Generator<PropertyAccessExpression> {
  for (const node of nodesOf(arrow)) {
    if (!isPropertyAccessExpression(node) || node.expression.kind !== SyntaxKind.ThisKeyword) continue;
    if (!ownerOfThis(node)) yield node;
  }
}

/** Whether it matters that the member is undefined: it is called, or something of it is read. */
function isNeeded(member: PropertyAccessExpression): boolean {
  if (member.questionDotToken) return false;
  const { parent } = wrapped(member);
  const isRead = isPropertyAccessExpression(parent) || isElementAccessExpression(parent);
  return isRead || isCallee(member) ? !(parent as Node & { questionDotToken?: Node }).questionDotToken : false;
}

/** `page.evaluate(() => this.app.start())`: its text is run in another place, where `this` is the page. */
function runsElsewhere(node: Node): boolean {
  for (let at = node.parent as Node | undefined; at; at = at.parent) {
    const { parent } = at;
    if (!isArrowFunction(at) || !isCallExpression(parent) || parent.expression === at) continue;
    if (ELSEWHERE.test(parent.expression.getText())) return true;
  }
  return false;
}

const ELSEWHERE = /(?:^|[.$])(?:\w*evaluate\w*|\w*eval|execute\w*|addInitScript|waitForFunction|mapReduce)$/i;

/** What a CommonJS module gives its `this`, which is its first `exports`. */
const exportedNames = perFile((file: SourceFile): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const node of nodesOf(file)) {
    if (!isBinaryExpression(node) || !isAssignmentOperator(node.operatorToken.kind)) continue;
    const { left, right } = node;
    if (isPropertyAccessExpression(left) && isExports(left.expression)) names.add(left.name.text);
    if (!isExports(left) || !isObjectLiteralExpression(right)) continue;
    for (const property of right.properties)
      if ("name" in property && property.name) names.add(property.name.getText());
  }
  return names;
});

function isExports(node: Node): boolean {
  return node.kind === SyntaxKind.ThisKeyword || /^(?:module\.)?exports$/.test(node.getText());
}
