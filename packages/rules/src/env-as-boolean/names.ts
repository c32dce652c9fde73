/** Whether a text from outside is meant to say yes or no: by its name, or by how it is used elsewhere. */
import { wrapped, type Provenance } from "@review/analysis";
import {
  isBinaryExpression,
  isConditionalExpression,
  isFunctionLikeDeclaration,
  isIfStatement,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";

const FLAG: RegExp =
  /(?:^|_)(?:ENABLED?|DISABLED?|IS|USE|HAS|ALLOW|SHOULD|SHOW|HIDE|FEATURE|SECURE|DRY_RUN|LOGGING)(?:_|$)/;
const FLAG_OF_REQUEST: RegExp =
  /^(?:is|has|should|use|allow|enable|disable|include|exclude|only|show|hide|dry)(?:[A-Z_-]|$)|^(?:enabled|disabled|active|archived|deleted|published|verified|recursive|verbose|force|hidden|visible)$|(?:Enabled|Disabled)$/;
/** Names of what is there or not: lists, places, secrets. */
const NO_FLAG: RegExp =
  /(?:PATH|URL|URI|KEY|TOKEN|SECRET|HOST|PORT|FILE|DIR|NAME|ID|EMAIL|USER|PASSWORD|VERSION|LIST|TAGS?|FIELDS?|TYPE|MODE|ORIGINS?|HOSTS|DOMAINS?|USERS|IPS|IDS|KEYS|URLS|PATHS|NAMES|ROLES|EMAILS|TYPES|EXTENSIONS|METHODS|PLUGINS|FEATURES)$/i;

/** `use` is the place of the test: a test beside it may already have looked at the text. */
export function isExpectedToBeEither(text: string, { kind, name }: Provenance, use: Node): boolean {
  if (isConvertedBehind(name, use)) return false;
  const statement = statementOf(use).getText();
  if (comparison(name).test(statement)) return false;
  if (comparison(name).test(text)) return true;
  const pattern = kind === "environment" ? FLAG : FLAG_OF_REQUEST;
  return pattern.test(name) && !NO_FLAG.test(name);
}

/** `process.env.USE_TLS ? JSON.parse(process.env.USE_TLS) : false`: the test is only whether there is a text to convert. */
function isConvertedBehind(name: string, use: Node): boolean {
  let at = wrapped(use);
  const behind: Node[] = [];
  for (let { parent } = at; isBinaryExpression(parent) && parent.operatorToken.kind === AND; { parent } = at) {
    if (parent.left === at) behind.push(parent.right);
    at = wrapped(parent);
  }
  const { parent } = at;
  if (isConditionalExpression(parent) && parent.condition === at) behind.push(parent.whenTrue);
  if (isIfStatement(parent) && parent.expression === at) behind.push(parent.thenStatement);
  const own = use.getText();
  return behind.some(node => node.getText().includes(name) || node.getText().includes(own));
}

const AND = SyntaxKind.AmpersandAmpersandToken;

/** A comparison of something of this name with a text that says yes or no. */
function comparison(name: string): RegExp {
  const escaped = name.replaceAll(/[^\w]/g, "\\$&");
  return new RegExp(
    `\\b${escaped}["'\`\\])]*(?:\\??\\.\\w+\\(\\))*\\s*[!=]==?\\s*["'\`](?:true|false|0|1|yes|no|on|off)["'\`]`,
    "i",
  );
}

function statementOf(node: Node): Node {
  let at = node;
  while (
    !isFunctionLikeDeclaration(at.parent) &&
    at.parent.kind !== SyntaxKind.SourceFile &&
    at.parent.kind !== SyntaxKind.Block
  ) {
    at = at.parent;
  }
  return at;
}
