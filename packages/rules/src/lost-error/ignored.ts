/** Error-first callbacks that use the data without a look at the error. */
import {
  enclosingFunction,
  everyPart,
  isCondition,
  isErrorClass,
  isNullish,
  isUncertain,
  mentions,
  nodesOf,
  quoted,
  scopesOf,
  wrapped,
  type Ask,
  type Pass,
  type Reference,
} from "@review/analysis";
import type { Type } from "@review/program";
import {
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isIfStatement,
  isNewExpression,
  isObjectBindingPattern,
  isPropertyAccessExpression,
  SyntaxKind,
  type ArrowFunction,
  type CallExpression,
  type FunctionExpression,
  type FunctionLikeDeclaration,
  type Identifier,
  type Node,
} from "@review/program/syntax";

const ERROR_NAME = /^(?:e|er|err|error|ex|exception|\w+Err(?:or)?)$/;
const EXCUSE = /\b(?:ignor|swallow|best.effort|never (?:fail|error)|can ?not fail|can't fail|don't care|errors?\b)/i;

/** `readFile(path, (error, text) => parse(text))`. */
export function* checkCallback(pass: Pass, fn: ArrowFunction | FunctionExpression): Ask<void> {
  const call = wrapped(fn).parent;
  const callback = isCallExpression(call) && !pass.file.isTest ? callbackOf(fn) : undefined;
  if (!callback || !isCallExpression(call) || NO_ERROR_FIRST.test(call.expression.getText())) return;
  const { name, data } = callback;
  if (isReferred(pass, name) || mayStillComplain(fn)) return;
  const success = successWith(pass, data);
  const use = success ?? firstUse(pass, data);
  if (!use) return;
  const witness = success ? SUCCESS(success) : yield* witnessOf(pass, fn, call, name);
  if (!witness) return;
  pass.report(name, {
    message: `\`${name.text}\` is ignored, and ${quoted(use, pass.file.sourceFile)} is used as if nothing could fail.`,
    evidence: [witness, { at: use, message: "After an error there is no data here." }],
    repair: `Look at \`${name.text}\` before the data is used, and hand it on.`,
  });
}

export interface Callback {
  readonly name: Identifier;
  readonly data: Node;
}

/** The names of the error and of the data, by how they are called. */
export function callbackOf({ parameters: [first, second] }: FunctionLikeDeclaration): Callback | undefined {
  if (!first || !second || first.initializer || second.initializer || second.dotDotDotToken) return undefined;
  if (!isIdentifier(first.name) || !ERROR_NAME.test(first.name.text)) return undefined;
  return { name: first.name, data: second.name };
}

/** What these give is text, with an error or without one. */
export const SHELLS: RegExp = /\b(?:exec|execFile)$/;
/** To a listener `e` is the event. */
const NO_ERROR_FIRST = new RegExp(`${SHELLS.source}|\\.(?:on|once|addListener|addEventListener|handle)$`);

/** A comment that speaks of errors, or code that looks at all arguments. */
export function mayStillComplain(fn: FunctionLikeDeclaration): boolean {
  const comments = fn.getFullText().match(/\/\/.*|\/\*[^]*?\*\//g) ?? [];
  return comments.some(comment => EXCUSE.test(comment) && !comment.includes("lost-error")) || mentions(fn, "arguments");
}

/** The place that takes the data apart; undefined where the data is tested anywhere, or only handed on. */
function firstUse(pass: Pass, name: Node): Node | undefined {
  if (isObjectBindingPattern(name)) return name.elements.length > 0 ? name : undefined;
  const variable = isIdentifier(name) ? pass.scopes().variableOf(name) : undefined;
  if (!variable || variable.references.some(isTested)) return undefined;
  return variable.references.map(({ node }) => node).find(isTakenApart);
}

function isReferred(pass: Pass, name: Identifier): boolean {
  const variable = pass.scopes().variableOf(name);
  return !variable || variable.references.length > 0 || variable.isExposed;
}

/** `done(null, data)`: says that nothing went wrong, whatever the error was. */
function successWith(pass: Pass, name: Node): Node | undefined {
  const variable = isIdentifier(name) ? pass.scopes().variableOf(name) : undefined;
  if (!variable || variable.references.some(isTested)) return undefined;
  for (const { node } of variable.references) {
    const call = wrapped(partOf(node)).parent;
    if (!isCallExpression(call)) continue;
    if (resolves(call)) return call;
    if (!/^(?:cb|callback|done|next)$/.test(call.expression.getText())) continue;
    if (call.arguments.length > 1 && call.arguments[0]?.kind === SyntaxKind.NullKeyword) return call;
  }
  return undefined;
}

/** `resolve(data)`, in an executor that has a `reject` as well. */
function resolves({ expression }: CallExpression): boolean {
  if (!isIdentifier(expression)) return false;
  for (let at = enclosingFunction(expression); at; at = enclosingFunction(at)) {
    const { parent } = wrapped(at);
    if (!isNewExpression(parent) || parent.expression.getText() !== "Promise" || !isFunctionLikeDeclaration(at))
      continue;
    return at.parameters.length > 1 && at.parameters[0]?.name.getText() === expression.text;
  }
  return false;
}

/** The value that the data is put into: `JSON.parse(text)`, `{ size: head.size, tags: tags.list }`. */
function partOf(data: Node): Node {
  let at = wrapped(data);
  while (isParsing(at.parent) || PARTS.has(at.parent.kind)) at = wrapped(at.parent);
  return at;
}

const PARTS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.PropertyAccessExpression, SyntaxKind.ElementAccessExpression, SyntaxKind.PropertyAssignment],
  ...[SyntaxKind.ShorthandPropertyAssignment, SyntaxKind.ObjectLiteralExpression, SyntaxKind.ArrayLiteralExpression],
]);

