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
import {
  isIdentifier,
  type CallExpression,
  type Expression,
  type FunctionLikeDeclaration,
  type Identifier,
  type ParameterDeclaration,
} from "@review/program/syntax";

export function* checkBound(pass: Pass, call: CallExpression): Ask<void> {
  const bind = asMethodCall(call);
  const [, at, more] = call.arguments;
  const name = bind?.name === "bind" && at && !more ? nameOfValue(at) : undefined;
  if (!bind || !at || name === undefined || isVague(name)) return;
  const fn = yield* functionOf(pass.checker, bind.object);
  const swapped = fn && slotsFor(fn, name);
  if (!swapped || !(yield* fits(pass, at, swapped.meant))) return;
  const { own, meant } = swapped;
  pass.report(at, {
    message: `${quoted(at, pass.file.sourceFile)} is bound as \`${own.name.text}\`, though it is named as the parameter \`${name}\` is.`,
    evidence: [
      { at: own, message: "This is the parameter that gets it." },
      { at: meant, message: "This one has its name." },
    ],
    repair: `Bind \`${own.name.text}\` first, or wrap the call in a function.`,
  });
}

interface Slots {
  readonly own: ParameterDeclaration & { readonly name: Identifier };
  readonly meant: ParameterDeclaration;
}

/** The first parameter, which gets the value, and a later one of the value's name. */
function slotsFor(fn: FunctionLikeDeclaration, name: string): Slots | undefined {
  const [own, ...later] = fn.parameters;
  const meant = later.find(each => isIdentifier(each.name) && each.name.text === name);
  if (!own || !meant || !isNamed(own) || isVague(own.name.text)) return undefined;
  return similarityOf(name, own.name.text) > MOST_ALIKE || needOf(fn, own) === "none" ? undefined : { own, meant };
}

function isNamed(parameter: ParameterDeclaration): parameter is Slots["own"] {
  return isIdentifier(parameter.name);
}

function* fits({ checker, file }: Pass, value: Expression, meant: ParameterDeclaration): Ask<boolean> {
  const type = yield* checker.typeOf(value);
  if (isUncertain(type) && !file.isJavaScript) return false;
  return yield* checker.isAssignable(type, yield* checker.typeOf(meant.name));
}

/** `authorId` and `draftId` have one word in common. */
const MOST_ALIKE = 0.4;
