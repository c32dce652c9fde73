/** Functions that are given their last arguments beforehand, and then index and list before these: `_.partialRight(escape, zone)`. */
import {
  asMethodCall,
  declaredValueOf,
  functionOf,
  isInside,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  type CallExpression,
  type Expression,
  type FunctionLikeDeclaration,
  type Identifier,
  type Node,
} from "@review/program/syntax";
import type { Handed } from "./handed.ts";
import { meansIndex } from "./tables.ts";

export function* checkPartial(pass: Pass, { callback, method, position, isStatic }: Handed): Ask<void> {
  const made = isStatic || position !== 1 ? undefined : partialOf(pass, callback);
  const [target, added] = made?.arguments ?? [];
  if (!made || !target || !added) return;
  const second = yield* secondParameterOf(pass, target);
  if (!second) return;
  const { sourceFile } = pass.file;
  pass.report(made, {
    message: `\`${method}\` passes the index too, which \`${second.text}\` gets: ${quoted(added, sourceFile)} comes behind the list.`,
    evidence: [
      { at: callback, message: `Here \`${method}\` gets the function.` },
      { at: second, message: "This is the second parameter." },
    ],
    repair: `Write a function that passes the element and ${quoted(added, sourceFile)}.`,
  });
}

/** The call that made what a local is. */
function partialOf(pass: Pass, callback: Expression): CallExpression | undefined {
  const value = declaredValueOf(pass.scopes(), callback);
  const made = value && unwrapped(value);
  return made && isCallExpression(made) && isPartialRight(made) ? made : undefined;
}

/** The second parameter of a function, where it means no index. */
function* secondParameterOf(pass: Pass, target: Expression): Ask<Identifier | undefined> {
  const fn = (yield* functionOf(pass.checker, target)) ?? functionAround(target);
  const name = fn?.parameters[1]?.name;
  if (!fn || !name || !isIdentifier(name) || meansIndex(name.text)) return undefined;
  return fn.parameters.some(({ dotDotDotToken }) => dotDotDotToken) ? undefined : name;
}

function isPartialRight(call: CallExpression): boolean {
  const callee = unwrapped(call.expression);
  return asMethodCall(call)?.name === "partialRight" || (isIdentifier(callee) && callee.text === "partialRight");
}

/** The function itself that names it: `Text.escape = function (value) { … _.partialRight(Text.escape, …) }`. */
function functionAround(target: Expression): FunctionLikeDeclaration | undefined {
  for (let at: Node = target; at.parent; at = at.parent) {
    if (!isFunctionLikeDeclaration(at)) continue;
    const { parent } = wrapped(at);
    const isOf = isBinaryExpression(parent) && isInside(at, parent.right) && parent.left.getText() === target.getText();
    if (isOf) return at;
  }
  return undefined;
}
