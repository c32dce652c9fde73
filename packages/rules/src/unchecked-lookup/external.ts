/** Lookups by a key that comes from outside, in a table that has some: `routes[req.url].handle()`. */
import {
  declaredValueOf,
  isWritten,
  nodesOf,
  originsOf,
  provenanceOf,
  uncheckedUseOf,
  unwrapped,
  type Ask,
  type Pass,
  type PathStep,
} from "@review/analysis";
import {
  isIdentifier,
  isNumericLiteral,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  type ElementAccessExpression,
  type Expression,
  type Identifier,
  type Node,
} from "@review/program/syntax";

export interface ExternalLookup {
  readonly use: Node;
  readonly evidence: readonly PathStep[];
}

/** The unchecked use of what a table has for a key that anybody may send. */
export function* externalLookup(pass: Pass, element: ElementAccessExpression): Ask<ExternalLookup | undefined> {
  const table = unwrapped(element.expression);
  if (!isIdentifier(table) || isWritten(element as Node as Identifier) || isLiteral(element.argumentExpression)) {
    return undefined;
  }
  const made = tableOf(pass, table);
  const use = made && uncheckedUseOf(pass.scopes(), element);
  if (!use || isKnownKey(pass, element)) return undefined;
  const source = yield* sourceOf(pass, element.argumentExpression);
  return (
    source && {
      use,
      evidence: [
        { at: source, message: "Whoever calls from outside chooses the key." },
        { at: made, message: "The table has these and no others." },
      ],
    }
  );
}

function isLiteral(key: Node): boolean {
  return isStringLiteralLikeNode(key) || isNumericLiteral(key);
}

/** The object literal that a constant of the file is, with all that it has. */
function tableOf(pass: Pass, name: Identifier): Node | undefined {
  const value = declaredValueOf(pass.scopes(), name);
  const table = value && unwrapped(value);
  return table && isObjectLiteralExpression(table) && table.properties.length > 0 ? table : undefined;
}

/** Whether the file asks of the key, or of the table, in any other way, or fills the table. */
function isKnownKey(pass: Pass, element: ElementAccessExpression): boolean {
  const key = element.argumentExpression.getText();
  const table = element.expression.getText();
  const uses = [...nodesOf(pass.file.sourceFile)].filter(
    node => (isIdentifier(node) || isPropertyAccessExpression(node)) && node.getText() === table,
  );
  // Its declaration, and this lookup.
  if (uses.length > 2) return true;
  const owner = element.getSourceFile().text;
  return owner.split(key).length > 3;
}

/** The request or the command line that a key comes from. */
function* sourceOf(pass: Pass, key: Expression): Ask<Node | undefined> {
  const [only, ...others] = (yield* originsOf(pass, key)) ?? [];
  if (!only || others.length > 0) return undefined;
  if (/^(?:req|request)\.(?:url|method)$|^process\.argv\[\d\]$/.test(unwrapped(only.value).getText()))
    return only.value;
  const source = yield* provenanceOf(pass.checker, only.value);
  return source && OUTSIDE.has(source.kind) ? only.value : undefined;
}

const OUTSIDE: ReadonlySet<string> = new Set(["query", "parameter", "header", "cookie"]);
