/** Reports keys that stand twice in an object, a class, an element or the entries of a Map: the last one wins. */
import {
  defineRule,
  isGlobal,
  literalValue,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isJsxAttribute,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  SyntaxKind,
  type CallExpression,
  type ClassLikeDeclaration,
  type Expression,
  type JsxAttributes,
  type NewExpression,
  type Node,
  type ObjectLiteralExpression,
} from "@review/program/syntax";
import { memberKeyOf, propertyKeyOf, type Key } from "./keys.ts";

const rule: Rule = defineRule({
  id: "duplicate-key",
  summary: "A key stands twice in an object, a class, an element or the entries of a Map.",
  category: "assignments",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Give one of the two the key that was meant, or remove it.",
  listen: pass => ({
    [SyntaxKind.ObjectLiteralExpression](node: ObjectLiteralExpression) {
      // Where the compiler checks the file, it reports what has a name of its own; a pattern may read a member twice.
      if (!pass.file.isChecked && !isPattern(node)) checkKeys(pass, node.properties, propertyKeyOf, "object");
    },
    [SyntaxKind.ClassDeclaration](node: ClassLikeDeclaration) {
      if (!pass.file.isChecked) checkKeys(pass, node.members, memberKeyOf, "class");
    },
    [SyntaxKind.ClassExpression](node: ClassLikeDeclaration) {
      if (!pass.file.isChecked) checkKeys(pass, node.members, memberKeyOf, "class");
    },
    [SyntaxKind.JsxAttributes]({ properties }: JsxAttributes) {
      if (!pass.file.isChecked) checkKeys(pass, properties, attributeKeyOf, "element");
    },
    *[SyntaxKind.NewExpression](node: NewExpression) {
      const [entries] = node.arguments ?? [];
      if (entries && (yield* isGlobal(pass.checker, node.expression, "Map"))) checkEntries(pass, entries);
    },
    [SyntaxKind.CallExpression]: (call: CallExpression) => checkFromEntries(pass, call),
  }),
});
export default rule;

/** `({ item: card, item: { id } } = answer)` */
function isPattern(node: Node): boolean {
  let at = wrapped(node);
  while (isPropertyAssignment(at.parent) || isObjectLiteralExpression(at.parent) || isArrayLiteralExpression(at.parent))
    at = wrapped(at.parent);
  const { parent } = at;
  return isBinaryExpression(parent) && parent.left === at && parent.operatorToken.kind === SyntaxKind.EqualsToken;
}

function attributeKeyOf(attribute: Node): Key | undefined {
  return isJsxAttribute(attribute) ? { at: attribute.name, name: attribute.name.getText(), role: "value" } : undefined;
}

/** Keys of one name: a getter and a setter share it, everything else replaces what was there. */
function checkKeys(pass: Pass, nodes: readonly Node[], keyOf: (node: Node) => Key | undefined, where: string): void {
  const known = new Map<string, Key>();
  for (const node of nodes) {
    const key = keyOf(node);
    if (!key) {
      // What is spread or computed in between may be meant to lie under what follows.
      if (where !== "class") known.clear();
      continue;
    }
    const earlier = known.get(key.name);
    if (earlier && !isPair(earlier, key)) report(pass, earlier.at, key.at, where);
    known.set(key.name, key);
  }
}

function isPair(first: Key, second: Key): boolean {
  return first.role !== second.role && first.role !== "value" && second.role !== "value";
}

function* checkFromEntries(pass: Pass, call: CallExpression): Ask<void> {
  const callee = unwrapped(call.expression);
  const [entries] = call.arguments;
  if (!entries || !isPropertyAccessExpression(callee) || callee.name.text !== "fromEntries") return;
  if (yield* isGlobal(pass.checker, callee.expression, "Object")) checkEntries(pass, entries);
}

/** `[["a", 1], ["b", 2]]` */
function checkEntries(pass: Pass, entries: Expression): void {
  const list = unwrapped(entries);
  if (!isArrayLiteralExpression(list)) return;
  const known = new Map<unknown, Node>();
  for (const entry of list.elements) {
    const pair = unwrapped(entry);
    const key = isArrayLiteralExpression(pair) ? pair.elements[0] : undefined;
    const value = key && literalValue(key);
    if (!key || value === undefined) {
      if (!isArrayLiteralExpression(pair)) known.clear();
      continue;
    }
    const earlier = known.get(value);
    if (earlier) report(pass, earlier, key, "list of entries");
    known.set(value, key);
  }
}

function report(pass: Pass, earlier: Node, later: Node, where: string): void {
  pass.report(later, {
    message: `The key ${quoted(later, pass.file.sourceFile)} stands twice in this ${where}: this one replaces the first, which has no effect.`,
    evidence: [{ at: earlier, message: "This is the first, which is replaced." }],
  });
}
