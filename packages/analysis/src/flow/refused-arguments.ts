/** Arguments that functions of the language and of Node refuse: they throw a TypeError for null and for undefined. */
import {
  isIdentifier,
  isPropertyAccessExpression,
  isStringLiteral,
  type CallExpression,
  type Expression,
  type Identifier,
} from "@review/program/syntax";
import { moduleNamedBy } from "../helpers/names.ts";
import { unwrapped } from "../helpers/nodes.ts";
import { scopesOf } from "./scope.ts";

/** The first argument of a call that must neither be null nor undefined and is written as a name: `Object.keys(it)`. */
export function refusedArgument(call: CallExpression): Expression | undefined {
  const callee = unwrapped(call.expression);
  if (!isPropertyAccessExpression(callee) || !isIdentifier(callee.expression)) return undefined;
  const refusing = REFUSING.get(callee.expression.text);
  if (!refusing?.methods.has(callee.name.text) || !isMeant(callee.expression, refusing)) return undefined;
  const argument = call.arguments.find(each => !isGiven(each));
  return refusing.each || argument === call.arguments[0] ? argument : undefined;
}

interface Refusing {
  readonly methods: ReadonlySet<string>;
  /** Where the name has to come from; undefined for a global. */
  readonly module?: string;
  /** Whether every argument counts, and not only the first. */
  readonly each?: boolean;
}

const ENUMERATING = "keys values entries fromEntries assign getOwnPropertyNames getOwnPropertySymbols getPrototypeOf";
const DEFINING = "getOwnPropertyDescriptor getOwnPropertyDescriptors defineProperty defineProperties hasOwn";
const SYNCHRONOUS = "readFileSync writeFileSync appendFileSync readdirSync statSync lstatSync unlinkSync mkdirSync";

const REFUSING: ReadonlyMap<string, Refusing> = new Map<string, Refusing>([
  ["Object", { methods: named(`${ENUMERATING} ${DEFINING}`) }],
  ["Array", { methods: named("from") }],
  ["Reflect", { methods: named("ownKeys get set has apply construct getPrototypeOf deleteProperty") }],
  ["Buffer", { methods: named("from byteLength") }],
  [
    "path",
    { methods: named("basename dirname extname isAbsolute join normalize parse resolve"), module: "path", each: true },
  ],
  ["fs", { methods: named(SYNCHRONOUS), module: "fs" }],
]);

function named(names: string): ReadonlySet<string> {
  return new Set(names.split(" "));
}

/** What is never absent: a literal, or `__dirname`. */
function isGiven(argument: Expression): boolean {
  const node = unwrapped(argument);
  return isStringLiteral(node) || (isIdentifier(node) && node.text === "__dirname");
}

/** Whether the name is not one of the file's own, but the global or the module. */
function isMeant(name: Identifier, { module }: Refusing): boolean {
  const variable = scopesOf(name.getSourceFile()).variableOf(name);
  if (!variable || !module) return !variable && !module;
  const [declared] = variable.declarations;
  return declared !== undefined && moduleNamedBy(declared.parent) === module;
}
