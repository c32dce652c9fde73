/** Computations that say by their method what comes out, where no type does. */
import { asMethodCall, unwrapped } from "@review/analysis";
import { isCallExpression, isIdentifier, type Identifier, type Node } from "@review/program/syntax";

/** Methods that give what they are called on in another form: a list without some elements, a text in small letters. */
const KEEPING: ReadonlySet<string> = new Set([
  ...["filter", "slice", "concat", "flat", "toSorted", "toReversed"],
  ...["trim", "trimStart", "trimEnd", "toLowerCase", "toUpperCase", "normalize", "padStart", "padEnd", "replaceAll"],
]);

/** `names.filter(isKnown)` for `names`. */
export function keepsKind(value: Node | undefined, origin: string): boolean {
  const bare = value && unwrapped(value);
  const method = bare && isCallExpression(bare) ? asMethodCall(bare) : undefined;
  if (!method || !KEEPING.has(method.name)) return false;
  const object = unwrapped(method.object);
  return isIdentifier(object) ? object.text === origin : keepsKind(object, origin);
}

/** `const pending = files.map(load); Promise.all(files)`: the promises are what was to be awaited. */
export function isAwaitedInstead(value: Node, use: Identifier): boolean {
  const bare = unwrapped(value);
  const method = isCallExpression(bare) ? asMethodCall(bare) : undefined;
  const object = method?.name === "map" ? unwrapped(method.object) : undefined;
  if (!object || !isIdentifier(object) || object.text !== use.text) return false;
  const { parent } = use;
  return isCallExpression(parent) && /^Promise\.(?:all|allSettled|any|race)$/.test(parent.expression.getText());
}
