/** Calls that leave out the last argument, where a parameter of the very name is at hand: `prepare(request)` for `prepare(request, collectionRoot)`. */
import {
  callsByCallee,
  isVague,
  isWithin,
  mentions,
  needOf,
  ownFunctionOf,
  quoted,
  wordsOf,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isFunctionLikeDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type CallExpression,
  type FunctionLikeDeclaration,
  type Identifier,
  type NewExpression,
  type Node,
  type ParameterDeclaration,
  type SourceFile,
} from "@review/program/syntax";

export function* checkInScope(pass: Pass, call: CallExpression | NewExpression): Ask<boolean> {
  const atHand = mayLackOne(pass, call) ? namesAround(pass, call) : [];
  const missing = atHand.length > 0 ? yield* lastOf(pass, call) : undefined;
  const own = missing && atHand.find(({ text }) => text === missing.name.getText());
  if (!own || call.arguments?.some(argument => mentions(argument, own.text))) return false;
  const { sourceFile } = pass.file;
  const name = quoted(own, sourceFile);
  pass.report(call, {
    message: `${quoted(call.expression, sourceFile)} is called without ${name}, which it reads unchecked and which is at hand here.`,
    evidence: [
      { at: missing, message: "This parameter gets nothing." },
      { at: own, message: "This one has the same name." },
    ],
    repair: `Pass ${name}.`,
  });
  return true;
}

function mayLackOne({ file }: Pass, call: CallExpression | NewExpression): boolean {
  const given = call.arguments?.length ?? 0;
  return !file.isChecked && given > 0 && !isOfBase(call) && !isUsualIn(file.sourceFile, call, given);
}

/** The last parameter of what is called, if it is the only one that gets nothing, and is needed. */
function* lastOf(pass: Pass, call: CallExpression | NewExpression): Ask<ParameterDeclaration | undefined> {
  const fn = yield* ownFunctionOf(pass, call);
  const given = call.arguments?.length ?? 0;
  const missing = fn?.parameters.length === given + 1 ? fn.parameters[given] : undefined;
  return fn && missing && !isWithin(call, fn) && needOf(fn, missing) !== "none" ? missing : undefined;
}

/** `super.add(columns)`: which of its parameters the method above needs, may depend on the others. */
function isOfBase({ expression }: CallExpression | NewExpression): boolean {
  return isPropertyAccessExpression(expression) && expression.expression.kind === SyntaxKind.SuperKeyword;
}

/** The parameters of the functions around a call that have a telling name of several words, and are what they were given. */
function namesAround(pass: Pass, call: Node): readonly Identifier[] {
  const found: Identifier[] = [];
  for (let at = call.parent as Node | undefined; at; at = at.parent) {
    if (isFunctionLikeDeclaration(at)) found.push(...tellingNames(at));
  }
  return found.filter(name =>
    pass
      .scopes()
      .variableOf(name)
      ?.references.every(({ isWritten }) => !isWritten),
  );
}

function tellingNames({ parameters }: FunctionLikeDeclaration): readonly Identifier[] {
  return parameters
    .filter(({ initializer, dotDotDotToken }) => !initializer && !dotDotDotToken)
    .map(({ name }) => name)
    .filter(isIdentifier)
    .filter(({ text }) => wordsOf(text).length > 1 && !isVague(text) && !FLAG.test(text));
}

/** Whoever leaves out a flag or options is content with the usual. */
const FLAG = /^(?:is|has|no|with|should|allow|do|use|on)[A-Z]|(?:option|opt|callback|cb|config|setting|fn|handler)s?$/i;

/** Whether the file leaves it out elsewhere as well. */
function isUsualIn(file: SourceFile, call: CallExpression | NewExpression, given: number): boolean {
  const others = callsByCallee(file).get(call.expression.getText()) ?? [];
  return others.some(other => other !== call && (other.arguments?.length ?? 0) <= given);
}
