/** Names that are one slip away from what the platform calls them: codes, encodings, members of events. */
import {
  asMethodCall,
  editDistance,
  isAnagram,
  isMistyped,
  lettersOf,
  unwrapped,
  wrapped,
  type Scopes,
  type Variable,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isCaseClause,
  isClassLikeDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isNewExpression,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isSwitchStatement,
  isVariableDeclaration,
  SyntaxKind,
  type Identifier,
  type Node,
  type PropertyAccessExpression,
  type StringLiteral,
} from "@review/program/syntax";
import {
  BUILTIN_MEMBERS,
  ENCODINGS,
  ERROR_CODES,
  EVENT_MEMBERS,
  LIFECYCLE,
  PACKAGE_KEYS,
  SCHEMA_TYPES,
  TAKES_ENCODING,
} from "./vocabulary.ts";

export interface PlatformSlip {
  readonly meant: string;
  /** What the name that is meant is: "an error code of the system". */
  readonly what: string;
}

/** A text that stands where the platform's own word is expected. */
export function slipOfText(literal: StringLiteral): PlatformSlip | undefined {
  const { text } = literal;
  if (/^E[A-Z]{5,}$/.test(text) && isErrorCode(literal)) {
    return slip("an error code of the system", text, ERROR_CODES, isNearCode);
  }
  if (/^[a-z0-9-]{4,9}$/.test(text) && isEncoding(literal)) return slip("an encoding", text, ENCODINGS, isMisspelt);
  if (/^[a-z]{6,9}$/.test(text) && isSchemaType(literal)) {
    return slip("a type of JSON Schema", text, SCHEMA_TYPES, isNear);
  }
  return undefined;
}

/** A member that the object has under another name. */
export function slipOfMember(access: PropertyAccessExpression, scopes: Scopes): PlatformSlip | undefined {
  const name = access.name.text;
  const object = unwrapped(access.expression);
  if (name.length < 6) return undefined;
  if (isIdentifier(object)) {
    if (PACKAGE.test(object.text)) return slip("a key of `package.json`", name, PACKAGE_KEYS, isNear);
    if (EVENT.test(object.text) && isHandedToHandler(scopes.variableOf(object))) {
      const found = slip("a member of events", name, EVENT_MEMBERS, isNearMember);
      if (found) return found;
    }
  }
  const ofSameLetters = BUILTINS_BY_LETTERS.get(lettersOf(name));
  return ofSameLetters && slip("a member of the language's own objects", name, ofSameLetters, isSwapped);
}

/** Nearly every member of a program is looked up here, and none of them is compared with all. */
const BUILTINS_BY_LETTERS: ReadonlyMap<string, ReadonlySet<string>> = groupedByLetters(BUILTIN_MEMBERS);

function groupedByLetters(names: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = new Map<string, Set<string>>();
  for (const name of names) {
    const group = groups.get(lettersOf(name));
    if (group) group.add(name);
    else groups.set(lettersOf(name), new Set([name]));
  }
  return groups;
}

const PACKAGE = /^(?:pkg|pjson|pkgJson|packageJson|packageJSON|packageManifest)$/;
const EVENT = /^(?:e|ev|evt|event)$/;

/** A parameter, but not that of `events.filter(event => …)`: what stands in a list is hardly an event of a page. */
function isHandedToHandler(variable: Variable | undefined): boolean {
  const parameter = variable?.kind === "parameter" ? variable.declarations[0]?.parent : undefined;
  if (!parameter || !isParameterDeclaration(parameter)) return variable?.kind === "parameter";
  const call = wrapped(parameter.parent).parent;
  return !isCallExpression(call) || !ITERATIONS.has(asMethodCall(call)?.name ?? "");
}

const ITERATIONS: ReadonlySet<string> = new Set(
  "every filter find findIndex findLast flatMap forEach map reduce some sort".split(" "),
);

