import { tokensOf } from "@review/analysis";
import { expect, test } from "vitest";

test("a number sign that begins no name is a token of its own", () => {
  const text = 'url.replace(/.*#/, "#"); <b># &#160;</b>';
  expect(tokensOf(text, 0, text.length).filter(token => token === "#")).toHaveLength(3);
});

test("code with other blanks and comments has the same tokens", () => {
  const [one, other] = ["a.b( 1 ) // note", "a . b(1)"];
  expect(tokensOf(one, 0, one.length)).toEqual(tokensOf(other, 0, other.length));
});
