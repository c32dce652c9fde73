/** Of what kind a value is by its construction, whatever comments or earlier tests say of it. */
import {
  asMethodCall,
  builtinOf,
  definitionsReaching,
  flowRootOf,
  isAsyncFunction,
  isBuiltin,
  isClaimed,
  isGlobal,
  isGuess,
  literalValue,
  unwrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type CallExpression,
  type Identifier,
  type Node,
} from "@review/program/syntax";

/** Variables that are followed from one value to the next. */
const DEEPEST = 3;

/** "a boolean", "the text `x`": undefined where the code does not show it. */
export function* kindOf(pass: Pass, node: Node, depth: number = DEEPEST): Ask<string | undefined> {
  const bare = unwrapped(node);
  const literal = literalValue(bare);
  if (literal !== undefined) return ofLiteral(literal);
  if (bare.kind === SyntaxKind.TemplateExpression) return "a text";
  if (isBinaryExpression(bare)) return OPERATORS.get(bare.operatorToken.kind);
  if (isCallExpression(bare)) return yield* ofCall(pass, bare);
  if (isPropertyAccessExpression(bare)) return yield* ofMember(pass, bare);
  return isIdentifier(bare) && depth > 0 ? yield* ofVariable(pass, bare, depth - 1) : undefined;
}

function* ofCall(pass: Pass, call: CallExpression): Ask<string | undefined> {
  if (yield* isAsyncFunction(pass.checker, call.expression)) return "a promise";
  const method = asMethodCall(call);
  if (!method) return yield* ofConversion(pass, call.expression);
  const kind = METHODS.get(method.name);
  return kind && (yield* isBuiltinMember(pass, call.expression)) ? kind : undefined;
}

/** `String(x)`, `Number(x)`, `Boolean(x)`. */
function* ofConversion({ checker }: Pass, callee: Node): Ask<string | undefined> {
  const name = unwrapped(callee);
  const kind = isIdentifier(name) ? CONVERSIONS.get(name.text) : undefined;
  return kind && isIdentifier(name) && (yield* isGlobal(checker, name, name.text)) ? kind : undefined;
}

const CONVERSIONS: ReadonlyMap<string, string> = new Map([
  ...kinds("a text", "String encodeURIComponent decodeURIComponent"),
  ...kinds("a number", "Number parseInt parseFloat"),
  ...kinds("a boolean", "Boolean isNaN isFinite"),
]);

function ofLiteral(literal: string | number | bigint | boolean | null): string | undefined {
  if (literal === null) return undefined;
  if (typeof literal === "string") return "a text";
  return `a ${typeof literal}`;
}

/** "a new object": undefined for what is not made by a literal. */
export function newKindOf(node: Node): string | undefined {
  return MADE.get(unwrapped(node).kind);
}

const MADE: ReadonlyMap<SyntaxKind, string> = new Map([
  [SyntaxKind.ObjectLiteralExpression, "a new object"],
  [SyntaxKind.ArrayLiteralExpression, "a new array"],
  [SyntaxKind.RegularExpressionLiteral, "a new regular expression"],
  [SyntaxKind.ArrowFunction, "a new function"],
  [SyntaxKind.FunctionExpression, "a new function"],
  [SyntaxKind.ClassExpression, "a new class"],
]);

const OPERATORS: ReadonlyMap<SyntaxKind, string> = new Map([
  [SyntaxKind.EqualsEqualsEqualsToken, "a boolean"],
  [SyntaxKind.ExclamationEqualsEqualsToken, "a boolean"],
  [SyntaxKind.EqualsEqualsToken, "a boolean"],
  [SyntaxKind.ExclamationEqualsToken, "a boolean"],
  [SyntaxKind.LessThanToken, "a boolean"],
  [SyntaxKind.GreaterThanToken, "a boolean"],
  [SyntaxKind.InstanceOfKeyword, "a boolean"],
  [SyntaxKind.InKeyword, "a boolean"],
  [SyntaxKind.AsteriskToken, "a number"],
  [SyntaxKind.PercentToken, "a number"],
]);

/** Methods whose results are of one kind on every builtin that has them. */
const METHODS: ReadonlyMap<string, string> = new Map([
  ...kinds("a boolean", "test includes startsWith endsWith isArray isNaN isInteger isFinite every some has existsSync"),
  ...kinds("a number", "indexOf lastIndexOf findIndex search charCodeAt localeCompare getTime now floor round ceil"),
  ...kinds("a text", "toLowerCase toUpperCase trim toString join charAt toFixed slice substring stringify replace"),
  ...kinds("a list", "keys values entries map filter split from of getOwnPropertyNames"),
]);

function kinds(kind: string, names: string): readonly (readonly [string, string])[] {
  return names.split(" ").map(name => [name, kind] as const);
}

/** Whether a member is the language's own, of an object of which that is sure. */
function* isBuiltinMember(pass: Pass, access: Node): Ask<boolean> {
  const bare = unwrapped(access);
  if (!isPropertyAccessExpression(bare) || bare.questionDotToken) return false;
  const { checker } = pass;
  if (yield* isGuess(checker, bare.expression)) return false;
  if (!pass.file.isChecked && (yield* isClaimed(checker, bare.expression))) return false;
  const symbol = yield* checker.symbolOf(bare.name);
  if (!symbol || !isBuiltin(symbol)) return false;
  // `slice` of an array is no text.
  return !TEXT_ONLY.has(bare.name.text) || (yield* builtinOf(checker, bare.expression)) === "String";
}

const TEXT_ONLY: ReadonlySet<string> = new Set(["slice", "replace", "search"]);

/** `process.platform`: a member of one of the platform's own objects that has but a few values. */
function* ofMember(pass: Pass, access: Node & { expression: Node; name: Node }): Ask<string | undefined> {
  if (access.name.getText() === "length") return (yield* isBuiltinMember(pass, access)) ? "a number" : undefined;
  const owner = unwrapped(access.expression);
  if (!isIdentifier(owner) || owner.text !== "process" || pass.scopes().variableOf(owner)) return undefined;
  const name = access.name.getText();
  return name === "platform" || name === "arch" ? "a text" : undefined;
}

/** What every assignment that reaches the place gives the variable. */
function* ofVariable(pass: Pass, name: Identifier, depth: number): Ask<string | undefined> {
  const graph = yield* pass.flow(flowRootOf(name));
  const definitions = graph && definitionsReaching(graph, pass.scopes(), name);
  if (!definitions || definitions.length === 0) return undefined;
  let found: string | undefined;
  for (const { source } of definitions) {
    const kind = source.kind === "expression" ? yield* kindOf(pass, source.expression, depth) : undefined;
    if (kind === undefined || (found !== undefined && found !== kind)) return undefined;
    found = kind;
  }
  // What may be one of several numbers or texts is compared with all of them somewhere.
  return found === "a boolean" || definitions.length === 1 ? found : undefined;
}
