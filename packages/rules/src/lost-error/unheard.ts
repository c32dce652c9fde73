/** Connections and requests whose events are listened to, except for `error`, which ends the process where nobody listens. */
import {
  asMethodCall,
  moduleMemberOf,
  nodesOf,
  perFile,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type Variable,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isNewExpression,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  isVariableDeclaration,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type FunctionLikeDeclaration,
  type Node,
  type SourceFile,
} from "@review/program/syntax";

/** `socket.on("message", …)`, where nothing in the function listens to `error`, and nobody else gets the socket. */
export function* checkUnheard(pass: Pass, call: CallExpression): Ask<void> {
  const object = unwrapped(asMethodCall(call)?.object ?? call);
  if (!isIdentifier(object) || !isListener(call) || pass.file.isTest) return;
  const variable = pass.scopes().variableOf(object);
  if (!variable || !isFirst(variable, object) || !variable.references.every(isOwnUse)) return;
  if (variable.references.some(({ node }) => hearsErrors(node)) || isCaughtAtLast(pass.file.sourceFile)) return;
  const maker = yield* makerOf(pass, variable);
  if (!maker) return;
  const name = quoted(object, pass.file.sourceFile);
  pass.report(call, {
    message: `${name} is listened to, though not for \`error\`: where the connection fails, this event ends the process.`,
    evidence: [{ at: maker, message: `This makes ${name}, which emits \`error\`.` }],
    repair: 'Listen to "error" as well, before anything else can happen.',
  });
}

const LISTENS: ReadonlySet<string> = new Set(["on", "once", "addListener", "prependListener"]);

function isListener(call: CallExpression): boolean {
  const [event, listener] = call.arguments;
  const isEvent = event !== undefined && isStringLiteralLikeNode(event);
  return isEvent && listener !== undefined && LISTENS.has(asMethodCall(call)?.name ?? "");
}

function isFirst({ references }: Variable, object: Node): boolean {
  return references.find(({ node }) => methodOn(node))?.node === object;
}

/** The listener that is put on a name: `socket.on(…)`. */
function methodOn(name: Node): CallExpression | undefined {
  const outer = wrapped(name);
  const { parent } = outer;
  const call = isPropertyAccessExpression(parent) && parent.expression === outer ? parent.parent : undefined;
  return call && isCallExpression(call) && call.expression === parent && isListener(call) ? call : undefined;
}

/** Whether a use leaves the emitter to this code: reads a member, compares, or puts it into a collection. */
function isOwnUse({ node, isWritten }: { readonly node: Node; readonly isWritten: boolean }): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (isWritten) return false;
  if (isPropertyAccessExpression(parent)) return parent.expression === outer;
  if (isBinaryExpression(parent)) return COMPARES.has(parent.operatorToken.kind);
  if (!isCallExpression(parent) || parent.expression === outer) return false;
  return KEEPS.has(asMethodCall(parent)?.name ?? "");
}

const COMPARES: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.EqualsEqualsToken, SyntaxKind.EqualsEqualsEqualsToken],
  ...[SyntaxKind.ExclamationEqualsToken, SyntaxKind.ExclamationEqualsEqualsToken, SyntaxKind.AmpersandAmpersandToken],
]);

const KEEPS: ReadonlySet<string> = new Set(["add", "delete", "has", "set", "push", "indexOf", "includes"]);

/** `socket.on("error", …)`, `socket.on(name, …)`, and whatever is chained behind a listener. */
function hearsErrors(name: Node): boolean {
  let at = wrapped(name);
  while (isPropertyAccessExpression(at.parent) && isCallExpression(at.parent.parent)) {
    const { name: method } = at.parent;
    const [event] = at.parent.parent.arguments;
    if (method.text === "pipe" || SETTERS.test(method.text)) return true;
    const isEvent = event !== undefined && isStringLiteralLikeNode(event) && event.text !== "error";
    if (LISTENS.has(method.text) && !isEvent) return true;
    at = wrapped(at.parent.parent);
  }
  const { parent } = wrapped(name);
  return isPropertyAccessExpression(parent) && /^onerror$/i.test(parent.name.text);
}

/** What may put listeners on by itself. */
const SETTERS = /^(?:unpipe|eventNames|listenerCount|emit|removeAllListeners)$/;

