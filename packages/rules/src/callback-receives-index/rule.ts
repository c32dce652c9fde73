/** Reports a function whose optional parameter gets the index when it is passed to `map` and its like by name. */
import {
  defineRule,
  isBuiltin,
  isGlobal,
  isUncertain,
  memberName,
  mentions,
  quoted,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import { TypeFlags, type Signature, type Symbol, type Type } from "@review/program";
import {
  isIdentifier,
  isParameterDeclaration,
  isPropertyAccessExpression,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type Identifier,
  type Node,
  type ParameterDeclaration,
} from "@review/program/syntax";
import { handedOver, isVisited, type Handed } from "./handed.ts";
import { checkPartial } from "./partial.ts";
import { meansIndex, TAKES_EVERY_NUMBER } from "./tables.ts";
import { isGivenNumber, isMadeForIndexes, isRead } from "./uses.ts";

const rule: Rule = defineRule({
  id: "callback-receives-index",
  summary: "A function is passed to `map` or its like by name, and the index lands in its optional parameter.",
  category: "collections",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Pass a function that hands on the element alone: `text => parseInt(text)` instead of `parseInt`.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const handed = handedOver(call);
      if (!handed) return;
      yield* checkPartial(pass, handed);
      yield* check(pass, handed);
    },
  }),
});
export default rule;

function* check(pass: Pass, handed: Handed): Ask<void> {
  const { checker, file } = pass;
  const { callback, method, position } = handed;
  const type = yield* checker.typeOf(callback);
  if (isUncertain(type)) return;
  const [signature, ...others] = yield* checker.callSignaturesOf(type);
  if (!signature || others.length > 0) return;
  const what = quoted(callback, file.sourceFile);
  const place = { at: callback, message: `This is a \`${yield* checker.textOf(type)}\`.` };
  const parameter = yield* parameterThatGets(pass, signature, handed);
  if (parameter && (yield* isVisited(pass, handed))) {
    const which = position === 1 ? "second" : "third";
    pass.report(callback, {
      message: `\`${method}\` passes the index as the ${which} argument of ${what}, which takes it for \`${parameter.text}\`.`,
      evidence: [place, ...declared(pass, parameter)],
      fixes: yield* wrapInArrow(pass, handed, signature),
    });
  } else if (
    signature.hasRestParameter &&
    (yield* takesEveryNumber(pass, callback)) &&
    (yield* isVisited(pass, handed))
  ) {
    pass.report(callback, {
      message: `\`${method}\` passes the index too, and ${what} takes every argument that it gets.`,
      evidence: [place],
      fixes: yield* wrapInArrow(pass, handed, signature),
    });
  }
}

/** The name of the optional parameter that the index lands in, where it is meant for something else and used. */
function* parameterThatGets(pass: Pass, signature: Signature, handed: Handed): Ask<Identifier | undefined> {
  const { checker } = pass;
  const symbol = (yield* checker.parametersOf(signature))[handed.position];
  if (!symbol) return undefined;
  const declaration = yield* checker.declarationOf(symbol);
  if (!declaration || !isParameterDeclaration(declaration)) return undefined;
  const { name } = declaration;
  if (!isIdentifier(name) || !isRead(declaration, name)) return undefined;
  if (!(yield* isOptionalNumber(pass, declaration, symbol))) return undefined;
  const callee = yield* checker.symbolOf(handed.callback);
  // `position` of the language's own `indexOf` is where to start, not where the element stands.
  if (meansIndex(name.text) && !(callee && isBuiltin(callee))) return undefined;
  return isMadeForIndexes(declaration, handed.callback) ? undefined : name;
}

function* isOptionalNumber(pass: Pass, declaration: ParameterDeclaration, symbol: Symbol): Ask<boolean> {
  if (pass.file.isJavaScript && isGivenNumber(declaration)) return true;
  return isOptional(declaration) && (yield* takesIndex(pass, yield* pass.checker.typeOfSymbol(symbol)));
}

function isOptional({ questionToken, initializer, dotDotDotToken }: ParameterDeclaration): boolean {
  return !dotDotDotToken && (questionToken !== undefined || initializer !== undefined);
}

/** Whether a number gets through to the parameter. In JavaScript nobody stops it from being a switch either. */
function* takesIndex({ checker, file }: Pass, type: Type): Ask<boolean> {
  for (const part of yield* checker.partsOf(type)) {
    if (part.flags & TypeFlags.Number) return true;
    if (part.flags & TypeFlags.EnumLiteral && part.flags & TypeFlags.NumberLiteral) return true;
    if (file.isJavaScript && part.flags & TypeFlags.BooleanLike) return true;
  }
  return false;
}

function* takesEveryNumber({ checker }: Pass, callback: Expression): Ask<boolean> {
  if (!isPropertyAccessExpression(callback)) return false;
  for (const { owner, name } of TAKES_EVERY_NUMBER) {
    if (memberName(callback) === name && (yield* isGlobal(checker, callback.expression, owner))) return true;
  }
  return false;
}

function declared({ file }: Pass, parameter: Identifier): readonly { readonly at: Node; readonly message: string }[] {
  if (parameter.getSourceFile() !== file.sourceFile) return [];
  return [{ at: parameter, message: `\`${parameter.text}\` gets 0, 1, 2 and so on.` }];
}

/** `text => pad(text)`, with the names of the function's own parameters where they are free. */
function* wrapInArrow({ checker, file }: Pass, handed: Handed, signature: Signature): Ask<readonly ReportedFix[]> {
  const { callback, position } = handed;
  const own = signature.hasRestParameter ? [] : (yield* checker.parametersOf(signature)).map(({ name }) => name);
  const names = ["value", "next"].slice(0, position).map((other, index) => {
    const name = own[index] ?? other;
    return /^[a-z]\w*$/i.test(name) && !mentions(callback, name) ? name : other;
  });
  const list = names.join(", ");
  const text = `${position === 1 ? list : `(${list})`} => ${callback.getText(file.sourceFile)}(${list})`;
  return [{ title: "Pass the element alone", safety: "suggested", edits: [{ at: callback, text }] }];
}
