/** A call that leaves out what its counterpart is given in the same function: `beforeSave(entity, changes)`, `afterSave(entity)`. */
import {
  asMethodCall,
  enclosingFunction,
  functionOf,
  mentions,
  nodesOf,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isSpreadElement,
  SyntaxKind,
  type CallExpression,
  type FunctionLikeDeclaration,
  type Node,
} from "@review/program/syntax";

export function* checkCounterpart(pass: Pass, call: CallExpression): Ask<void> {
  const counterpart = longerCounterpart(call);
  if (!counterpart) return;
  const index = call.arguments.length;
  const fn = yield* functionOf(pass.checker, call.expression);
  const other = fn && (yield* functionOf(pass.checker, counterpart.expression));
  const name = fn && nameAt(fn, index);
  if (!other || name === undefined || nameAt(other, index) !== name || !isUsed(fn, name)) return;
  const { sourceFile } = pass.file;
  pass.report(call, {
    message: `${quoted(call.expression, sourceFile)} is called without \`${name}\`, which its counterpart gets in the same function.`,
    evidence: [
      { at: counterpart.arguments[index] ?? counterpart, message: `This call passes \`${name}\`.` },
      { at: fn.parameters[index] ?? fn, message: "This parameter gets nothing." },
    ],
    repair: `Pass \`${name}\` here as well.`,
  });
}

function nameAt({ parameters }: FunctionLikeDeclaration, index: number): string | undefined {
  const name = parameters[index]?.name;
  return name && isIdentifier(name) ? name.text : undefined;
}

function isUsed(fn: FunctionLikeDeclaration, name: string): boolean {
  return fn.body !== undefined && mentions(fn.body, name);
}

const COUNTERPARTS: readonly (readonly [string, string])[] = [
  ["before", "after"],
  ["Before", "After"],
];

/** The call of the method with the opposite name, which has the same arguments, and a path more. */
function longerCounterpart(call: CallExpression): CallExpression | undefined {
  const method = asMethodCall(call);
  const names = method ? oppositesOf(method.name) : [];
  const body = names.length > 0 ? enclosingFunction(call)?.body : undefined;
  if (!method || !body || call.arguments.length === 0 || call.arguments.some(isSpreadElement)) return undefined;
  const object = method.object.getText();
  return callsIn(body).find(node => {
    const other = asMethodCall(node);
    const isOpposite = other !== undefined && names.includes(other.name) && other.object.getText() === object;
    const more = isOpposite ? node.arguments[call.arguments.length] : undefined;
    return more !== undefined && isPathOfThis(more) && startsAlike(call, node);
  });
}

function callsIn(body: Node): readonly CallExpression[] {
  return [...nodesOf(body)].filter(isCallExpression);
}

function oppositesOf(name: string): readonly string[] {
  return COUNTERPARTS.flatMap(([one, other]) =>
    name.includes(one) ? [name.replace(one, other)] : name.includes(other) ? [name.replace(other, one)] : [],
  );
}

/** What is a member of the object is there for the other call as well. */
function isPathOfThis(argument: Node): boolean {
  let at = unwrapped(argument);
  if (!isPropertyAccessExpression(at)) return false;
  while (isPropertyAccessExpression(at)) at = unwrapped(at.expression);
  return at.kind === SyntaxKind.ThisKeyword;
}

function startsAlike(call: CallExpression, other: CallExpression): boolean {
  return call.arguments.every((argument, index) => other.arguments[index]?.getText() === argument.getText());
}
