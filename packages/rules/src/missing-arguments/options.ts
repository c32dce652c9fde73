/** Options that a function declares and never reads, while it hands the others on to what takes one of the same name. */
import {
  functionOf,
  isUncertain,
  nodesOf,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type TypeChecker,
} from "@review/analysis";
import type { Type } from "@review/program";
import {
  isCallExpression,
  isExportAssignment,
  isFunctionLikeDeclaration,
  isIdentifier,
  isInterfaceDeclaration,
  isJsxAttribute,
  isJsxAttributes,
  isJsxExpression,
  isJsxOpeningLikeElement,
  isObjectLiteralExpression,
  isParameterDeclaration,
  isPropertyAssignment,
  isPropertySignatureDeclaration,
  isShorthandPropertyAssignment,
  isTypeAliasDeclaration,
  isTypeLiteralNode,
  isTypeReferenceNode,
  isVariableDeclaration,
  type InterfaceDeclaration,
  type JsxAttributes,
  type Node,
  type ObjectBindingPattern,
  type ObjectLiteralExpression,
  type ParameterDeclaration,
  type PropertySignatureDeclaration,
  type SourceFile,
  type TypeAliasDeclaration,
} from "@review/program/syntax";

/** `function Rows(props: { rows; renderRow; renderCell? }) { const { rows, renderRow } = props; … <Row renderRow={renderRow} /> }` */
export function* checkOptions(pass: Pass, pattern: ObjectBindingPattern): Ask<void> {
  const options = pass.file.isTest ? undefined : optionsOf(pass, pattern);
  if (!options || options.unread.length === 0) return;
  for (const given of handedOn(options)) {
    const expected = yield* expectedOf(pass, given);
    if (!expected) continue;
    for (const option of options.unread) {
      const taken = yield* pass.checker.propertyOf(expected, option.name.getText());
      if (!taken) continue;
      report(pass, given, option);
      return;
    }
  }
}

function report(pass: Pass, given: Node, option: PropertySignatureDeclaration): void {
  const name = quoted(option.name, pass.file.sourceFile);
  pass.report(isJsxAttributes(given) ? given.parent : given, {
    message: `${name} is not handed on: this takes one too, and gets the others of the same names, but nothing reads this one.`,
    evidence: [{ at: option, message: "Nothing reads this." }],
    repair: `Hand ${name} on.`,
  });
}

/** The type of what is given: where that of the component is not known, the type of the function that a wrapper gets. */
function* expectedOf({ checker }: Pass, given: HandedOn): Ask<Type | undefined> {
  const expected = yield* checker.contextualTypeOf(given);
  if (expected && !isUncertain(expected)) return expected;
  const wrapper = isJsxOpeningLikeElement(given.parent)
    ? yield* declaredValue(checker, given.parent.tagName)
    : undefined;
  const inner = wrapper && isCallExpression(wrapper) ? wrapper.arguments[0] : undefined;
  const parameter = (inner && (yield* functionOf(checker, inner)))?.parameters[0];
  const type = parameter?.type && (yield* checker.typeOf(parameter.name));
  return type && !isUncertain(type) ? type : undefined;
}

/** `memo(Row)` of `const MemoizedRow = memo(Row)`, also where another file exports it. */
function* declaredValue(checker: TypeChecker, tag: Node): Ask<Node | undefined> {
  const symbol = isIdentifier(tag) ? yield* checker.symbolOf(tag) : undefined;
  const declaration = symbol && (yield* checker.declarationOf(yield* checker.targetOf(symbol)));
  if (declaration && isExportAssignment(declaration)) return yield* declaredValue(checker, declaration.expression);
  return declaration && isVariableDeclaration(declaration) ? declaration.initializer : undefined;
}

type HandedOn = JsxAttributes | ObjectLiteralExpression;

interface Options {
  readonly unread: readonly PropertySignatureDeclaration[];
  /** Those that the function takes by their own names. */
  readonly taken: ReadonlySet<string>;
  readonly body: Node;
}

