// The misspelt names are the point: cspell:ignore promis flaoting mixd
import { nearest } from "@review/findings";
import fc from "fast-check";
import { expect, test } from "vitest";

const names = ["floating-promise", "promise-in-condition", "default-sort", "mixed-plus"];

test.each([
  ["floating-promis", "floating-promise"],
  ["flaoting-promise", "floating-promise"],
  ["Floating-Promise", "floating-promise"],
  ["floating_promises", "floating-promise"],
  ["mixd-pls", "mixed-plus"],
  ["sort", undefined],
  ["no-console", undefined],
  ["", undefined],
])("%s is meant as %s", (name, meant) => {
  expect(nearest(name, names)).toBe(meant);
});

test("of equally near names it is the first", () => {
  expect(nearest("cat", ["bat", "rat"])).toBe("bat");
});

test("an existing name is nearest to itself", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ minLength: 1 }), { selector: name => name.toLowerCase(), minLength: 1 }),
      list => {
        for (const name of list) expect(nearest(name, list)).toBe(name);
      },
    ),
  );
});

test("one slip in a name of some length is always seen", () => {
  const name = fc.string({ unit: fc.constantFrom("a", "b", "c", "-"), minLength: 3, maxLength: 12 });
  fc.assert(
    fc.property(name, fc.nat(20), fc.constantFrom("drop", "add", "swap"), (full, at, slip) => {
      const place = at % (full.length - 1);
      const [a, b] = [full[place]!, full[place + 1]!];
      const middle = { drop: b, add: `${a}x${b}`, swap: b + a }[slip];
      expect(nearest(full.slice(0, place) + middle + full.slice(place + 2), [full])).toBe(full);
    }),
  );
});
