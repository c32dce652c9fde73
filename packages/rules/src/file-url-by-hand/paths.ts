/** What is known to be the path of a file as the system writes it, what is the URL of the module, and who wants a path. */
import { asFixedLocal, asMethodCall, moduleMemberOf, unwrapped, wrapped, type Ask, type Pass } from "@review/analysis";
import {
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type Identifier,
  type Node,
} from "@review/program/syntax";

/** Locals that are followed to what they hold. */
const LONGEST_CHAIN = 2;

/** Whether an expression is an absolute path for certain. */
export function* isNativePath(pass: Pass, path: Expression, depth: number = LONGEST_CHAIN): Ask<boolean> {
  const at = unwrapped(path);
  if (isMetaPath(at) || isArgument(at)) return true;
  if (isCallExpression(at)) return mayMakePath(at) && (yield* makesPath(pass, at));
  if (!isIdentifier(at)) return false;
  return yield* isNamedPath(pass, at, depth);
}

function* isNamedPath(pass: Pass, at: Identifier, depth: number): Ask<boolean> {
  const variable = pass.scopes().variableOf(at);
  if (!variable) return at.text === "__dirname" || at.text === "__filename";
  const [declared] = variable.declarations;
  const value = declared && asFixedLocal(declared.parent)?.value;
  return value !== undefined && depth > 0 && (yield* isNativePath(pass, value, depth - 1));
}

/** `import.meta.dirname` */
function isMetaPath(node: Node): boolean {
  if (!isPropertyAccessExpression(node) || node.expression.kind !== SyntaxKind.MetaProperty) return false;
  return node.name.text === "dirname" || node.name.text === "filename";
}

/** `process.argv[1]` */
function isArgument(node: Node): boolean {
  return isElementAccessExpression(node) && /^process\.argv\[[01]\]$/.test(node.getText());
}

const MAKERS: ReadonlySet<string> = new Set([
  "path.join",
  "path.resolve",
  "path.normalize",
  "path.dirname",
  "path.default.join",
  "path.default.resolve",
  "url.fileURLToPath",
  "os.homedir",
  "os.tmpdir",
  "fs.realpathSync",
  "process.cwd",
]);

const MAKER_NAMES = /^(?:join|resolve|normalize|dirname|fileURLToPath|homedir|tmpdir|realpathSync|cwd)$/;

function mayMakePath({ expression }: CallExpression): boolean {
  const callee = unwrapped(expression);
  const name = isPropertyAccessExpression(callee) ? callee.name : callee;
  return isIdentifier(name) && MAKER_NAMES.test(name.text);
}

function* makesPath({ checker }: Pass, call: CallExpression): Ask<boolean> {
  if (call.expression.getText() === "process.cwd" || call.expression.getText() === "require.resolve") return true;
  const member = yield* moduleMemberOf(checker, call.expression);
  return member !== undefined && MAKERS.has(`${member.module}.${member.name}`);
}

/** `import.meta.url` */
export function isModuleUrl(node: Node): boolean {
  const at = unwrapped(node);
  return isPropertyAccessExpression(at) && at.name.text === "url" && at.expression.kind === SyntaxKind.MetaProperty;
}

/** `new URL(…)` with the module's own URL. */
export function isOfModuleUrl(node: Node): boolean {
  const at = unwrapped(node);
  if (!isNewExpression(at) || !isIdentifier(at.expression) || at.expression.text !== "URL") return false;
  const last = at.arguments?.at(-1);
  return last !== undefined && isModuleUrl(last);
}

/** Whether a value goes to a function that takes a path, or gets the name of one, also by way of a constant. */
export function* isPathWanted(pass: Pass, value: Expression, depth: number = LONGEST_CHAIN): Ask<boolean> {
  const outer = wrapped(value);
  const { parent } = outer;
  if (isCallExpression(parent) && parent.expression !== outer) return yield* takesPath(pass, parent);
  if (!isVariableDeclaration(parent) || !isIdentifier(parent.name)) return false;
  if (/^__?(?:dir|file)_?name$/i.test(parent.name.text)) return true;
  const variable = pass.scopes().variableOf(parent.name);
  if (depth === 0) return false;
  for (const { node } of variable?.references ?? []) {
    if (yield* isPathWanted(pass, node, depth - 1)) return true;
  }
  return false;
}

const TAKERS: ReadonlySet<string> = new Set(["fs", "fs/promises", "path", "child_process", "worker_threads"]);

function* takesPath({ checker }: Pass, call: CallExpression): Ask<boolean> {
  const name = asMethodCall(call)?.name;
  if (name === "sendFile" || name === "sendfile") return true;
  const member = yield* moduleMemberOf(checker, call.expression);
  return member !== undefined && TAKERS.has(member.module);
}
