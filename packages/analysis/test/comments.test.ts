import { expect, it } from "vitest";
import { openTexts } from "./open.ts";

const text = [
  "// review-ignore a -- first",
  "const url = 'http://x'; // trailing",
  "const re = /\\/\\/ no comment/;",
  "function f(/* parameter */ a: number) {",
  "  return `// ${a /* inside */} // text`;",
  "  // before the brace",
  "}",
  "const el = (",
  "  <div>",
  "    // plain text",
  "    {/* review-ignore b -- jsx */}",
  "    <b />",
  "  </div>",
  ");",
  "/* last */",
].join("\n");

it("finds the comments between nodes and none in strings, templates, patterns or JSX text", () => {
  const open = openTexts({ "a.tsx": text });
  const comments = open.run([]).files[0]?.comments ?? [];
  open.close();
  expect(comments.map(comment => comment.text)).toEqual([
    "// review-ignore a -- first",
    "// trailing",
    "/* parameter */",
    "/* inside */",
    "// before the brace",
    "/* review-ignore b -- jsx */",
    "/* last */",
  ]);
  const braces = comments.find(comment => comment.jsx)?.jsx;
  expect(text.slice(braces?.start, braces?.end)).toBe("{/* review-ignore b -- jsx */}");
});
