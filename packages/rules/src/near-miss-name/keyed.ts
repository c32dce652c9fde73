/** Members that are one slip away from the key of the function which reads them: `{ useParser: config => config.seParser }`. */
import { editDistance, isTarget, nodesOf } from "@review/analysis";
import {
  isFunctionLikeDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isPropertyAccessExpression,
  isPropertyAssignment,
  type FunctionLikeDeclaration,
  type Identifier,
  type Node,
  type ObjectLiteralExpression,
} from "@review/program/syntax";

export interface KeySlip {
  readonly at: Identifier;
  readonly key: Identifier;
}

/** Shorter names are often two words of which one is a letter away from the other. */
const SHORTEST = 6;

export function* keySlipsIn({ properties }: ObjectLiteralExpression): Generator<KeySlip> {
  for (const property of properties) {
    const fn = functionOf(property);
    const key = isPropertyAssignment(property) || isMethodDeclaration(property) ? property.name : undefined;
    if (!fn?.body || !key || !isIdentifier(key) || key.text.length < SHORTEST) continue;
    const read = membersRead(fn);
    const [at, more] = read.filter(({ text }) => isSlip(text, key.text));
    if (at && !more && !read.some(({ text }) => text === key.text)) yield { at, key };
  }
}

function functionOf(property: Node): FunctionLikeDeclaration | undefined {
  if (isMethodDeclaration(property)) return property;
  if (!isPropertyAssignment(property)) return undefined;
  return isFunctionLikeDeclaration(property.initializer) ? property.initializer : undefined;
}

/** What the function reads off its parameters. */
function membersRead({ body, parameters }: FunctionLikeDeclaration): readonly Identifier[] {
  const names = parameters.map(({ name }) => name.getText());
  return [...(body ? nodesOf(body) : [])].flatMap(node => {
    if (!isPropertyAccessExpression(node) || isTarget(node) || !isIdentifier(node.name)) return [];
    return names.includes(node.expression.getText()) ? [node.name] : [];
  });
}

/** A letter that is missing, too many or wrong before the last: an ending makes another name of it (`item`, `items`). */
function isSlip(name: string, key: string): boolean {
  if (name.length < SHORTEST || editDistance(name, key, 1) !== 1) return false;
  // `_insert` wraps `insert` on purpose.
  if (name.replace(/^[_$]+/, "") === key.replace(/^[_$]+/, "")) return false;
  return name.at(-1) === key.at(-1) && name.at(-2) === key.at(-2);
}
