/** Requests that have a body though their method takes none: `fetch` and `Request` throw. */
import { builtinOf, fixedLocalOf, isGlobal, literalValue, unwrapped, type Ask, type Pass } from "@review/analysis";
import {
  isCallExpression,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isSpreadAssignment,
  type CallExpression,
  type Expression,
  type NewExpression,
  type Node,
  type ObjectLiteralExpression,
} from "@review/program/syntax";
import { kindOf } from "./kinds.ts";

/** `fetch(url, { body: text })`: without a method it is a GET. */
export function* checkRequest(pass: Pass, call: CallExpression | NewExpression): Ask<void> {
  const name = isNewExpression(call) ? "Request" : "fetch";
  if (!call.expression.getText().endsWith(name)) return;
  const refused = yield* refusedIn(pass, call);
  if (!refused || !(yield* isGlobal(pass.checker, call.expression, name))) return;
  const { body, method, at } = refused;
  pass.report(body.parent, {
    message: `A ${method || "GET"} has no body: \`${name}\` throws where it is given one.`,
    evidence: [{ at, message: method === "" ? "Without a method this is a GET." : `This is a ${method}.` }],
    repair: "Give the method that is meant, such as POST, or leave the body out.",
  });
}

interface Refused {
  readonly body: Expression;
  readonly method: string;
  readonly at: Node;
}

/** The body of a request whose method takes none. */
function* refusedIn(pass: Pass, { arguments: args }: CallExpression | NewExpression): Ask<Refused | undefined> {
  const [target, given] = args ?? [];
  const options = given && (yield* literalOf(pass, given));
  const body = options && valueIn(options, "body");
  const method = options && methodIn(options);
  if (!target || !body || method === undefined || !(yield* isBody(pass, body))) return undefined;
  if (method === "" && !(yield* isAddress(pass, target))) return undefined;
  return { body, method, at: valueIn(options, "method") ?? options };
}

function* literalOf(pass: Pass, given: Expression): Ask<ObjectLiteralExpression | undefined> {
  const local = yield* fixedLocalOf(pass.checker, given);
  const value = unwrapped(local?.value ?? given);
  return isObjectLiteralExpression(value) && !value.properties.some(isSpreadAssignment) ? value : undefined;
}

function valueIn({ properties }: ObjectLiteralExpression, name: string): Expression | undefined {
  return properties.filter(isPropertyAssignment).find(property => property.name.getText() === name)?.initializer;
}

/** Empty where there is none, undefined where it is one that takes a body, or is not known. */
function methodIn(options: ObjectLiteralExpression): string | undefined {
  if (!options.properties.some(property => isMethodName((property as { name?: Node }).name))) return "";
  const value = valueIn(options, "method");
  const method = value && literalValue(unwrapped(value));
  return typeof method === "string" && /^(?:get|head)$/i.test(method) ? method.toUpperCase() : undefined;
}

/** What is surely there: an empty body is none. */
function* isBody(pass: Pass, body: Expression): Ask<boolean> {
  const value = unwrapped(body);
  if (isNewExpression(value)) return true;
  if (isCallExpression(value)) return value.expression.getText() === "JSON.stringify";
  return literalValue(value) !== "" && (yield* kindOf(pass, body)) === "text";
}

/** A `Request` brings a method of its own. */
function* isAddress(pass: Pass, target: Expression): Ask<boolean> {
  const builtin = yield* builtinOf(pass.checker, target);
  return builtin === "String" || builtin === "URL";
}

function isMethodName(name: Node | undefined): boolean {
  return name === undefined || /^\W?method\W?$|^\[/.test(name.getText());
}
