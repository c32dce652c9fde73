/** Repairs where the missing case has an obvious answer. */
import {
  isAssignmentOperator,
  isBinaryExpression,
  SyntaxKind,
  type Expression,
  type Node,
} from "@review/program/syntax";
import type { Pass, ReportedFix } from "@review/analysis";
import type { Use } from "./uses.ts";

/** Brackets that end a chain too early can go; where elements are wanted there may be none. */
export function fixesFor(pass: Pass, chain: Expression, { place, value }: Use): readonly ReportedFix[] {
  const text = chain.getText(pass.file.sourceFile);
  if (value.kind === SyntaxKind.ParenthesizedExpression && chain.parent === value && isContinued(place)) {
    return [{ title: "Let the chain go on", safety: "suggested", edits: [{ at: value, text }] }];
  }
  if (value !== chain || !TAKES_ELEMENTS.has(place.kind)) return [];
  return [
    {
      title: "Take nothing where it is missing",
      safety: "suggested",
      edits: [{ at: chain, text: spare(place, text) }],
    },
  ];
}

const TAKES_ELEMENTS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.SpreadElement,
  SyntaxKind.ForOfStatement,
  SyntaxKind.YieldExpression,
]);

function spare(place: Node, text: string): string {
  return place.kind === SyntaxKind.SpreadElement ? `(${text} ?? [])` : `${text} ?? []`;
}

/** Whether the use is a member access or call whose result is not written: no chain can be assigned to. */
function isContinued(place: Node): boolean {
  const isLink =
    place.kind === SyntaxKind.PropertyAccessExpression ||
    place.kind === SyntaxKind.ElementAccessExpression ||
    place.kind === SyntaxKind.CallExpression;
  const { parent } = place;
  const isTarget =
    isBinaryExpression(parent) && parent.left === place && isAssignmentOperator(parent.operatorToken.kind);
  return isLink && !isTarget;
}
