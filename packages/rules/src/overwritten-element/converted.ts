/** Converted values that are overwritten with what they were made of: `user.name = clean(form.name); …; user.name = form.name`. */
import { isRepeatable, isSameCode, mentions, nodesOf, unwrapped, type Pass, type Variable } from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isExpressionStatement,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type Expression,
  type Identifier,
  type Node,
  type Statement,
} from "@review/program/syntax";

export interface Undone {
  /** Where the converted value is set, and where it is overwritten. */
  readonly first: Expression;
  readonly second: Expression;
  readonly source: Expression;
}

/** The first statement of a row whose converted value a later one of the same row undoes, unread by then. */
export function undoneIn(pass: Pass, statements: readonly Statement[]): Undone | undefined {
  for (const [index, statement] of statements.entries()) {
    const set = memberSetBy(statement);
    const owner = set && ownerOf(pass, set.place);
    const sources = set && owner ? sourcesOf(set.value) : [];
    if (!set || !owner || sources.length === 0) continue;
    const undone = undoing(pass, { ...set, owner, sources }, statements.slice(index + 1));
    if (undone) return undone;
  }
  return undefined;
}

interface MemberSet {
  readonly place: Expression;
  readonly value: Expression;
}

interface Converted extends MemberSet {
  readonly owner: Identifier;
  readonly sources: readonly Expression[];
}

/** `object.key = value` and `object[key] = value`, as statements. */
function memberSetBy(statement: Node): MemberSet | undefined {
  const assignment = isExpressionStatement(statement) ? unwrapped(statement.expression) : undefined;
  if (!assignment || !isBinaryExpression(assignment)) return undefined;
  if (assignment.operatorToken.kind !== SyntaxKind.EqualsToken) return undefined;
  const place = unwrapped(assignment.left) as Expression;
  const isMember = isPropertyAccessExpression(place) || isElementAccessExpression(place);
  return isMember && isRepeatable(place) ? { place, value: unwrapped(assignment.right) as Expression } : undefined;
}

/** The variable whose member is set: a parameter or a local that nothing else can look at by the way. */
function ownerOf(pass: Pass, place: Expression): Identifier | undefined {
  let at: Node = place;
  while (isPropertyAccessExpression(at) || isElementAccessExpression(at)) at = unwrapped(at.expression);
  const variable = isIdentifier(at) ? pass.scopes().variableOf(at) : undefined;
  return variable && isOwn(variable) ? (at as Identifier) : undefined;
}

function isOwn({ kind, isCaptured, isExposed, isExported }: Variable): boolean {
  return kind !== "import" && !isCaptured && !isExposed && !isExported;
}

/** The `form.name` of `clean(form.name)`. */
function sourcesOf(value: Expression): readonly Expression[] {
  if (!isCallExpression(value)) return [];
  return value.arguments.filter(argument => {
    const bare = unwrapped(argument);
    return isIdentifier(bare) || isPropertyAccessExpression(bare) || isElementAccessExpression(bare);
  });
}

/** What lies between may leave, but neither names the object nor gives the source another value. */
function undoing(pass: Pass, { place, owner, sources }: Converted, rest: readonly Statement[]): Undone | undefined {
  const { sourceFile } = pass.file;
  for (const statement of rest) {
    const set = memberSetBy(statement);
    const source =
      set && isSameCode(set.place, place, sourceFile)
        ? sources.find(each => isSameCode(each, set.value, sourceFile))
        : undefined;
    if (set && source) return { first: place, second: set.place, source };
    if (mentions(statement, owner.text) || isChanging(statement, sources)) return undefined;
  }
  return undefined;
}

/** Whether a statement waits, or sets anything that a source is read from. */
function isChanging(statement: Node, sources: readonly Expression[]): boolean {
  return [...nodesOf(statement)].some(node => {
    if (WAITS.has(node.kind)) return true;
    if (!isBinaryExpression(node) || node.operatorToken.kind !== SyntaxKind.EqualsToken) return false;
    const target = node.left.getText();
    return sources.some(source => source.getText().startsWith(target));
  });
}

const WAITS: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.AwaitExpression, SyntaxKind.YieldExpression]);