/** A method of a component that React would call, were it spelt right. */
export function slipOfMethod(name: Identifier): PlatformSlip | undefined {
  const { parent } = name;
  if (!isMethodDeclaration(parent) || !isClassLikeDeclaration(parent.parent) || !parent.parent.heritageClauses) {
    return undefined;
  }
  return name.text.length > 14 ? slip("a method that React calls", name.text, LIFECYCLE, isNearHook) : undefined;
}

/** Names as long as these are the same in any case of their letters. */
function isNearHook(name: string, known: string): boolean {
  return name.toLowerCase() === known.toLowerCase() || isNear(name, known);
}

type Near = (name: string, known: string) => boolean;

function slip(what: string, name: string, known: ReadonlySet<string>, isLike: Near): PlatformSlip | undefined {
  if (known.has(name)) return undefined;
  for (const meant of known) if (isLike(name, meant)) return { meant, what };
  return undefined;
}

/** One letter too many, too few, wrong or swapped; a plural is a name of its own. */
function isNear(name: string, known: string): boolean {
  return `${known}s` !== name && `${name}s` !== known && editDistance(name, known, 1) <= 1;
}

/** One slip, or an end that is cut off. */
function isNearCode(name: string, known: string): boolean {
  const isCut = name.length >= 8 && known.startsWith(name) && known.length - name.length <= 2;
  return isCut || (known.length >= 6 && isNear(name, known));
}

/** The same letters, but for one that is missing or stands twice: another letter makes another word. */
function isMisspelt(name: string, known: string): boolean {
  if (name.replaceAll("-", "") === known.replaceAll("-", "")) return false;
  return isMistyped(name, known);
}

/** Another letter in the same place may make a sibling: `deltaT` stands beside `deltaX`. */
function isNearMember(name: string, known: string): boolean {
  if (isAnagram(name, known)) return true;
  return name.length > 6 && (name.length !== known.length || name.length >= 10) && isNear(name, known);
}

/** Two neighbouring letters swapped. */
function isSwapped(name: string, known: string): boolean {
  return name.toLowerCase() !== known.toLowerCase() && isAnagram(name, known) && editDistance(name, known, 1) <= 1;
}

const EQUALITIES: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.EqualsEqualsToken, SyntaxKind.EqualsEqualsEqualsToken, SyntaxKind.EqualsToken],
  ...[SyntaxKind.ExclamationEqualsToken, SyntaxKind.ExclamationEqualsEqualsToken],
]);

/** Compared with, or given to, a `code`. */
function isErrorCode(literal: Node): boolean {
  const { parent } = literal;
  if (isPropertyAssignment(parent)) return parent.initializer === literal && parent.name.getText() === "code";
  if (isCaseClause(parent)) {
    const statement = parent.parent.parent;
    return isSwitchStatement(statement) && isCode(statement.expression);
  }
  if (!isBinaryExpression(parent) || !EQUALITIES.has(parent.operatorToken.kind)) return false;
  return isCode(parent.left === literal ? parent.right : parent.left);
}

function isCode(node: Node): boolean {
  const bare = unwrapped(node);
  return isPropertyAccessExpression(bare) && /^(?:code|errno)$/.test(bare.name.text);
}

function isEncoding({ parent }: Node): boolean {
  if (isPropertyAssignment(parent)) return parent.name.getText() === "encoding";
  if (isNewExpression(parent)) return parent.expression.getText() === "TextDecoder";
  return isCallExpression(parent) && TAKES_ENCODING.has(asMethodCall(parent)?.name ?? "");
}

/** `type` of what a schema describes, by the names around it: `properties`, `items`, `schema`. */
function isSchemaType(literal: Node): boolean {
  const { parent } = literal;
  if (!isPropertyAssignment(parent) || parent.name.getText() !== "type") return false;
  for (let at = parent.parent as Node | undefined; at; at = at.parent) {
    if (isFunctionLikeDeclaration(at)) return false;
    const name = isPropertyAssignment(at) || isVariableDeclaration(at) ? at.name.getText() : "";
    if (/^(?:items|properties|additionalProperties)$|schema$/i.test(name)) return true;
  }
  return false;
}