/** Whether the file hears of what nobody listens to. */
const isCaughtAtLast: (file: SourceFile) => boolean = perFile(file => /uncaughtException/.test(file.text));

/** The call that makes an emitter which nobody can have listened to before. */
function* makerOf(pass: Pass, { declarations: [name] }: Variable): Ask<Node | undefined> {
  const declaration = name?.parent;
  if (!declaration) return undefined;
  if (isVariableDeclaration(declaration)) {
    const value = declaration.initializer && unwrapped(declaration.initializer);
    return value && (yield* isMadeBy(pass, value, EMITTERS)) ? value : undefined;
  }
  if (!isParameterDeclaration(declaration) || !isFunctionLikeDeclaration(declaration.parent)) return undefined;
  if (declaration.parent.parameters[0] !== declaration) return undefined;
  return yield* serverOf(pass, declaration.parent);
}

const EMITTERS: ReadonlySet<string> = new Set([
  ...["ws.default", "ws.*", "ws.WebSocket", "net.connect", "net.createConnection", "tls.connect", "net.Socket"],
  ...["http.request", "http.get", "https.request", "https.get"],
]);

const SERVERS: ReadonlySet<string> = new Set([
  ...["ws.Server", "ws.WebSocketServer", "ws.default.Server", "ws.default.WebSocketServer"],
  ...["net.createServer", "tls.createServer", "net.Server"],
]);

function* isMadeBy({ checker }: Pass, value: Node, makers: ReadonlySet<string>): Ask<boolean> {
  if (!isCallExpression(value) && !isNewExpression(value)) return false;
  const member = yield* moduleMemberOf(checker, value.expression);
  return member !== undefined && makers.has(`${member.module.replace(/^node:/, "")}.${member.name}`);
}

/** The server that calls a function for each connection. */
function* serverOf(pass: Pass, fn: FunctionLikeDeclaration): Ask<Node | undefined> {
  for (const call of connectionsIn(pass.file.sourceFile)) {
    const handler = call.arguments.at(-1);
    if (!handler || !isHandler(pass, handler, fn)) continue;
    if (yield* isMadeBy(pass, call, SERVERS)) return call;
    const server = asMethodCall(call)?.object;
    for (const value of server ? valuesOfPlace(pass.file.sourceFile, server.getText()) : []) {
      if (yield* isMadeBy(pass, value, SERVERS)) return call;
    }
  }
  return undefined;
}

/** The function itself, or its name. */
function isHandler(pass: Pass, handler: Expression, fn: FunctionLikeDeclaration): boolean {
  const bare: Node = unwrapped(handler);
  if (bare === fn) return true;
  if (isIdentifier(bare)) return pass.scopes().variableOf(bare)?.declarations[0]?.parent === fn;
  const isOwn = isPropertyAccessExpression(bare) && bare.expression.kind === SyntaxKind.ThisKeyword;
  return isOwn && isMethodDeclaration(fn) && fn.name.getText() === bare.name.text;
}

/** `server.on("connection", …)` and `net.createServer(…)` */
const connectionsIn = perFile((file): readonly CallExpression[] =>
  [...nodesOf(file)].filter(isCallExpression).filter(call => {
    const [event] = call.arguments;
    if (/(?:^|\.)createServer$/.test(call.expression.getText())) return true;
    return (
      asMethodCall(call)?.name === "on" &&
      event !== undefined &&
      isStringLiteralLikeNode(event) &&
      CONNECTS.test(event.text)
    );
  }),
);

const CONNECTS = /^(?:connection|secureConnection)$/;

/** What the file gives a variable or a field. */
function valuesOfPlace(file: SourceFile, place: string): readonly Node[] {
  return givenIn(file).get(place) ?? [];
}

const givenIn = perFile((file): ReadonlyMap<string, readonly Node[]> => {
  const given = new Map<string, Node[]>();
  const add = (place: string, value: Node): void => {
    given.set(place, [...(given.get(place) ?? []), unwrapped(value)]);
  };
  for (const node of nodesOf(file)) {
    if (isVariableDeclaration(node) && node.initializer) add(node.name.getText(), node.initializer);
    if (isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken) {
      add(node.left.getText(), node.right);
    }
  }
  return given;
});
