/** Reports a `then` that takes no callbacks, where `await` calls it and waits for ever. */
import {
  asMethodCall,
  certainParts,
  defineRule,
  enclosingFunction,
  isAsync,
  isGlobal,
  literalValue,
  memberName,
  quoted,
  unwrapped,
  valuesOf,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isBlock,
  isClassLikeDeclaration,
  isComputedPropertyName,
  isElementAccessExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  ModifierFlags,
  SyntaxKind,
  type ArrowFunction,
  type AwaitExpression,
  type BinaryExpression,
  type CallExpression,
  type Expression,
  type FunctionDeclaration,
  type MethodDeclaration,
  type Node,
  type PropertyAssignment,
  type PropertyDeclaration,
  type ReturnStatement,
  type VariableDeclaration,
} from "@review/program/syntax";
import { ignoresCallbacks, isInClass, isLeftOpen, strangeThen } from "./then.ts";

const rule: Rule = defineRule({
  id: "thenable-object",
  summary:
    "An object has a `then` that takes no callbacks: `await` takes it for a promise, calls it and waits for ever.",
  category: "promises",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Give the method another name, or wrap the object before it goes through a promise.",
  listen: pass => ({
    [SyntaxKind.MethodDeclaration](node: MethodDeclaration) {
      if (isThen(node.name) && isMade(pass, node) && ignoresCallbacks(node)) reportMember(pass, node.name);
    },
    [SyntaxKind.PropertyDeclaration]: (node: PropertyDeclaration) => checkProperty(pass, node),
    [SyntaxKind.PropertyAssignment]: (node: PropertyAssignment) => checkProperty(pass, node),
    [SyntaxKind.BinaryExpression](node: BinaryExpression) {
      if (node.operatorToken.kind !== SyntaxKind.EqualsToken || pass.file.isTest) return;
      const target = unwrapped(node.left);
      if ((isPropertyAccessExpression(target) || isElementAccessExpression(target)) && memberName(target) === "then")
        if (ignoresCallbacks(node.right)) reportMember(pass, target);
    },
    [SyntaxKind.FunctionDeclaration](node: FunctionDeclaration) {
      if (!node.name || !isThen(node.name) || !isExported(node) || isDefault(node)) return;
      if (ignoresCallbacks(node)) reportExport(pass, node.name);
    },
    [SyntaxKind.VariableDeclaration](node: VariableDeclaration) {
      if (!node.initializer || !isThen(node.name) || !isExported(node.parent.parent)) return;
      if (ignoresCallbacks(node.initializer)) reportExport(pass, node.name);
    },
    [SyntaxKind.AwaitExpression]: (node: AwaitExpression) => check(pass, node.expression, "`await`"),
    *[SyntaxKind.ReturnStatement](node: ReturnStatement) {
      const owner = enclosingFunction(node);
      if (node.expression && owner && isAsync(owner))
        yield* check(pass, node.expression, "the promise of this function");
    },
    *[SyntaxKind.ArrowFunction](node: ArrowFunction) {
      if (isAsync(node) && !isBlock(node.body)) yield* check(pass, node.body, "the promise of this function");
    },
    *[SyntaxKind.CallExpression](node: CallExpression) {
      const method = asMethodCall(node);
      const [value] = node.arguments;
      if (!value || method?.name !== "resolve" || !(yield* isGlobal(pass.checker, method.object, "Promise"))) return;
      yield* check(pass, value, "`Promise.resolve`");
    },
  }),
});
export default rule;

function isThen(name: Node): boolean {
  if (isComputedPropertyName(name)) return literalValue(name.expression) === "then";
  return (isIdentifier(name) ? name.text : literalValue(name)) === "then";
}

function checkProperty(pass: Pass, node: PropertyDeclaration | PropertyAssignment): void {
  if (!node.initializer || !isThen(node.name) || !isMade(pass, node)) return;
  if (ignoresCallbacks(node.initializer)) reportMember(pass, node.name);
}

function isStatic(member: Node & { readonly modifierFlags?: ModifierFlags }): boolean {
  return ((member.modifierFlags ?? 0) & ModifierFlags.Static) !== 0;
}

/** Members of classes, and of object literals that nobody has said to be something else than a promise. */
function isMade({ file }: Pass, member: Node): boolean {
  if (isInClass(member)) return !isStatic(member);
  return !file.isTest && isObjectLiteralExpression(member.parent) && isLeftOpen(member.parent);
}

/** What is exported as `default` is no `then` of the module, whatever its own name. */
function isDefault(node: FunctionDeclaration): boolean {
  return (node.modifierFlags & ModifierFlags.Default) !== 0;
}

function isExported(node: Node): boolean {
  return (((node as Node & { modifierFlags?: number }).modifierFlags ?? 0) & ModifierFlags.Export) !== 0;
}

function reportMember(pass: Pass, name: Node): void {
  pass.report(name, {
    message: `\`await\` takes ${ownerOf(name)} for a promise and calls this \`then\`, which takes no callbacks: it waits for ever.`,
    evidence: [{ at: name, message: "This never calls what `await` passes to it." }],
  });
}

function ownerOf(name: Node): string {
  const owner = name.parent.parent;
  if (!isClassLikeDeclaration(owner)) return "this object";
  return owner.name ? `\`${owner.name.text}\`` : "this class";
}

function reportExport(pass: Pass, name: Node): void {
  pass.report(name, {
    message:
      "`import()` of this module takes it for a promise and calls this `then`, which takes no callbacks: it waits for ever.",
    evidence: [{ at: name, message: "This never calls what `import()` passes to it." }],
  });
}

/** A value on its way into a promise: what has a `then` of its own is followed there. */
function* check(pass: Pass, expression: Expression, taker: string): Ask<void> {
  const { checker, file } = pass;
  for (const value of valuesOf(expression)) {
    for (const part of (yield* certainParts(checker, yield* checker.typeOf(value))) ?? []) {
      const then = yield* strangeThen(checker, part);
      if (!then) continue;
      pass.report(value, {
        message: `${quoted(value, file.sourceFile, 30)} has a \`then\` that takes no callbacks: ${taker} calls it and waits for ever.`,
        evidence: [{ at: value, message: `This is a \`${yield* checker.textOf(part)}\`.` }],
      });
      break;
    }
  }
}
