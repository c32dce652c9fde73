/** Values and texts that depend on one question: `kind === "list" ? index : null`, used where `kind` is asked again. */
import { leavesFunction, nodesOf, wrapped } from "@review/analysis";
import {
  isBlock,
  isConditionalExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isIfStatement,
  isPropertyAccessExpression,
  type Node,
} from "@review/program/syntax";

/** Whether the arm that is missing was chosen by something that a condition around or before the text asks for too. */
export function isChosenAlike(arm: Node, text: Node): boolean {
  const choice = wrapped(arm).parent;
  if (!isConditionalExpression(choice) || choice.condition === wrapped(arm)) return false;
  const asked = placesIn(choice.condition);
  return conditionsAround(text).some(condition => [...placesIn(condition)].some(place => asked.has(place)));
}

function placesIn(condition: Node): ReadonlySet<string> {
  const places = [...nodesOf(condition)].filter(
    node => (isIdentifier(node) || isPropertyAccessExpression(node)) && !isPropertyAccessExpression(node.parent),
  );
  return new Set(places.map(place => place.getText()));
}

/** The conditions of the branches that hold the text, and those that have left before it. */
function conditionsAround(text: Node): readonly Node[] {
  const conditions: Node[] = [];
  for (let at = text; at.parent && !isFunctionLikeDeclaration(at); at = at.parent) {
    const { parent } = at;
    if (isIfStatement(parent) && parent.expression !== at) conditions.push(parent.expression);
    if (isConditionalExpression(parent) && parent.condition !== at) conditions.push(parent.condition);
    for (const statement of isBlock(parent) ? parent.statements : []) {
      const isBefore = statement.end <= at.pos;
      if (isBefore && isIfStatement(statement) && leavesFunction(statement.thenStatement)) {
        conditions.push(statement.expression);
      }
    }
  }
  return conditions;
}
