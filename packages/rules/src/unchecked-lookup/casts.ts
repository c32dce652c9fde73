/** Results that may be missing, of which a cast to `any` hides it: the name that gets them says that they are there. */
import { isLookedAt, quoted, unwrapped, wrapped, type Ask, type Pass, type Variable } from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isBinaryExpression,
  isElementAccessExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclaration,
  SyntaxKind,
  type AsExpression,
  type Node,
} from "@review/program/syntax";

const ABSENT = TypeFlags.Undefined | TypeFlags.Null;

/** `parent = (await parentOf(entry)) as any; … parent.isOpen` */
export function* checkCast(pass: Pass, cast: AsExpression): Ask<void> {
  const { file, checker } = pass;
  if (file.isTest || !file.isChecked || !file.strictNullChecks || cast.type.kind !== SyntaxKind.AnyKeyword) return;
  const variable = givenTo(pass, cast);
  const use = variable && uncheckedUse(variable, cast);
  if (!use || !(yield* isTypedPresent(pass, variable))) return;
  const parts = yield* checker.partsOf(yield* checker.typeOf(cast.expression));
  if (parts.length < 2 || !parts.some(({ flags }) => flags & ABSENT)) return;
  const { sourceFile } = file;
  pass.report(use, {
    message: `${quoted(unwrapped(cast), sourceFile)} may be missing, which \`as any\` hides, and its result is used unchecked here.`,
    evidence: [
      { at: cast, message: `This is of type \`${yield* checker.textOf(yield* checker.typeOf(cast.expression))}\`.` },
      { at: use, message: "This throws where the result is missing." },
    ],
  });
}

/** The local that gets the value, at its declaration or later. */
function givenTo(pass: Pass, cast: Node): Variable | undefined {
  const outer = wrapped(cast);
  const { parent } = outer;
  const isAssigned = isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.EqualsToken;
  const name = isAssigned ? parent.left : isVariableDeclaration(parent) ? parent.name : undefined;
  return name && name !== outer && isIdentifier(name) ? pass.scopes().variableOf(name) : undefined;
}

/** Whether the variable has a type of its own that leaves nothing missing. */
function* isTypedPresent({ checker }: Pass, { declarations: [name] }: Variable): Ask<boolean> {
  const declaration = name?.parent;
  if (!name || !declaration || !isVariableDeclaration(declaration) || !declaration.type) return false;
  const type = yield* checker.typeOf(name);
  if (type.flags & TypeFlags.AnyOrUnknown) return false;
  return (yield* checker.partsOf(type)).every(({ flags }) => (flags & ABSENT) === 0);
}

/** The first use behind the cast that reads a member, where nothing ever looks whether there is a value. */
function uncheckedUse({ references }: Variable, cast: Node): Node | undefined {
  const uses = references.filter(({ isRead }) => isRead).map(({ node }) => wrapped(node));
  if (uses.some(isLookedAt)) return undefined;
  return uses
    .filter(use => use.pos > cast.end)
    .map(readFrom)
    .find(Boolean);
}

function readFrom(use: Node): Node | undefined {
  const { parent } = use;
  if (!isPropertyAccessExpression(parent) && !isElementAccessExpression(parent)) return undefined;
  return parent.expression === use && !parent.questionDotToken ? parent : undefined;
}
