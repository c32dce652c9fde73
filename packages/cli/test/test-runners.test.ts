/** Which runner a proof is for, and where its test stands. */
import { join } from "node:path";
import { folderWith, type Files } from "@review/testkit/folders";
import { expect, it } from "vitest";
import { planFor, type RunnerPlan } from "../dist/prove/test-runners.js";

const manifest = (name: string): Files => ({
  "package.json": JSON.stringify({ devDependencies: { [name]: "1" } }),
  [`node_modules/${name}/package.json`]: JSON.stringify({ bin: { [name]: "./bin/start.js" } }),
  [`node_modules/${name}/bin/start.js`]: "",
});

function planIn(files: Files, file: string): RunnerPlan | undefined {
  const root = folderWith({ [file]: "", ...files });
  const own = Object.keys({ [file]: "", ...files }).filter(name => !name.includes("node_modules/"));
  const plan = planFor(join(root, file), { root, files: own.map(name => join(root, name)) });
  return plan && { ...plan, path: plan.path.slice(root.length + 1).replaceAll("\\", "/") };
}

it.skipIf(process.platform === "win32").each([
  ["node:test", {}, "src/a.proof.test.mts", "./a.ts", true],
  ["vitest", manifest("vitest"), "src/a.proof.test.ts", "./a.ts", false],
  ["jest", manifest("jest"), "src/a.proof.test.ts", "./a", false],
  ["mocha", manifest("mocha"), "src/a.proof.test.mts", "./a.ts", true],
])("chooses %s where the project has it", (runner, files, path, subject, needsModules) => {
  const plan = planIn(files, "src/a.ts")!;
  expect(plan).toMatchObject({ runner, path, subject, needsModules });
  expect(plan.command[0]).toBe(process.execPath);
  expect(plan.command.some(word => word === `/tree/${path}`)).toBe(true);
  if (runner !== "node:test") expect(plan.command).toContain(`/tree/node_modules/${runner}/bin/start.js`);
});

it.skipIf(process.platform === "win32")(
  "passes over a runner that is declared and not installed, or the other way",
  () => {
    expect(planIn({ "package.json": '{ "devDependencies": { "jest": "1" } }' }, "a.ts")!.runner).toBe("node:test");
    const strange = { ...manifest("mocha"), "package.json": "{}" };
    expect(planIn(strange, "a.ts")!.runner).toBe("node:test");
  },
);

it.skipIf(process.platform === "win32")("takes the nearest package, with what a folder above has installed", () => {
  const files = {
    ...manifest("vitest"),
    "package.json": "{}",
    "lib/package.json": '{ "devDependencies": { "vitest": "1" } }',
  };
  const plan = planIn(files, "lib/src/a.ts")!;
  expect(plan).toMatchObject({ runner: "vitest", cwd: "/tree/lib" });
  expect(plan.command).toContain("/tree/node_modules/vitest/bin/start.js");
});

it.skipIf(process.platform === "win32")(
  "puts the test where the runner looks for tests, under a name that is free",
  () => {
    const files = {
      ...manifest("vitest"),
      "test/b.spec.tsx": "",
      "src/a.proof.spec.tsx": "",
      "test/a.proof.spec.tsx": "",
    };
    expect(planIn(files, "src/a.ts")!.path).toBe("src/a.proof2.spec.tsx");
    expect(planIn({ ...manifest("vitest"), "test/b.spec.tsx": "" }, "src/a.ts")).toMatchObject({
      ...{ path: "test/a.proof.spec.tsx", subject: "../src/a.ts" },
    });
  },
);

it("has no plan for what is not in the tree, or what nothing can run", () => {
  expect(planFor("/elsewhere/a.ts", { root: "/tree", files: [] })).toBeUndefined();
  expect(planIn({}, "a.cts")).toBeUndefined();
});