/** What a function's own type says that it takes, and what a pattern that is all it does with it takes. */
function optionsOf(pass: Pass, pattern: ObjectBindingPattern): Options | undefined {
  if (pattern.elements.some(({ dotDotDotToken }) => dotDotDotToken)) return undefined;
  const parameter = isParameterDeclaration(pattern.parent) ? pattern.parent : parameterOf(pass, pattern);
  const fn = parameter?.parent;
  if (!parameter || !fn || !isFunctionLikeDeclaration(fn) || !fn.body) return undefined;
  const members = membersOf(pass.file.sourceFile, parameter.type);
  if (!members) return undefined;
  const names = new Set(pattern.elements.map(({ name, propertyName }) => (propertyName ?? name)?.getText()));
  const own = pattern.elements.flatMap(({ name, propertyName }) =>
    name && isIdentifier(name) && !propertyName ? [name.text] : [],
  );
  const unread = members.filter(({ name }) => isIdentifier(name) && !names.has(name.text) && !COMMON.has(name.text));
  return { unread, taken: new Set(own), body: fn.body };
}

/** What any element has, whatever it is for. */
const COMMON: ReadonlySet<string> = new Set([
  "children",
  "className",
  "style",
  "id",
  "key",
  "ref",
  "title",
  "name",
  "type",
]);

/** The parameter that a function only takes apart: `const { rows, renderRow } = props`. */
function parameterOf(pass: Pass, { parent: declaration }: ObjectBindingPattern): ParameterDeclaration | undefined {
  const source = isVariableDeclaration(declaration) && declaration.initializer && unwrapped(declaration.initializer);
  const variable = source ? pass.scopes().variableOf(source) : undefined;
  if (variable?.kind !== "parameter" || variable.isExposed || variable.references.length !== 1) return undefined;
  const parameter = variable.declarations[0]?.parent;
  return parameter && isParameterDeclaration(parameter) ? parameter : undefined;
}

/** The members of a type that is written out in the file, and of no other. */
function membersOf(file: SourceFile, type: Node | undefined): readonly PropertySignatureDeclaration[] | undefined {
  if (!type) return undefined;
  if (isTypeLiteralNode(type)) return propertiesIn(type.members);
  if (!isTypeReferenceNode(type) || type.typeArguments) return undefined;
  const name = type.typeName.getText();
  const named = file.statements.filter(isNamedType).find(each => each.name.text === name);
  if (named && isTypeAliasDeclaration(named)) return membersOf(file, named.type);
  return named && !named.heritageClauses ? propertiesIn(named.members) : undefined;
}

function isNamedType(statement: Node): statement is InterfaceDeclaration | TypeAliasDeclaration {
  return isInterfaceDeclaration(statement) || isTypeAliasDeclaration(statement);
}

function propertiesIn(members: readonly Node[]): readonly PropertySignatureDeclaration[] | undefined {
  return members.every(isPropertySignatureDeclaration) ? members : undefined;
}

/** The attributes and object literals that hand some of the options on by their own names, and hold nothing unknown. */
function handedOn({ body, taken, unread }: Options): readonly HandedOn[] {
  const names = new Set(unread.map(({ name }) => name.getText()));
  return [...nodesOf(body)].flatMap(node => {
    if (!isJsxAttributes(node) && !(isObjectLiteralExpression(node) && isCallExpression(node.parent))) return [];
    const given = node.properties.map(ownNameOf);
    if (given.some(each => each === undefined || names.has(each.name))) return [];
    return given.filter(each => each?.isOwn && taken.has(each.name)).length >= FEWEST ? [node] : [];
  });
}

/** One option may be of the same name by chance. */
const FEWEST = 2;

interface Given {
  readonly name: string;
  /** Whether the value has the same name. */
  readonly isOwn: boolean;
}

function ownNameOf(property: Node): Given | undefined {
  if (isShorthandPropertyAssignment(property)) return { name: property.name.getText(), isOwn: true };
  if (isPropertyAssignment(property)) return given(property.name, property.initializer);
  if (!isJsxAttribute(property)) return undefined;
  const { initializer } = property;
  return given(property.name, initializer && isJsxExpression(initializer) ? initializer.expression : undefined);
}

function given(name: Node, value: Node | undefined): Given {
  const bare = value && unwrapped(value);
  return { name: name.getText(), isOwn: bare !== undefined && isIdentifier(bare) && bare.text === name.getText() };
}
