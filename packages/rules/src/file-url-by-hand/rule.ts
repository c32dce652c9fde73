/** Reports file URLs that are made from a path, or made into one, by cutting and joining text. */
import { asMethodCall, defineRule, quoted, unwrapped, type Ask, type Pass, type Rule } from "@review/analysis";
import {
  isBinaryExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Expression,
  type Node,
  type PropertyAccessExpression,
  type TemplateExpression,
} from "@review/program/syntax";
import { fixWith } from "./fixes.ts";
import { isModuleUrl, isNativePath, isOfModuleUrl, isPathWanted } from "./paths.ts";

const rule: Rule = defineRule({
  id: "file-url-by-hand",
  summary: "A file URL is made of a path by joining text, or a path of a file URL by cutting it.",
  category: "text",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Call `pathToFileURL(path).href` and `fileURLToPath(url)` of `node:url`.",
  listen: pass =>
    pass.file.isTest
      ? {}
      : {
          [SyntaxKind.BinaryExpression](sum: BinaryExpression) {
            if (sum.operatorToken.kind !== SyntaxKind.PlusToken || !isStringLiteralLikeNode(sum.left)) return undefined;
            if (!SCHEME.test(sum.left.text)) return undefined;
            return checkJoined(pass, { url: wholeSum(sum), path: sum.right, isWhole: !isSummand(sum) });
          },
          [SyntaxKind.TemplateExpression](url: TemplateExpression) {
            const [span, ...others] = url.templateSpans;
            if (!span || !SCHEME.test(url.head.text)) return undefined;
            const isWhole = others.length === 0 && span.literal.text === "";
            return checkJoined(pass, { url, path: span.expression, isWhole });
          },
          *[SyntaxKind.PropertyAccessExpression](member: PropertyAccessExpression) {
            if (member.name.text !== "pathname" || !isOfModuleUrl(member.expression)) return;
            if (yield* isPathWanted(pass, member)) report(pass, member, { url: member.expression, code: "pathname" });
          },
          [SyntaxKind.CallExpression](call: CallExpression) {
            const method = asMethodCall(call);
            if (method && isModuleUrl(method.object) && isCutOff(method.name, call)) {
              report(pass, call, { url: method.object, code: method.name });
            }
          },
        },
});
export default rule;

const SCHEME = /^file:\/\/\/?$/;

interface Joined {
  readonly url: Expression;
  readonly path: Expression;
  /** Whether the URL is the scheme and the path, and nothing else. */
  readonly isWhole: boolean;
}

function isSummand(sum: Node): boolean {
  return isBinaryExpression(sum.parent) && sum.parent.operatorToken.kind === SyntaxKind.PlusToken;
}

function wholeSum(sum: Expression): Expression {
  return isSummand(sum) ? wholeSum(sum.parent as Expression) : sum;
}

function* checkJoined(pass: Pass, { url, path, isWhole }: Joined): Ask<void> {
  const isCompared = isComparedWithOwn(url);
  const isPath = isCompared || isLoaded(url) || (isParsed(url) && (yield* isNativePath(pass, path)));
  if (!isPath || isMadeUp(path)) return;
  const { sourceFile } = pass.file;
  const name = quoted(path, sourceFile);
  pass.report(url, {
    message: isCompared
      ? `On Windows, and where a blank or another sign is escaped in the URL of the module, ${name} never leads to the same text.`
      : `${name} is a path, not the path of a URL: \`#\`, \`?\` and \`%\` in it mean something else there, so that another file is meant.`,
    evidence: [{ at: path, message: "This goes into the URL as it is." }],
    repair: "Call `pathToFileURL(path).href` of `node:url`.",
    fixes: isWhole
      ? fixWith(pass, "pathToFileURL", { at: url, text: `pathToFileURL(${path.getText(sourceFile)}).href` })
      : [],
  });
}

/** `import("file://" + path)` */
function isLoaded(url: Expression): boolean {
  const { parent } = url;
  return (
    parent.kind === SyntaxKind.CallExpression && (parent as CallExpression).expression.kind === SyntaxKind.ImportKeyword
  );
}

/** `new URL("file://" + path)`; as plain text, a browser forgives most of it. */
function isParsed(url: Expression): boolean {
  const { parent } = url;
  return isNewExpression(parent) && isIdentifier(parent.expression) && parent.expression.text === "URL";
}

/** `import.meta.url === "file://" + path`, which a script asks to know whether it was started itself. */
function isComparedWithOwn(url: Expression): boolean {
  const { parent } = url;
  return isBinaryExpression(parent) && [parent.left, parent.right].some(isModuleUrl);
}

/** The path has been escaped, or its separators have been exchanged: somebody has thought of it. */
function isMadeUp(path: Expression): boolean {
  return /encodeURI|pathname|replace|slash|posix|\bsep\b|url/i.test(path.getText());
}

/** `import.meta.url.replace("file://", "")`, `.slice(7)` */
function isCutOff(name: string, call: CallExpression): boolean {
  const [first] = call.arguments;
  if (!first) return false;
  if (name === "replace") return /^["'`/^]*file:/.test(first.getText());
  return CUTS.has(name) && call.arguments.length === 1 && /^[5678]$|file:.*length/.test(first.getText());
}

const CUTS: ReadonlySet<string> = new Set(["slice", "substring", "substr"]);

function report(pass: Pass, place: Expression, { url, code }: { url: Expression; code: string }): void {
  const { sourceFile } = pass.file;
  const isNamed = isIdentifier(unwrapped(url)) || isPropertyAccessExpression(unwrapped(url));
  pass.report(place, {
    message: `\`${code}\` leaves the path of a URL, not of a file: \`/C:/\` on Windows, and \`%20\` for a blank everywhere.`,
    evidence: [{ at: url, message: isNamed ? "This is the URL of the module." : "This is a file URL." }],
    repair: "Call `fileURLToPath(url)` of `node:url`.",
    fixes: fixWith(pass, "fileURLToPath", { at: place, text: `fileURLToPath(${url.getText(sourceFile)})` }),
  });
}
