/** The first argument of `save.bind(null, author)`, which is named as a later parameter that nothing binds. */
import {
  asMethodCall,
  functionOf,
  isUncertain,
  isVague,
  nameOfValue,
  needOf,
  quoted,
  similarityOf,
  type Ask,
  type Pass,
} from "@review/analysis";
import { isIdentifier, isSpreadElement, type CallExpression } from "@review/program/syntax";

export function* checkBound(pass: Pass, call: CallExpression): Ask<void> {
  const bind = asMethodCall(call);
  const args = call.arguments.slice(1);
  if (bind?.name !== "bind" || args.length === 0 || args.some(isSpreadElement)) return;
  const name = args.length === 1 && args[0] ? nameOfValue(args[0]) : undefined;
  const [at] = args;
  if (!at || name === undefined || isVague(name)) return;
  const fn = yield* functionOf(pass.checker, bind.object);
  const [own, ...later] = fn?.parameters ?? [];
  const meant = later.find(each => isIdentifier(each.name) && each.name.text === name);
  if (!fn || !own || !meant || !isIdentifier(own.name) || isVague(own.name.text)) return;
  if (similarityOf(name, own.name.text) > MOST_ALIKE || needOf(fn, own) === "none") return;
  const type = yield* pass.checker.typeOf(at);
  if (isUncertain(type) && !pass.file.isJavaScript) return;
  if (!(yield* pass.checker.isAssignable(type, yield* pass.checker.typeOf(meant.name)))) return;
  pass.report(at, {
    message: `${quoted(at, pass.file.sourceFile)} is bound as \`${own.name.text}\`, though it is named as the parameter \`${name}\` is.`,
    evidence: [
      { at: own, message: "This is the parameter that gets it." },
      { at: meant, message: "This one has its name." },
    ],
    repair: `Bind \`${own.name.text}\` first, or wrap the call in a function.`,
  });
}

/** `authorId` and `draftId` have one word in common. */
const MOST_ALIKE = 0.4;
