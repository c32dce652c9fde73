/** Searches for what only the caller of a function knows, whose answer is used as if there always were one. */
import {
  asMethodCall,
  builtinOf,
  EQUALS,
  fixedLocalOf,
  flowRootOf,
  lookupCheckOf,
  nodesOf,
  quoted,
  uncheckedUseOf,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type Scopes,
} from "@review/analysis";
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isCallExpression,
  isFunctionLikeDeclaration,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";

/** `users.find(user => user.id === id).name` and `text.match(/(\d+)/)[1]`, where `id` and `text` are parameters. */
export function* checkLookup(pass: Pass, call: CallExpression): Ask<void> {
  const { sourceFile } = pass.file;
  const method = asMethodCall(call);
  const known = method && ANSWERS.get(method.name);
  if (!method || !known || isWatched(pass)) return;
  const use = uncheckedUseOf(pass.scopes(), call);
  const asked = use && askedFor(pass.scopes(), call, method.object, method.name);
  if (!asked || (yield* builtinOf(pass.checker, method.object)) !== known.owner) return;
  if ((yield* isWrittenDown(pass, method.object)) || lookupCheckOf(pass.scopes(), sourceFile, call)) return;
  pass.report(use, {
    message: `${quoted(call, sourceFile)} gives ${known.answer} where it finds nothing, and its result is used unchecked here.`,
    evidence: [
      { at: asked, message: "Whether there is such a one, only the caller knows." },
      { at: use, message: `This throws where the result is ${known.answer}.` },
    ],
  });
}

/** What the compiler checks, and what a test does on purpose, is passed over. */
function isWatched({ file: { isTest, isChecked, strictNullChecks } }: Pass): boolean {
  return isTest || (isChecked && strictNullChecks);
}

/** Whoever asks a table that is written down knows what is in it. */
function* isWrittenDown({ checker }: Pass, object: Expression): Ask<boolean> {
  const table = yield* fixedLocalOf(checker, object);
  return table !== undefined && isArrayLiteralExpression(unwrapped(table.value));
}

const ANSWERS: ReadonlyMap<string, { readonly owner: string; readonly answer: string }> = new Map([
  ["find", { owner: "Array", answer: "undefined" }],
  ["findLast", { owner: "Array", answer: "undefined" }],
  ["match", { owner: "String", answer: "null" }],
]);

/** The parameter on which it depends whether anything is found. */
function askedFor(scopes: Scopes, call: CallExpression, object: Expression, name: string): Node | undefined {
  const [argument] = call.arguments;
  if (!argument) return undefined;
  return name === "match" ? askedText(scopes, call, object, argument) : askedKey(scopes, argument);
}

/** A key that the elements are compared with. */
function askedKey(scopes: Scopes, predicate: Expression): Node | undefined {
  const fn = unwrapped(predicate);
  if (!isFunctionLikeDeclaration(fn) || !fn.body) return undefined;
  for (const node of nodesOf(fn.body)) {
    if (!isBinaryExpression(node) || !EQUALS.has(node.operatorToken.kind)) continue;
    const key = [node.left, node.right].find(side => isParameterAround(scopes, side, fn));
    if (key) return key;
  }
  return undefined;
}

/** A text that is matched against a pattern which asks for something, and which nothing has tried before. */
function askedText(scopes: Scopes, call: CallExpression, object: Expression, pattern: Expression): Node | undefined {
  if (!isParameterAround(scopes, object, undefined) || !DEMANDING.test(unwrapped(pattern).getText())) return undefined;
  const text = unwrapped(object).getText();
  const isTried = [...nodesOf(flowRootOf(call))].some(node => {
    const method = isCallExpression(node) && node.pos < call.pos ? asMethodCall(node) : undefined;
    if (!method || !isCallExpression(node)) return false;
    return unwrapped(method.object).getText() === text || node.arguments.some(argument => argument.getText() === text);
  });
  return isTried ? undefined : object;
}

/** A pattern for one match that has no part which may be missing. */
const DEMANDING = /^\/[^?*|{]+\/[imsuvy]*$/;

/** A parameter of a function that others call by its name; what a callback gets, its list may be made of. */
export function isParameterAround(scopes: Scopes, side: Node, within: Node | undefined): boolean {
  const variable = scopes.variableOf(unwrapped(side));
  if (variable?.kind !== "parameter" || variable.root === within) return false;
  if (variable.references.some(({ isWritten }) => isWritten)) return false;
  return !isCallExpression(wrapped(variable.root).parent);
}