function isParsing(node: Node): boolean {
  return isCallExpression(node) && node.expression.getText() === "JSON.parse";
}

const SUCCESS = (at: Node): Witness => ({ at, message: "This says that there was no error." });

function isTested({ node }: Reference): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (isCondition(outer) || parent.kind === SyntaxKind.TypeOfExpression) return true;
  if (isBinaryExpression(parent)) return true;
  if (isCallExpression(parent)) return /\b(?:is[A-Z]\w*|Boolean)$/.test(parent.expression.getText());
  return (
    (isPropertyAccessExpression(parent) || isElementAccessExpression(parent)) && parent.questionDotToken !== undefined
  );
}

function isTakenApart(node: Identifier): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (isPropertyAccessExpression(parent) || isElementAccessExpression(parent)) return parent.expression === outer;
  if (isParsing(parent)) return true;
  return parent.kind === SyntaxKind.ForOfStatement || parent.kind === SyntaxKind.SpreadElement;
}

interface Witness {
  readonly at: Node;
  readonly message: string;
}

/** What says that the first parameter is an error or nothing: a model, a type, or another callback of the same file. */
function* witnessOf(
  pass: Pass,
  fn: ArrowFunction | FunctionExpression,
  call: CallExpression,
  name: Identifier,
): Ask<Witness | undefined> {
  const facts = yield* pass.models.of(call);
  const position = call.arguments.findIndex(argument => argument === wrapped(fn));
  if (facts?.takes?.[String(position)]?.errorFirst) return calledWithError(pass, call, name);
  const type = yield* pass.checker.typeOf(name);
  if (yield* isErrorOrNothing(pass, type)) return calledWithError(pass, call, name);
  if (!isUncertain(type) || !(yield* mayPassError(pass, call, position))) return undefined;
  const tested = testedElsewhere(pass, fn, call, name.text);
  return tested && { at: tested, message: `Here the \`${name.text}\` of the same function is looked at.` };
}

/** Whether the function that takes the callback may call it with an error: not if it always says `done(null, …)`. */
function* mayPassError(pass: Pass, call: CallExpression, position: number): Ask<boolean> {
  const callee = yield* pass.summaries.calleeOf(call);
  if (callee.kind !== "function" || !isFunctionLikeDeclaration(callee.fn)) return true;
  const name = callee.fn.parameters[position]?.name;
  const variable = name && isIdentifier(name) ? scopesOf(name.getSourceFile()).variableOf(name) : undefined;
  return !variable || variable.references.some(({ node }) => !isCalledWithoutError(node));
}

function isCalledWithoutError(use: Identifier): boolean {
  const { parent } = use;
  if (!isCallExpression(parent) || parent.expression !== use) return isCondition(use);
  const [first] = parent.arguments;
  return (
    !first || first.kind === SyntaxKind.NullKeyword || first.getText() === "undefined" || first.getText() === "false"
  );
}

function calledWithError({ file }: Pass, call: CallExpression, at: Node): Witness {
  return { at, message: `${quoted(call.expression, file.sourceFile)} passes an error here when it fails.` };
}

function* isErrorOrNothing({ checker }: Pass, type: Type): Ask<boolean> {
  if (!(yield* checker.partsOf(type)).some(isNullish)) return false;
  return yield* everyPart(checker, type, part => isErrorClass(checker, part));
}

/** A test of the same name in another callback that goes to the same function. */
function testedElsewhere(
  { file }: Pass,
  fn: ArrowFunction | FunctionExpression,
  call: CallExpression,
  name: string,
): Node | undefined {
  const callee = lastNameOf(call);
  for (const node of nodesOf(file.sourceFile)) {
    if (!isCallExpression(node) || node === call || lastNameOf(node) !== callee) continue;
    for (const other of node.arguments) {
      const tested = isFunctionLikeDeclaration(other) && other !== fn ? testIn(other, name) : undefined;
      if (tested) return tested;
    }
  }
  return undefined;
}

/** The first test of a function's first parameter, if that has the name. */
function testIn(fn: FunctionLikeDeclaration, name: string): Node | undefined {
  const first = fn.parameters[0]?.name;
  if (!first || !isIdentifier(first) || first.text !== name) return undefined;
  for (const node of nodesOf(fn)) {
    if (isIfStatement(node) && mentions(node.expression, name)) return node.expression;
  }
  return undefined;
}

function lastNameOf({ expression }: CallExpression): string {
  return isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
}
