export * from "./fixtures/apply-fixes.ts";
export * from "./fixtures/expectations.ts";
export * from "./fixtures/fixture-project.ts";
export * from "./pages/page.ts";
export * from "./pages/rule-folders.ts";
