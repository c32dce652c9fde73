/** Executors of promises whose parameters are named for each other. */
import { isGlobal, unwrapped, type Ask, type Pass } from "@review/analysis";
import {
  isArrowFunction,
  isFunctionExpression,
  isIdentifier,
  type Identifier,
  type NewExpression,
} from "@review/program/syntax";

/** `new Promise((reject, resolve) => …)`: the first is the one that fulfils. */
export function* checkExecutor(pass: Pass, call: NewExpression): Ask<void> {
  const named = namedForEachOther(call);
  if (!named || !(yield* isGlobal(pass.checker, call.expression, "Promise"))) return;
  const { first, second } = named;
  if (!pass.scopes().variableOf(first)?.references.length) return;
  pass.report(first, {
    message: `The first parameter of an executor fulfils the promise: \`${first.text}\` does not reject it.`,
    evidence: [{ at: second ?? first, message: "A promise hands over `resolve` first, and `reject` second." }],
    repair: "Exchange the two parameters, or put one before it.",
    fixes: second
      ? [
          {
            title: "Exchange the parameters",
            safety: "suggested",
            edits: [
              { at: first, text: second.getText() },
              { at: second, text: first.text },
            ],
          },
        ]
      : [],
  });
}

interface Named {
  readonly first: Identifier;
  readonly second: Identifier | undefined;
}

function namedForEachOther({ arguments: args }: NewExpression): Named | undefined {
  const fn = args?.[0] && unwrapped(args[0]);
  if (!fn || (!isArrowFunction(fn) && !isFunctionExpression(fn))) return undefined;
  const [first, second] = fn.parameters.map(({ name }) => name);
  if (!first || !isIdentifier(first) || !REJECTS.test(first.text)) return undefined;
  if (!second) return { first, second };
  return isIdentifier(second) && RESOLVES.test(second.text) ? { first, second } : undefined;
}

const REJECTS = /^_*rej(?:ect(?:ed|ion|Promise)?)?$/i;
const RESOLVES = /^_*(?:res|resolve\w*|fulfil\w*|ok|done)$/i;
