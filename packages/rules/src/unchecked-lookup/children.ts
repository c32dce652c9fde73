/** Children of a component, of which a condition may leave one out: `React.Children.map(children, child => child.props.to)`. */
import {
  asMethodCall,
  failingUseOf,
  isLookedAt,
  ownFunctionOf,
  quoted,
  UNDEFINED,
  wrapped,
  type Ask,
  type Pass,
  type Variable,
} from "@review/analysis";
import {
  isCallExpression,
  isElementAccessExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  type CallExpression,
  type Identifier,
  type Node,
} from "@review/program/syntax";

/** Reports what the function for each child does with it, where that throws for `null`. */
export function* checkChildren(pass: Pass, call: CallExpression): Ask<void> {
  const child = childOf(call);
  const variable = child && pass.scopes().variableOf(child);
  if (!child || !variable || variable.references.some(({ node }) => isLookedAt(wrapped(node)))) return;
  const first = variable.references.find(({ isRead }) => isRead)?.node;
  const use = first && (readFrom(first) ?? (yield* useInCallee(pass, first)));
  if (!use || isWrittenBefore(variable, first)) return;
  const name = quoted(child, pass.file.sourceFile);
  pass.report(first, {
    message: `${name} is null where a condition leaves an element out, but it is used unchecked here.`,
    evidence: [
      { at: call.expression, message: "This goes through all children, `null` and `undefined` included." },
      { at: use, message: "This throws where there is no element." },
    ],
    repair: `Leave out what is no element before ${name} is used, as \`React.isValidElement\` tells.`,
  });
}

/** The child of `Children.forEach(children, child => …)`, unless a type claims that it is there. */
function childOf(call: CallExpression): Identifier | undefined {
  const method = asMethodCall(call);
  if (!method || !/^(?:map|forEach)$/.test(method.name) || !/(?:^|\.)Children$/.test(method.object.getText())) {
    return undefined;
  }
  const callback = call.arguments[1];
  const parameter = callback && isFunctionLikeDeclaration(callback) ? callback.parameters[0] : undefined;
  return parameter && !parameter.type && isIdentifier(parameter.name) ? parameter.name : undefined;
}

function readFrom(use: Node): Node | undefined {
  const { parent } = use;
  if (!isPropertyAccessExpression(parent) && !isElementAccessExpression(parent)) return undefined;
  return parent.expression === use && !parent.questionDotToken ? parent : undefined;
}

/** Where the function that gets the child reads from it, whatever happens. */
function* useInCallee(pass: Pass, name: Identifier): Ask<Node | undefined> {
  const call = name.parent;
  if (!isCallExpression(call)) return undefined;
  const fn = yield* ownFunctionOf(pass, call);
  const parameter = fn?.parameters[call.arguments.findIndex(each => each === name)];
  return fn && parameter ? yield* failingUseOf(pass, fn, parameter, UNDEFINED) : undefined;
}

/** `child = wrap(child)` reads before it writes. */
function isWrittenBefore({ references }: Variable, use: Node): boolean {
  return references.some(({ node, isWritten }) => isWritten && node.parent.end < use.pos);
}
