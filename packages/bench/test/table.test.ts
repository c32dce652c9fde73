import { describe, expect, it } from "vitest";
import { formatNumber, formatTable } from "@review/bench";

describe("formatTable", () => {
  it("makes each column as wide as its widest cell and puts numbers to the right", () => {
    const columns = [
      { title: "tool", align: "left" },
      { title: "s", align: "right" },
    ] as const;
    expect(
      formatTable(columns, [
        ["ours", "1.50"],
        ["other-tool", "12.00"],
      ]).split("\n"),
    ).toEqual(["tool            s", "----------  -----", "ours         1.50", "other-tool  12.00"]);
  });

  it("leaves no blanks at the end of a line", () => {
    const columns = [
      { title: "package", align: "left" },
      { title: "note", align: "left" },
    ] as const;
    expect(formatTable(columns, [["zod", ""]])).toBe("package  note\n-------  ----\nzod");
  });
});

describe("formatNumber", () => {
  it("groups the digits before the point", () => {
    expect(formatNumber(1234567, 0)).toBe("1 234 567");
    expect(formatNumber(1234.5678, 3)).toBe("1 234.568");
    expect(formatNumber(123, 0)).toBe("123");
  });

  it("shows a dash where there is no number", () => {
    expect(formatNumber(undefined, 2)).toBe("–");
  });
});
