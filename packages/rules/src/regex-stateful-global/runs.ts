/** Whether the state that a regular expression keeps between runs is meant, and whether it is met again. */
import {
  enclosingFunction,
  isLoop,
  isSameReference,
  ownNodesOf,
  unwrapped,
  useAt,
  wrapped,
  type Pass,
  type Regex,
  type RegexUse,
} from "@review/analysis";
import {
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  type CallExpression,
  type Expression,
  type Identifier,
  type Node,
} from "@review/program/syntax";

/** A call of `test` or `exec`. */
export interface Run {
  readonly call: CallExpression;
  readonly method: "test" | "exec";
  /** What names the regular expression. */
  readonly object: Expression;
  readonly subject: Expression;
}

/** Whether the call runs again with the same object: in a function or a loop that does not make it. */
export function isTestedAgain({ call }: Run, { node }: Regex): boolean {
  for (let at: Node = call; at.parent; at = at.parent) {
    if (contains(at, node)) return false;
    if (isFunctionLikeDeclaration(at) || isLoop(at)) return true;
  }
  return true;
}

function contains(outer: Node, inner: Node): boolean {
  for (let at: Node | undefined = inner; at; at = at.parent as Node | undefined) if (at === outer) return true;
  return false;
}

/** Whether code sets the state back, or wants it to go on through one text. */
export function isSteered(pass: Pass, run: Run, regex: Regex): boolean {
  if (setsIndex(pass, run.object) || isDriver(pass, run)) return true;
  return isResetAround(pass, run) || isOfSameText(pass, run, regex);
}

/** Whether the function also uses it in a way that leaves zero behind. */
function isResetAround(pass: Pass, run: Run): boolean {
  for (const node of ownNodesOf(enclosingFunction(run.call) ?? pass.file.sourceFile)) {
    if (node === run.object || node.kind !== run.object.kind || !isSameReference(node, run.object)) continue;
    const use = useAt(wrapped(node));
    if (use && use.call !== run.call && (RESETTING.has(use.method) || isExecuted(pass, run, use))) return true;
  }
  return false;
}

function isExecuted(pass: Pass, run: Run, { method, call }: RegexUse): boolean {
  const [subject] = call.arguments;
  return method === "exec" && subject !== undefined && isDriver(pass, { ...run, call, subject });
}

/** These begin at the start of their text and leave zero behind. */
const RESETTING: ReadonlySet<string> = new Set(["replace", "replaceAll", "match"]);

/** Any mention of `lastIndex` of that name: whoever knows of it takes care of it. */
function setsIndex({ file }: Pass, object: Expression): boolean {
  const name = isPropertyAccessExpression(object) ? object.name.text : object.getText();
  return new RegExp(`\\b${name.replaceAll("$", "\\$")}!?\\.lastIndex\\b`).test(file.text);
}

/** Whether a loop goes through the matches of one text: the text is not made anew in each round. */
function isDriver(pass: Pass, { call, subject }: Run): boolean {
  let at: Node = call;
  while (at.parent && !isFunctionLikeDeclaration(at) && !isLoop(at)) at = at.parent;
  if (!isLoop(at)) return false;
  const root = rootOf(subject);
  const variable = root && pass.scopes().variableOf(root);
  if (!variable) return true;
  return !variable.declarations.some(name => contains(at, name));
}

/** `line` of `line.text.trim()`. */
function rootOf(node: Node): Identifier | undefined {
  const bare = unwrapped(node);
  if (isIdentifier(bare)) return bare;
  if (isPropertyAccessExpression(bare)) return rootOf(bare.expression);
  return isCallExpression(bare) ? rootOf(bare.expression) : undefined;
}

/** A function that takes the next match of a text which is made where the regular expression is. */
function isOfSameText(pass: Pass, { call, subject, object }: Run, { node }: Regex): boolean {
  const maker = enclosingFunction(node);
  if (!maker || enclosingFunction(call) === maker) return false;
  const text = rootOf(subject);
  const variable = text && pass.scopes().variableOf(text);
  const holder = isIdentifier(object) ? pass.scopes().variableOf(object) : undefined;
  if (!variable || !holder) return false;
  return variable.root === holder.root;
}
