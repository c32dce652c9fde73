/** Places of a file that know of a number that may be 0, or missing, and tell the two apart. */
import {
  absentLiteral,
  EQUALITIES,
  literalValue,
  mentions,
  nodesOf,
  perFile,
  unwrapped,
  wrapped,
} from "@review/analysis";
import {
  isBinaryExpression,
  isExpressionStatement,
  isForStatement,
  isIdentifier,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  isTypeOfExpression,
  isVariableDeclarationList,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Identifier,
  type Node,
  type SourceFile,
} from "@review/program/syntax";

export interface Mention {
  readonly name: Identifier;
  readonly node: Node;
  /** For the evidence, behind the code: "compares it with undefined". */
  readonly says: string;
  /** For the message. */
  readonly why: string;
  /** It gives the value 0, or the index of a loop. */
  readonly isAssignment: boolean;
}

/** By the name of the variable or member. */
export function mentionsOf(sourceFile: SourceFile, name: string): readonly Mention[] {
  return mentionsIn(sourceFile).get(name) ?? [];
}

const mentionsIn = perFile((sourceFile): ReadonlyMap<string, readonly Mention[]> => {
  const found = new Map<string, Mention[]>();
  for (const node of nodesOf(sourceFile)) {
    const mention = isBinaryExpression(node) ? mentionIn(node) : undefined;
    if (!mention) continue;
    const others = found.get(mention.name.text);
    if (others) others.push(mention);
    else found.set(mention.name.text, [mention]);
  }
  return found;
});

function mentionIn(node: BinaryExpression): Mention | undefined {
  const { kind } = node.operatorToken;
  if (kind === SyntaxKind.EqualsToken) return assignment(node) ?? zeroGiven(node);
  if (!EQUALITIES.has(kind)) return undefined;
  for (const [subject, other] of [
    [node.left, node.right],
    [node.right, node.left],
  ] as const) {
    const name = nameIn(subject);
    if (!name) continue;
    const is = { name, node, isAssignment: false };
    if (absentLiteral(other) !== undefined || isTypeofNumber(subject, other)) {
      if (isPartOfRange(node, name)) return undefined;
      return { ...is, says: "tells 0 from a missing value", why: "as another check shows" };
    }
    const value = literalValue(other);
    if (value === 0 || value === 0n) return { ...is, says: "asks for 0", why: "as another check shows" };
  }
  return undefined;
}

/** `x !== undefined && x < 1` guards the comparison, and says nothing of 0. */
function isPartOfRange(node: BinaryExpression, { text }: Identifier): boolean {
  for (
    let at: Node = node, { parent } = wrapped(at);
    isBinaryExpression(parent);
    at = parent, { parent } = wrapped(at)
  ) {
    if (parent.operatorToken.kind !== SyntaxKind.AmpersandAmpersandToken) return false;
    if (mentions(unwrapped(parent.left) === at ? parent.right : parent.left, text)) return true;
  }
  return false;
}

function isTypeofNumber(subject: Node, other: Node): boolean {
  const literal = unwrapped(other);
  return isTypeOfExpression(unwrapped(subject)) && isStringLiteralLikeNode(literal) && literal.text === "number";
}

function nameIn(expression: Node): Identifier | undefined {
  const bare = unwrapped(expression);
  if (isTypeOfExpression(bare)) return nameIn(bare.expression);
  if (isIdentifier(bare)) return bare.text === "undefined" ? undefined : bare;
  return isPropertyAccessExpression(bare) && isIdentifier(bare.name) ? bare.name : undefined;
}

/** `found = i`, where `i` counts a loop from 0. */
function assignment({ left, right }: BinaryExpression): Mention | undefined {
  const name = nameIn(left);
  const counter = unwrapped(right);
  if (!name || !isIdentifier(counter) || !isCounter(counter)) return undefined;
  const node = wrapped(left).parent;
  return { name, node, says: "gives it the index of a loop", why: "since it is an index", isAssignment: true };
}

/** `this.volume = 0`: where the value may be missing as well, the two are not the same. */
function zeroGiven({ left, right, parent }: BinaryExpression): Mention | undefined {
  const name = nameIn(left);
  const value = literalValue(unwrapped(right));
  if (!name || (value !== 0 && value !== 0n) || !isExpressionStatement(parent)) return undefined;
  return {
    name,
    node: wrapped(left).parent,
    says: "gives it 0",
    why: "which another place gives it",
    isAssignment: false,
  };
}

/** Whether a name is declared as `let i = 0` by a loop around it. */
function isCounter(name: Identifier): boolean {
  for (let at: Node | undefined = name.parent; at; at = at.parent) {
    const list = isForStatement(at) ? at.initializer : undefined;
    if (!list || !isVariableDeclarationList(list)) continue;
    const declaration = list.declarations.find(each => isIdentifier(each.name) && each.name.text === name.text);
    if (declaration) return startsAt(declaration.initializer) === 0;
  }
  return false;
}

function startsAt(initializer: Expression | undefined): unknown {
  return initializer && literalValue(initializer);
}
