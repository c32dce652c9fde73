/** Reports getters that give nothing, at all or on a path that was meant to give something. */
import {
  defineRule,
  findPath,
  isAsync,
  memberName,
  ownNodesOf,
  returnedBy,
  unwrapped,
  type Ask,
  type FlowGraph,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isFunctionLikeDeclaration,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isReturnStatement,
  SyntaxKind,
  type Block,
  type CallExpression,
  type Expression,
  type FunctionLikeDeclaration,
  type GetAccessorDeclaration,
  type Node,
  type ObjectLiteralExpression,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "getter-without-return",
  summary: "A getter ends without a value, so that reading the property gives undefined.",
  category: "classes",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Return the value; where undefined is meant, say `return undefined`.",
  listen: pass => ({
    [SyntaxKind.GetAccessor]: (getter: GetAccessorDeclaration) => check(pass, getter, getter.name),
    *[SyntaxKind.CallExpression](call: CallExpression) {
      // Tests define getters to see whether anybody reads them.
      if (pass.file.isTest) return;
      for (const getter of describedGetters(call)) yield* check(pass, getter, getter);
    },
  }),
});
export default rule;

/** The getters of `Object.defineProperty(o, "x", { get() {} })` and its like. */
function describedGetters({ expression, arguments: args }: CallExpression): readonly FunctionLikeDeclaration[] {
  if (!isPropertyAccessExpression(expression) || !isIdentifier(expression.expression)) return [];
  const position = DESCRIBING.get(`${expression.expression.text}.${expression.name.text}`);
  const described = position === undefined ? undefined : args[position];
  const value = described && unwrapped(described);
  if (!value || !isObjectLiteralExpression(value)) return [];
  return position === 2 ? gettersOf(value) : valuesIn(value).filter(isObjectLiteralExpression).flatMap(gettersOf);
}

const DESCRIBING: ReadonlyMap<string, number> = new Map([
  ["Object.defineProperty", 2],
  ["Reflect.defineProperty", 2],
  ["Object.defineProperties", 1],
  ["Object.create", 1],
]);

function valuesIn({ properties }: ObjectLiteralExpression): readonly Expression[] {
  return properties.flatMap(each => (isPropertyAssignment(each) ? [unwrapped(each.initializer) as Expression] : []));
}

function gettersOf({ properties }: ObjectLiteralExpression): readonly FunctionLikeDeclaration[] {
  return properties.flatMap(property => {
    const value: Node = isPropertyAssignment(property) ? unwrapped(property.initializer) : property;
    const { name } = property as Node & { readonly name?: Node };
    if (!name || !isIdentifier(name) || name.text !== "get") return [];
    return isFunctionLikeDeclaration(value) ? [value] : [];
  });
}

/** A lone `return;` is as empty as `{}`, beside a setter that does the work. */
function isEmpty({ statements }: Block): boolean {
  const [only, more] = statements;
  return !only || (!more && isReturnStatement(only) && !only.expression);
}

function* check(pass: Pass, getter: FunctionLikeDeclaration, place: Node): Ask<void> {
  if (!getter.body || !isBlock(getter.body) || isEmpty(getter.body) || isAsync(getter)) return;
  const returned = returnedBy(getter);
  if (returned.length === 0 && (isTold(pass, getter) || isProbe(getter.body))) return;
  const graph = yield* pass.flow(getter);
  const end = graph && endOf(graph, returned.length > 0);
  if (!end) return;
  const [first] = returned;
  pass.report(place, {
    message: first
      ? "This getter ends without a value on a path, and the property is undefined then."
      : "This getter returns nothing: the property is always undefined.",
    evidence: [
      { at: end, message: "The getter may end here, without `return`." },
      ...(first ? [{ at: first, message: "Other paths return a value." }] : []),
    ],
  });
}

/** Whether the compiler reports it. */
function isTold({ file }: Pass, { kind }: FunctionLikeDeclaration): boolean {
  return kind === SyntaxKind.GetAccessor && file.isChecked;
}

/** Only there to learn whether it is read, as by a browser that knows the option. */
function isProbe(body: Node): boolean {
  return [...ownNodesOf(body)].some(
    node => isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken && isIdentifier(node.left),
  );
}

/** Where the getter ends without `return`. That no branch fits may mean undefined; to assign or compute a value does not. */
function endOf(graph: FlowGraph, isOtherwiseGiven: boolean): Node | undefined {
  const { body } = graph.root as FunctionLikeDeclaration;
  const isReturn = (node: Node): boolean =>
    isReturnStatement(node) && (isOtherwiseGiven || node.expression !== undefined);
  if (!findPath(graph, { to: "returned", avoiding: ({ node }) => isReturn(node) })) return undefined;
  if (!isOtherwiseGiven) return body;
  for (const { from, kind } of graph.returned.before) {
    const last = kind === "next" && from.isReachable ? from.steps.at(-1) : undefined;
    const statement = last && statementOf(last.node);
    if (statement && isMade(statement)) return statement;
  }
  return undefined;
}

function statementOf(node: Node): Expression | undefined {
  for (let at = node; !isFunctionLikeDeclaration(at); at = at.parent) {
    if (isExpressionStatement(at)) return at.expression;
    if (isBlock(at)) return undefined;
  }
  return undefined;
}

/** A statement that makes what a getter of this kind returns: it fills a field, or forgets the `return` before a value. */
function isMade(expression: Expression): boolean {
  const value = unwrapped(expression);
  if (isBinaryExpression(value) && ASSIGNMENTS.has(value.operatorToken.kind))
    return memberName(value.left) !== undefined;
  return !isCallExpression(value) && memberName(value) !== undefined;
}

const ASSIGNMENTS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.EqualsToken,
  SyntaxKind.BarBarEqualsToken,
  SyntaxKind.QuestionQuestionEqualsToken,
]);
