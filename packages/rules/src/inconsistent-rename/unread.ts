/** `this.height = width` where there is a parameter `height` that nobody reads. */
import { quoted, unwrapped, type Ask, type Pass, type Variable } from "@review/analysis";
import {
  isBinaryExpression,
  isExpressionStatement,
  isFunctionLikeDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type BinaryExpression,
  type Identifier,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";

export function* checkAssignment(pass: Pass, assignment: BinaryExpression): Ask<void> {
  const mix = mixIn(assignment);
  const given = mix && pass.scopes().variableOf(mix.value);
  const unread = mix && given && unreadNamed(pass, given, mix.target.name.text);
  const [declaration] = unread?.declarations ?? [];
  const confirmation = given && ownAssignment(given, assignment);
  if (!mix || !unread || !declaration || !confirmation || !(yield* fits(pass, declaration, mix.target))) return;
  const { value } = mix;
  pass.report(value, {
    message: `\`${unread.name}\` gets \`${value.text}\`, and the parameter \`${unread.name}\` is never read.`,
    evidence: [
      { at: declaration, message: "Nothing reads this parameter." },
      {
        at: confirmation,
        message: `${quoted(confirmation, pass.file.sourceFile)} gets the parameter of its own name.`,
      },
    ],
    fixes: [{ title: `Use \`${unread.name}\``, safety: "suggested", edits: [{ at: value, text: unread.name }] }],
  });
}

interface Mix {
  readonly target: PropertyAccessExpression;
  readonly value: Identifier;
}

/** `this.a = b;` */
function mixIn({ left, right, parent }: BinaryExpression): Mix | undefined {
  const target = unwrapped(left);
  const value = unwrapped(right);
  if (!isPropertyAccessExpression(target) || !isIdentifier(value) || !isExpressionStatement(parent)) return undefined;
  return target.name.text === value.text ? undefined : { target, value };
}

/** The parameter of this name that stands beside another one, and that nothing reads. */
function unreadNamed(pass: Pass, { kind, root }: Variable, name: string): Variable | undefined {
  if (kind !== "parameter" || !isFunctionLikeDeclaration(root)) return undefined;
  const unread = pass
    .scopes()
    .localsOf(root)
    .find(each => each.kind === "parameter" && each.name === name);
  return unread && unread.references.length === 0 && !unread.isExposed ? unread : undefined;
}

/** Another place that gives the parameter to a member of its own name. */
function ownAssignment({ references, name }: Variable, assignment: Node): Node | undefined {
  for (const { node } of references) {
    const { parent } = node;
    if (!isBinaryExpression(parent) || parent === assignment || parent.right !== node) continue;
    if (parent.operatorToken.kind !== SyntaxKind.EqualsToken) continue;
    const target = unwrapped(parent.left);
    if (isPropertyAccessExpression(target) && target.name.text === name) return target;
  }
  return undefined;
}

function* fits({ checker, file }: Pass, parameter: Identifier, target: Node): Ask<boolean> {
  if (file.isJavaScript) return true;
  return yield* checker.isAssignable(yield* checker.typeOf(parameter), yield* checker.typeOf(target));
}
