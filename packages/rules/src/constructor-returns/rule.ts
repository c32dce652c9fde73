/** Reports constructors that return something which is not the object that `new` is to make. */
import {
  defineRule,
  enclosingFunction,
  hasOnlyFlags,
  literalValue,
  ownNodesOf,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isArrayLiteralExpression,
  isClassLikeDeclaration,
  isObjectLiteralExpression,
  isReturnStatement,
  SyntaxKind,
  type ConstructorDeclaration,
  type Expression,
  type Node,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "constructor-returns",
  summary: "A constructor returns a value that `new` ignores or refuses, or an object that is none of its class.",
  category: "classes",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Return nothing: throw where the object cannot be made, or use a static method that may give something else.",
  listen: pass => ({
    *[SyntaxKind.Constructor](node: ConstructorDeclaration) {
      if (!node.body) return;
      for (const each of ownNodesOf(node.body)) {
        if (!isReturnStatement(each) || !each.expression || enclosingFunction(each) !== node) continue;
        yield* check(pass, node, each.expression);
      }
    },
  }),
});
export default rule;

function* check(pass: Pass, node: ConstructorDeclaration, expression: Expression): Ask<void> {
  const value = unwrapped(expression) as Expression;
  const effect = yield* effectOf(pass, node, value);
  if (effect === undefined) return;
  pass.report(value, {
    message: `The constructor returns ${quoted(value, pass.file.sourceFile)}: ${effect}.`,
    evidence: [{ at: classNameOf(node), message: "This is what `new` is asked for." }],
  });
}

function classNameOf({ parent }: ConstructorDeclaration): Node {
  return isClassLikeDeclaration(parent) ? (parent.name ?? parent.members[0] ?? parent) : parent;
}

function* effectOf(pass: Pass, node: ConstructorDeclaration, value: Expression): Ask<string | undefined> {
  if (isObjectLiteralExpression(value) || isArrayLiteralExpression(value)) {
    return isMaker(pass, node)
      ? undefined
      : "`new` gives that in place of the object, without the methods of the class";
  }
  if (pass.file.isChecked || !(yield* isPrimitive(pass, value))) return undefined;
  const isDerived =
    isClassLikeDeclaration(node.parent) && /\bextends\b/.test(node.parent.heritageClauses?.[0]?.getText() ?? "");
  return isDerived && literalValue(value) !== undefined
    ? "in a derived class `new` throws a TypeError"
    : "`new` ignores it, and whoever made the object goes on with one that is half made";
}

/** A class of one constructor makes an object, and has no methods to lose; a test's stand-in for a class may be anything. */
function isMaker({ file }: Pass, { parent }: ConstructorDeclaration): boolean {
  if (file.isTest) return true;
  return isClassLikeDeclaration(parent) && !parent.heritageClauses?.length && parent.members.length === 1;
}

function* isPrimitive({ checker }: Pass, value: Expression): Ask<boolean> {
  if (literalValue(value) !== undefined) return true;
  return yield* hasOnlyFlags(
    checker,
    yield* checker.typeOf(value),
    TypeFlags.StringLike | TypeFlags.NumberLike | TypeFlags.BooleanLike | TypeFlags.BigIntLike,
  );
}
