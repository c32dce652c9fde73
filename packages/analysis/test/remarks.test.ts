import { remarksIn } from "@review/analysis";
import { expect, test } from "vitest";

test("remarks are the comments of a piece of code, without those about a rule's reports", () => {
  const code = "f(); // once\n/* two\nlines */ g(); // review-ignore some-rule\n";
  expect(remarksIn(code, "some-rule")).toEqual(["// once", "/* two\nlines */"]);
  expect(remarksIn("f();", "some-rule")).toEqual([]);
});
