import { announcesReversal, editDistance, isVague, meaningOf, similarityOf, wordsOf } from "@review/analysis";
import { expect, it } from "vitest";

it("splits names into words, whatever holds them together", () => {
  expect(wordsOf("HTTPServer2")).toEqual(["http", "server", "2"]);
  expect(wordsOf("http_server_2")).toEqual(["http", "server", "2"]);
  expect(wordsOf("PROJECT_ID")).toEqual(["project", "id"]);
  expect(wordsOf("$el")).toEqual(["el"]);
  expect(wordsOf("_")).toEqual([]);
  expect(wordsOf("été")).toEqual(["été"]);
});

it("takes short forms for the words that they stand for, and leaves out fillers", () => {
  expect(meaningOf("the_prev_idx")).toEqual(meaningOf("previousIndex"));
  expect(meaningOf("getSrc")).toEqual(["source"]);
  expect(meaningOf("get")).toEqual(["get"]);
});

it("tells how alike two names are", () => {
  expect(similarityOf("sorted_roles", "sortedRoles")).toBe(1);
  expect(similarityOf("imageWidth", "width")).toBe(0.8);
  expect(similarityOf("startDate", "endDate")).toBeCloseTo(0.35);
  expect(similarityOf("width", "height")).toBe(0);
  expect(similarityOf("", "height")).toBe(0);
});

it("counts the edits between two names up to a limit", () => {
  expect(editDistance("form", "from", 2)).toBe(1);
  expect(editDistance("color", "colour", 2)).toBe(1);
  expect(editDistance("kitten", "sitting", 5)).toBe(3);
  expect(editDistance("kitten", "sitting", 1)).toBe(2);
  expect(editDistance("a", "abcdef", 2)).toBe(3);
});

it("knows names that say nothing", () => {
  for (const name of ["a", "i", "x2", "tmp", "value", "data", "_", "arg1"]) expect(isVague(name)).toBe(true);
  for (const name of ["width", "userId", "inputPath"]) expect(isVague(name)).toBe(false);
});

it("hears when things are said to come the other way round", () => {
  for (const text of ["swapped", "isRtl", "// the reverse edge", "invert", "transposeMatrix"]) {
    expect(announcesReversal(text)).toBe(true);
  }
  for (const text of ["resize", "width", "// make room"]) expect(announcesReversal(text)).toBe(false);
});
