/** What counts as acquiring: calls that a table describes, instances that can be disposed of, and names that say so. */
import {
  asMethodCall,
  hasOnlyFlags,
  isBuiltin,
  isUncertain,
  memberName,
  moduleMemberOf,
  unwrapped,
  type Ask,
  type Pass,
  type TypeChecker,
} from "@review/analysis";
import { TypeFlags, type Type } from "@review/program";
import {
  isAwaitExpression,
  isCallExpression,
  isIdentifier,
  isNewExpression,
  type CallExpression,
  type Expression,
  type NewExpression,
  type Node,
} from "@review/program/syntax";

export interface Acquired {
  readonly call: CallExpression | NewExpression;
  /** Methods of the resource, or functions that take it, which give it back. */
  readonly releasedBy: ReadonlySet<string>;
  /** Whether a function that never gives it back is wrong by that alone. */
  readonly isStrict: boolean;
  /** Only its name says so: it takes an `await` that may reject to make a leak likely. */
  readonly isGuessed?: boolean;
  /** A path, which is no less this function's to remove once others have read it. */
  readonly isPath?: boolean;
}

/** What the value of a declaration acquires, if anything. */
export function* acquiredBy(pass: Pass, value: Expression): Ask<Acquired | undefined> {
  const call = callIn(value);
  // The window that a page opens is its reader's.
  if (!call || call.expression.getText() === "window.open") return undefined;
  const name = calleeName(call) ?? "";
  const facts = pass.models.hasName(name, "acquires") || ACQUIRES.test(name) ? yield* pass.models.of(call) : undefined;
  if (facts?.acquires) return byTable(call, facts.acquires.releasedBy);
  if (isNewExpression(call)) return yield* disposable(pass.checker, call);
  if (yield* isTemporaryFolder(pass.checker, call))
    return { call, releasedBy: REMOVERS, isStrict: false, isPath: true };
  return facts || !ACQUIRES.test(name) ? undefined : yield* guessed(pass.checker, call, value);
}

function* guessed(checker: TypeChecker, call: CallExpression, value: Expression): Ask<Acquired | undefined> {
  const type = yield* checker.typeOf(value);
  if (yield* hasOnlyFlags(checker, type, TypeFlags.Primitive)) return undefined;
  return { call, releasedBy: RELEASES, isStrict: yield* canBeDisposed(checker, type), isGuessed: true };
}

function callIn(value: Expression): CallExpression | NewExpression | undefined {
  const outer = unwrapped(value);
  const call = isAwaitExpression(outer) ? unwrapped(outer.expression) : outer;
  return isCallExpression(call) || isNewExpression(call) ? call : undefined;
}

/** Streams, watchers, servers and observers end by themselves, or are meant to last. */
function byTable(call: Acquired["call"], releasedBy: readonly string[]): Acquired | undefined {
  if (isNewExpression(call) && releasedBy.includes("disconnect")) return undefined;
  if (LASTING.has(calleeName(call) ?? "")) return undefined;
  const isStrict = !releasedBy.some(name => LENIENT.has(name));
  return { call, releasedBy: new Set([...releasedBy, ...RELEASES]), isStrict };
}

const LASTING: ReadonlySet<string> = new Set([
  ...["watch", "createInterface", "createReadStream", "createWriteStream", "createClient", "createObjectURL"],
]);

/** A connection may be kept for as long as the process lives, and a stream that was read to its end needs no reader. */
const LENIENT: ReadonlySet<string> = new Set(["end", "quit", "releaseLock"]);

export const RELEASES: ReadonlySet<string> = new Set([
  ...["close", "release", "dispose", "unlock", "releaseLock", "endSession", "destroy", "disconnect", "quit"],
  ...["terminate", "free", "end", "cancel", "abort", "rollback", "commit"],
  ...["[Symbol.dispose]", "[Symbol.asyncDispose]"],
]);

