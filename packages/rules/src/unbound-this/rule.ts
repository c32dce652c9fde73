/** Reports a method that needs its `this`, and is passed or kept where it is called without one. */
import {
  asMethodCall,
  defineRule,
  functionOf,
  isBuiltin,
  nodesOf,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import type { Type } from "@review/program";
import {
  isCallExpression,
  isFunctionExpression,
  isIdentifier,
  isMethodDeclaration,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isVariableDeclaration,
  SyntaxKind,
  type ArrowFunction,
  type BindingElement,
  type CallExpression,
  type FunctionDeclaration,
  type FunctionExpression,
  type FunctionLikeDeclaration,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";
import { isBoundByClass, isPrepared } from "./bound.ts";
import { checkCallback } from "./callbacks.ts";
import { checkArrow, checkItself } from "./itself.ts";
import { checkModuleArrow } from "./module-arrow.ts";
import { checkNative, checkNativeLoss, isNativeMethod, reportNative } from "./native.ts";
import { checkPlain } from "./plain.ts";
import { checkReceiver } from "./receiver.ts";
import { lostCallOf, lostCallOfBinding, mayBeLost, type LostCall } from "./calls.ts";

const rule: Rule = defineRule({
  id: "unbound-this",
  summary: "A method that uses `this` is passed or stored without its object, and called without it or on another one.",
  category: "classes",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Pass `() => object.method()` or `object.method.bind(object)`, or declare the method as an arrow function.",
  listen: pass => ({
    *[SyntaxKind.PropertyAccessExpression](member: PropertyAccessExpression) {
      yield* checkMember(pass, member);
      yield* checkNative(pass, member);
      yield* checkNativeLoss(pass, member);
    },
    [SyntaxKind.FunctionDeclaration](fn: FunctionDeclaration) {
      checkPlain(pass, fn);
      checkItself(pass, fn);
      checkArrow(pass, fn);
    },
    [SyntaxKind.ArrowFunction](arrow: ArrowFunction) {
      checkModuleArrow(pass, arrow);
    },
    [SyntaxKind.FunctionExpression](fn: FunctionExpression) {
      checkItself(pass, fn);
      return checkCallback(pass, fn);
    },
    [SyntaxKind.CallExpression]: (call: CallExpression) => checkReceiver(pass, call),
    [SyntaxKind.BindingElement]: (element: BindingElement) =>
      mayTakeMethod(element) ? checkBinding(pass, element) : undefined,
  }),
});
export default rule;

function* checkMember(pass: Pass, member: PropertyAccessExpression): Ask<void> {
  if (!mayBeLost(pass.scopes(), member)) return;
  const method = methodOf(yield* functionOf(pass.checker, member));
  if (!method || isBoundByClass(method, member, member.name.text) || isPrepared(method)) return;
  // Who takes an object of methods, as frameworks do, may bind them before any runs.
  if (isObjectLiteralExpression(method.parent) && unwrapped(member.expression).kind === SyntaxKind.ThisKeyword) return;
  if (isMovedWhole(member, method)) return;
  const lost = yield* lostCallOf(pass, member, member.expression);
  if (lost) yield* report(pass, member, method, lost, [binding(member)]);
}

/** `{ next: list.next, items: list.items }`: the new object has a member of all that the method asks its own for. */
function isMovedWhole(member: Node, method: FunctionLikeDeclaration): boolean {
  const { parent } = member.parent;
  if (!isPropertyAssignment(member.parent) || !isObjectLiteralExpression(parent)) return false;
  const names = new Set(parent.properties.map(each => ("name" in each ? each.name?.getText() : undefined)));
  const used = [...nodesOf(method)].filter(
    node => isPropertyAccessExpression(node) && node.expression.kind === SyntaxKind.ThisKeyword,
  );
  return used.every(node => isPropertyAccessExpression(node) && names.has(node.name.text));
}

/** A method, or a function in the place of one; arrow functions have the `this` of where they stand. */
function methodOf(fn: FunctionLikeDeclaration | undefined): FunctionLikeDeclaration | undefined {
  if (!fn) return undefined;
  if (isMethodDeclaration(fn)) return fn;
  return isFunctionExpression(fn) && OWNERS.has(fn.parent.kind) ? fn : undefined;
}

const OWNERS: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.PropertyAssignment, SyntaxKind.PropertyDeclaration]);

/** `const { method } = object` and `({ method }) => …`, at the level of the object itself. */
function mayTakeMethod({ name, parent, dotDotDotToken, initializer }: BindingElement): boolean {
  if (!name || !isIdentifier(name) || dotDotDotToken || initializer || !isObjectBindingPattern(parent)) return false;
  return takenApart(parent.parent) !== undefined;
}

/** What has the type of the object that a pattern takes apart. */
function takenApart(owner: Node): Node | undefined {
  if (isParameterDeclaration(owner)) return owner;
  return isVariableDeclaration(owner) ? owner.initializer : undefined;
}

function* checkBinding(pass: Pass, element: BindingElement): Ask<void> {
  const lost = element.name && lostCallOfBinding(pass.scopes(), element.name);
  const key = element.propertyName ?? element.name;
  const object = takenApart(element.parent.parent);
  if (!lost || !object || !key || !isIdentifier(key)) return;
  const type = yield* pass.checker.typeOf(object);
  if (yield* isNativeMethod(pass.checker, type, key.text)) reportNative(pass, element, lost);
  const method = yield* methodIn(pass, type, key.text);
  if (!method || isBoundByClass(method, element, key.text) || isPrepared(method)) return;
  yield* report(pass, element, method, lost, []);
}

/** The method that a pattern takes off an object of a type. */
function* methodIn({ checker }: Pass, type: Type, key: string): Ask<FunctionLikeDeclaration | undefined> {
  const property = yield* checker.propertyOf(type, key);
  // To look at a library's would fetch its whole tree.
  const found = property && !isBuiltin(property) ? yield* checker.declarationOf(property) : undefined;
  return found && isMethodDeclaration(found) && found.body ? found : undefined;
}

function* report(
  pass: Pass,
  at: Node,
  method: FunctionLikeDeclaration,
  lost: LostCall,
  fixes: readonly (ReportedFix | undefined)[],
): Ask<void> {
  const answer = yield* pass.summaries.ask(method, "this");
  if (answer.verdict !== "yes") return;
  pass.report(at, {
    message: `${quoted(at, pass.file.sourceFile)} uses \`this\`, and is called without its object, so that \`this\` is another or undefined.`,
    evidence: [...pass.summaries.evidenceOf(answer), { at: lost.at, message: lost.because }],
    fixes: fixes.filter(fix => fix !== undefined),
  });
}

/** Only an object that has a name can be named twice. */
function binding(member: PropertyAccessExpression): ReportedFix | undefined {
  const object = unwrapped(member.expression);
  if (!isIdentifier(object) && object.kind !== SyntaxKind.ThisKeyword) return undefined;
  if (member.questionDotToken || !isArgument(member)) return undefined;
  const end = { start: member.end, end: member.end };
  return { title: "Bind the method", safety: "suggested", edits: [{ at: end, text: `.bind(${object.getText()})` }] };
}

/** A listener has to be removed as the same function that was added, so it is not bound on the way. */
function isArgument({ parent }: Node): boolean {
  return isCallExpression(parent) && !/^(?:on|once|add\w*)$/.test(asMethodCall(parent)?.name ?? "");
}
