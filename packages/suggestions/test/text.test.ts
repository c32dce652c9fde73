/** Text on its way out to a provider and back to a reader. */
import { plainText, secretIn } from "@review/suggestions";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("plain text", () => {
  it.each([
    ["[docs](https://x.example) say", "docs say"],
    ["[docs][1] say\n\n[1]: https://x.example", "docs say"],
    ["![pixel](https://x.example/p.png) now", "now"],
    ["see https://x.example/a?b or www.x.example now", "see or now"],
    ["<https://x.example> now", "now"],
    ["a <!-- review:v1 fp=1 --> b", "a b"],
    ["<script>alert(1)</script>", "alert(1)"],
    ["keep `Array<string>` and `a[0](b)`", "keep `Array<string>` and `a[0](b)`"],
    ["a < b and c > d", "a < b and c > d"],
    ["# Heading\n> quote", "Heading\nquote"],
    ["\u001b[31m red\u001b[0m \u001b]8;;https://x.example\u0007link\u001b]8;;\u0007", "red link"],
    ["a\u202eb\u200bc\ufeffd\u0007e", "abcde"],
    ["one\r\n\r\n\r\ntwo", "one\n\ntwo"],
  ])("of %j is %j", (text, plain) => {
    expect(plainText(text, 600)).toBe(plain);
  });

  it("ends with a whole sentence where it is cut", () => {
    expect(plainText("One two three. Four five six. Seven eight nine.", 35)).toBe("One two three. Four five six.");
    expect(plainText("word ".repeat(50), 20)).toBe("word word word word…");
  });

  it("never holds a control character, and never exceeds its limit", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), text => {
        const plain = plainText(text, 40);
        expect(plain.length).toBeLessThanOrEqual(40);
        // eslint-disable-next-line no-control-regex -- finding them is the purpose
        expect(plain).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/);
      }),
    );
  });

  it("ends soon on hostile text", () => {
    for (const text of ["[".repeat(500_000), "<!--".repeat(100_000), "`".repeat(500_000), "<a".repeat(200_000)])
      expect(plainText(text, 600).length).toBeLessThanOrEqual(600);
  });
});

describe("a secret", () => {
  // Put together at run time, so that no scanner takes this file for a leak. cspell:ignore AKIA IOSFODNN glpat xoxb
  const digits = "0123456789";
  it.each([
    ["-----BEGIN RSA PRIVATE " + "KEY-----", "a private key"],
    ["AKIA" + "IOSFODNN7EXAMPLE", "an AWS access key"],
    ["ghs_" + "1234567_abc.def-ghi.jkl" + digits, "a GitHub token"],
    ["github_pat_" + "11ABCDEFG" + digits + digits, "a GitHub token"],
    ["glpat-" + "abcdefghij" + digits, "a GitLab token"],
    ["sk-proj-" + "abcDEF" + digits + digits, "an API key"],
    ["AIza" + "SyA" + "b".repeat(22) + digits, "a Google API key"],
    ["xoxb-" + digits + "-abc", "a Slack token"],
    ["sk_live_" + "abcdef" + digits, "a Stripe key"],
    ["npm_" + "a".repeat(26) + digits, "an npm token"],
    ["SG." + "a".repeat(20) + "." + "b".repeat(20), "a SendGrid key"],
    ["eyJhbGciOiJI." + "eyJzdWIiOiIx." + "SflKxwRJSMeK", "a JSON web token"],
    ["postgres://admin:" + "hunter2@db.internal/x", "a URL with a password"],
    ['const apiKey = "' + "a1b2c3d4e5f6a7b8" + '";', "a password or key in a literal"],
    ['{ "password": "' + "correct4horse5battery" + '" }', "a password or key in a literal"],
  ])("is seen in %s", (text, kind) => {
    expect(secretIn(`const x = 1;\n${text}\n`)).toBe(kind);
  });

  it.each([
    'const password = "";',
    'input.type = "password";',
    "const secret = process.env.SECRET_0123456789abcdef;",
    'import x from "https://esm.sh/x@1.2.3";',
    "fetch(`http://localhost:3000/@scope/name`);",
    "`postgres://${user}:${password}@db`",
    'class="sk-loading-spinner-container"',
    'const token = "identifier";',
  ])("is not seen in %s", text => {
    expect(secretIn(text)).toBeUndefined();
  });
});
