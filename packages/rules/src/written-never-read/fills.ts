/** Which uses of an object only put something into it, by what the functions do that are called. */
import { asMethodCall, isGlobal, type Ask, type UseFate, type Pass } from "@review/analysis";
import { SymbolFlags } from "@review/program";
import {
  isClassLikeDeclaration,
  isMethodDeclaration,
  isPropertyAccessExpression,
  type CallExpression,
  type Node,
} from "@review/program/syntax";

/** The places that fill an object; undefined where a use does more than that, or is not known to do no more. */
export function* fillsOf(pass: Pass, fates: readonly UseFate[]): Ask<readonly Node[] | undefined> {
  const fills: Node[] = [];
  for (const fate of fates) {
    switch (fate.kind) {
      case "called": {
        const isFill = yield* fillsByCalls(pass, fate);
        if (isFill === undefined) return undefined;
        if (isFill) fills.push(fate.calls[0] as CallExpression);
        break;
      }
      case "assigned": {
        const method = asMethodCall(fate.call);
        if (!method || !(yield* isGlobal(pass.checker, method.object, "Object"))) return undefined;
        fills.push(fate.call);
        break;
      }
      case "set":
        if (yield* hasSetter(pass, fate.target)) return undefined;
        fills.push(fate.target);
        break;
      case "fed":
        if (fate.call && (yield* pass.models.of(fate.call))?.pure !== true) return undefined;
        break;
      case "replaced":
        break;
      default:
        return undefined;
    }
  }
  return fills;
}

/** Whether a chain of calls changes the object; undefined where it may do something else besides. */
function* fillsByCalls(pass: Pass, { calls, isHandedOn }: UseFate & { kind: "called" }): Ask<boolean | undefined> {
  const last = calls.at(-1);
  for (const call of calls) {
    const facts = yield* pass.models.of(call);
    if (!facts) return calls.length === 1 && !isHandedOn ? yield* changesOwn(pass, call) : undefined;
    if (facts.changes !== "receiver") return undefined;
    if (call === last ? isHandedOn && tells(call) : facts.returns?.same !== "receiver") return undefined;
  }
  return true;
}

/** Whether the result of a method tells of what is held: the body of an arrow function is given to its caller. */
function tells(call: CallExpression): boolean {
  return !GIVES_NOTHING.has(asMethodCall(call)?.name ?? "");
}

const GIVES_NOTHING: ReadonlySet<string> = new Set(["push", "unshift", "append"]);

/** A method of the project's own that changes nothing but what it is called on. */
function* changesOwn(pass: Pass, call: CallExpression): Ask<boolean | undefined> {
  const callee = yield* pass.summaries.calleeOf(call);
  // A function that an object holds may be replaced by one that does something.
  if (callee.kind !== "function" || !isMethodDeclaration(callee.fn) || !isClassLikeDeclaration(callee.fn.parent))
    return undefined;
  if ((yield* pass.summaries.ask(call, "impure")).verdict !== "no") return undefined;
  return (yield* pass.summaries.ask(callee.fn, "impure")).verdict === "no" ? undefined : true;
}

/** Behind an accessor, code runs that may do anything. */
function* hasSetter(pass: Pass, target: Node): Ask<boolean> {
  if (!isPropertyAccessExpression(target)) return false;
  const symbol = yield* pass.checker.symbolOf(target.name);
  return symbol !== undefined && (symbol.flags & SymbolFlags.Accessor) !== 0;
}
