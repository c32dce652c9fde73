/** The Dockerfile's steps without Docker: what is copied and run there is copied and run in a folder, and what comes out is started. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { buildStage, imageVariables, inImage, ROOT, words } from "./container.ts";

vi.setConfig({ testTimeout: 300_000 });

/** What stands for the root of the image's file system. */
const root = realpathSync(mkdtempSync(join(tmpdir(), "review-image-")));
afterAll(() => rmSync(root, { recursive: true, force: true }), 300_000);

const inRoot = (path: string): string => join(root, path);

beforeAll(() => {
  let folder = root;
  for (const { name, text } of buildStage()) {
    if (name === "WORKDIR") folder = inRoot(text);
    else if (name === "COPY") copyContext(text, folder);
    else if (name === "RUN") run(text, folder);
    else if (name !== "FROM") throw new Error(`Nobody told how to carry out ${name}.`);
  }
}, 900_000);

/** What git knows of, which is what a fresh clone has: the context leaves out what is installed and built. */
function copyContext(text: string, folder: string): void {
  expect(text).toBe(". .");
  const ignored = readFileSync(join(ROOT, "packages/pr-bot/Dockerfile.dockerignore"), "utf8").split("\n");
  expect(ignored).toEqual(expect.arrayContaining(["**/node_modules", "**/dist", ".git"]));
  const listed = spawnSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  for (const file of listed.stdout.split("\0").filter(one => one !== "")) {
    cpSync(join(ROOT, file), join(folder, file), { recursive: true });
  }
}

function run(text: string, cwd: string): void {
  // The last word of a command names a folder of the image.
  const script = text.replace(/ (\/app)(?= |$)/g, (_, path: string) => ` ${inRoot(path)}`);
  const { status, stdout, stderr } = spawnSync("sh", ["-ec", script], { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${script} ended (${status}): ${stdout.slice(-2_000)}${stderr.slice(-2_000)}`);
}

test("the image's program starts from what is copied into it alone, and has all that it loads", () => {
  const [program = "", main = "", ...more] = [...words(inImage("ENTRYPOINT")), ...words(inImage("CMD"))];
  const [, from = "", to = ""] = /--from=build .*?(\/\S+) (\/\S+)$/.exec(inImage("COPY")) ?? [];
  expect([from, to, dirname(dirname(main))]).toEqual(["/app", "/app", "/app"]);
  // The stage that built it is not there any more.
  renameSync(inRoot("/src"), inRoot("/gone"));
  const start = (...args: readonly string[]) =>
    spawnSync(program, [inRoot(main), ...args], {
      cwd: "/",
      encoding: "utf8",
      env: { PATH: process.env["PATH"], ...imageVariables() },
    });
  expect(start(...more)).toMatchObject({ status: 2, stderr: expect.stringContaining("GITHUB_APP_ID is not set") });
  const given = { GITHUB_APP_ID: "1", GITHUB_PRIVATE_KEY: "x", GITHUB_WEBHOOK_SECRET: "s" };
  const loaded = `Promise.all(["serve/serve", "run/run", "suggester", "serve/postgres"].map(name => import("${inRoot("/app/dist/")}" + name + ".js"))).then(() => import("${inRoot("/app/node_modules/@review/review/dist/worker.js")}")).then(() => process.exit(7))`;
  const { status, stderr } = spawnSync(program, ["--input-type=module", "-e", loaded], {
    cwd: "/",
    encoding: "utf8",
    env: { PATH: process.env["PATH"], ...given },
  });
  expect([status, stderr]).toEqual([7, ""]);
});

test("the image has the versions of the lockfile, and no link that leads out of it", () => {
  const locked = parse(readFileSync(join(ROOT, "pnpm-lock.yaml"), "utf8")) as {
    readonly packages: Readonly<Record<string, unknown>>;
  };
  const store = inRoot("/app/node_modules/.pnpm");
  const own = readdirSync(store).filter(name => /^@?[\w.-]+(?:\+[\w.-]+)?@\d/.test(name));
  const named = own.map(name => name.replace(/_.*$/, "").replace("+", "/"));
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter(name => !(name in locked.packages))).toEqual([]);
  const top = inRoot("/app/node_modules");
  const links = readdirSync(top).flatMap(name =>
    name.startsWith("@") ? readdirSync(join(top, name)).map(inner => join(top, name, inner)) : [join(top, name)],
  );
  expect(links.filter(link => !realpathSync(link).startsWith(root))).toEqual([]);
});
