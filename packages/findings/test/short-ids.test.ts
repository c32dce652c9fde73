import { shortIds } from "@review/findings";
import fc from "fast-check";
import { expect, test } from "vitest";

test("an id is the first six digits of a fingerprint", () => {
  const fingerprint = "3f9c2a".padEnd(64, "0");
  expect(shortIds([{ fingerprint }]).get(fingerprint)).toBe("3f9c2a");
});

test("it is longer only where another finding begins alike", () => {
  const prints = ["aaaaaaaa1", "aaaaaaaa2", "bbbbbbbb1"];
  const ids = shortIds(prints.map(fingerprint => ({ fingerprint })));
  expect([...ids.values()]).toEqual(["aaaaaaaa1", "aaaaaaaa2", "bbbbbb"]);
});

test("every id belongs to one finding of the report", () => {
  const digit = fc.constantFrom("0", "1");
  const fingerprints = fc.uniqueArray(fc.string({ unit: digit, minLength: 12, maxLength: 12 }), { maxLength: 40 });
  fc.assert(
    fc.property(fingerprints, prints => {
      const ids = shortIds(prints.map(fingerprint => ({ fingerprint })));
      for (const [fingerprint, id] of ids) {
        expect(id.length).toBeGreaterThanOrEqual(6);
        expect(prints.filter(print => print.startsWith(id))).toEqual([fingerprint]);
      }
    }),
  );
});
