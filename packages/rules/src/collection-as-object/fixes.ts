/** The collection's own way to do what was asked of its properties. */
import { wrapped, type Pass, type ReportedFix } from "@review/analysis";
import {
  isAssignmentOperator,
  isBinaryExpression,
  SyntaxKind,
  type CallExpression,
  type ElementAccessExpression,
  type Expression,
  type PropertyAccessExpression,
} from "@review/program/syntax";

/** `map[key]` as `map.get(key)`, and `map[key] = value` as `map.set(key, value)`; none for other writes. */
export function accessFixes(
  { file }: Pass,
  node: ElementAccessExpression,
  kind: "Map" | "Set",
): readonly ReportedFix[] {
  const text = (part: Expression): string => part.getText(file.sourceFile);
  const key = text(node.argumentExpression);
  const outer = wrapped(node);
  const { parent } = outer;
  if (parent.kind === SyntaxKind.PostfixUnaryExpression || parent.kind === SyntaxKind.PrefixUnaryExpression) return [];
  if (parent.kind === SyntaxKind.DeleteExpression || kind === "Set") return [];
  const dot = node.questionDotToken ? "?." : ".";
  if (!isBinaryExpression(parent) || parent.left !== outer || !isAssignmentOperator(parent.operatorToken.kind)) {
    const edits = [{ at: node, text: `${text(node.expression)}${dot}get(${key})` }];
    return [{ title: "Ask `get`", safety: "suggested", edits }];
  }
  if (parent.operatorToken.kind !== SyntaxKind.EqualsToken || parent.parent.kind !== SyntaxKind.ExpressionStatement)
    return [];
  const edits = [{ at: parent, text: `${text(node.expression)}${dot}set(${key}, ${text(parent.right)})` }];
  return [{ title: "Call `set`", safety: "suggested", edits }];
}

/** `set.length` as `set.size`. */
export function countFix({ name }: PropertyAccessExpression): ReportedFix {
  return { title: "Read `size`", safety: "suggested", edits: [{ at: name, text: "size" }] };
}

/** `Object.keys(map)` as `[...map.keys()]`. */
export function listFix({ file }: Pass, call: CallExpression, value: Expression, name: string): ReportedFix {
  const text = `[...${value.getText(file.sourceFile)}.${name}()]`;
  return { title: "List the entries of the collection", safety: "suggested", edits: [{ at: call, text }] };
}

/** `JSON.stringify(map)` as `JSON.stringify([...map])`. */
export function textFix({ file }: Pass, value: Expression, kind: "Map" | "Set"): ReportedFix {
  const title = kind === "Map" ? "Write it as a list of entries" : "Write it as a list";
  return { title, safety: "suggested", edits: [{ at: value, text: `[...${value.getText(file.sourceFile)}]` }] };
}