export const ACQUIRES: RegExp =
  /^(?:acquire|obtain|borrow|checkout|lock|open|connect|launch|begin|transaction)(?:[A-Z_]\w*)?$|^(?:get|create|start|new)\w*(?:Connection|Session|Lock|QueryRunner|Transaction)$|^(?:get|create)Client$|^new(?:Context|Page|Browser)$/;

const REMOVERS: ReadonlySet<string> = new Set(
  "rm rmSync rmdir rmdirSync remove removeSync rimraf rimrafSync del cleanup cleanUp emptyDir".split(" "),
);

function* isTemporaryFolder(checker: TypeChecker, call: CallExpression): Ask<boolean> {
  if (!/^mkdtemp(?:Sync)?$/.test(calleeName(call) ?? "")) return false;
  const member = yield* moduleMemberOf(checker, call.expression);
  return member !== undefined && /^fs(?:\/promises)?$|^fs-extra$/.test(member.module);
}

export function calleeName(call: CallExpression | NewExpression): string | undefined {
  const callee = unwrapped(call.expression);
  return isIdentifier(callee) ? callee.text : memberName(callee);
}

/** An instance of a class of the project or of a package that has `[Symbol.dispose]`. */
function* disposable(checker: TypeChecker, call: NewExpression): Ask<Acquired | undefined> {
  const type = yield* checker.typeOf(call);
  if (isUncertain(type)) return undefined;
  const symbol = yield* checker.symbolOfType(type);
  if (!symbol || isBuiltin(symbol)) return undefined;
  return (yield* canBeDisposed(checker, type)) ? { call, releasedBy: RELEASES, isStrict: true } : undefined;
}

function* canBeDisposed(checker: TypeChecker, type: Type): Ask<boolean> {
  if (isUncertain(type)) return false;
  // Node's own streams, servers and timers have it too, and mostly end by themselves.
  return (yield* checker.propertiesOf(type)).some(
    each => /__@(?:dispose|asyncDispose)(?:@|$)/.test(each.name) && !isBuiltin(each),
  );
}

/** Two calls on one object that belong together: what begins, and what may end it. */
export interface Bracket {
  readonly object: Expression;
  readonly what: string;
  readonly isEnd: (call: CallExpression) => boolean;
}

/** `await this.mutex.acquire()`, `connection.beginTransaction()`, `client.query("BEGIN")` as statements. */
export function bracketOf(call: CallExpression): Bracket | undefined {
  const method = asMethodCall(call);
  if (!method) return undefined;
  const { object, name } = method;
  const ends = BRACKETS.get(name);
  if (ends) return { object, what: name, isEnd: other => ends.has(asMethodCall(other)?.name ?? "") };
  const sql = STATEMENTS.has(name) ? textOf(call.arguments[0]) : undefined;
  if (sql === undefined || !/^\s*(?:BEGIN|START\s+TRANSACTION)\b/i.test(sql)) return undefined;
  return { object, what: "the transaction", isEnd: other => endsTransaction(other) };
}

const BRACKETS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["acquire", new Set(["release"])],
  ["lock", new Set(["unlock", "release"])],
  ["beginTransaction", new Set(["commit", "rollback", "commitTransaction", "rollbackTransaction"])],
  [
    "startTransaction",
    new Set(["commitTransaction", "rollbackTransaction", "abortTransaction", "commit", "rollback", "endSession"]),
  ],
]);

const STATEMENTS: ReadonlySet<string> = new Set(["query", "execute", "exec", "run"]);

function textOf(argument: Node | undefined): string | undefined {
  const bare = argument && unwrapped(argument);
  return bare && "text" in bare && !isIdentifier(bare) ? String(bare.text) : undefined;
}

function endsTransaction(call: CallExpression): boolean {
  const name = asMethodCall(call)?.name ?? "";
  if (/rollback|commit/i.test(name)) return true;
  return /^\s*(?:COMMIT|ROLLBACK|END)\b/i.test(textOf(call.arguments[0]) ?? "");
}
