/** What code can do in the sandbox of `--prove`: nothing that anybody would notice. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { folderWith } from "@review/testkit/folders";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { openSandbox, type Ran } from "../dist/prove/sandbox.js";
import { TREE } from "../dist/prove/sandbox-setup.js";

const { signal } = new AbortController();
const { sandbox, refused } = await openSandbox(signal);
afterAll(() => sandbox?.close());
// Where none is to be had there is nothing to contain: `--prove` then runs nothing, as another test shows.
if (refused !== undefined) console.warn(`No sandbox to be tested: ${refused}.`);

/** Runs a script in a tree, with what a test would get. */
async function inside(script: string, tree: string = folderWith(), ms = 50_000, memory?: number): Promise<Ran> {
  const command = [process.execPath, "-e", script] as const;
  return sandbox!.run({
    command,
    bindings: [{ from: tree, to: TREE }],
    cwd: TREE,
    ms,
    signal,
    ...(memory && { memory }),
  });
}

/** A script that prints for each of some actions whether it went through. */
const trying = (actions: Readonly<Record<string, string>>): string =>
  `const fs = require("fs"), cp = require("child_process"), net = require("net"), os = require("os");
const open = [];
${Object.entries(actions)
  .map(([name, action]) => `try { ${action}; open.push(${JSON.stringify(name)}); } catch {}`)
  .join("\n")}
console.log(JSON.stringify(open));`;

const opened = ({ output }: Ran): unknown => JSON.parse(output);

/** What a user without privileges runs: the sandbox, with nothing of ours in it that he may not read. */
const asUser = (tree: string, port: number): string => `
const { openSandbox } = await import(${JSON.stringify(new URL("../dist/prove/sandbox.js", import.meta.url).href)});
const { signal } = new AbortController();
const { sandbox, refused } = await openSandbox(signal);
const order = { bindings: [{ from: ${JSON.stringify(tree)}, to: "${TREE}" }], cwd: "${TREE}", signal };
const run = (script, ms) => sandbox.run({ ...order, ms, command: [process.execPath, "-e", script] });
const attack = await run(${JSON.stringify(
  trying({
    ...{
      tree: `fs.writeFileSync("${TREE}/a.js", "x")`,
      root: 'fs.writeFileSync("/new", "x")',
      id: "process.setuid(0)",
    },
    ...{ passwd: 'fs.readFileSync("/etc/passwd")', old: 'fs.readdirSync("/sys")' },
    ...{ namespace: 'if (cp.spawnSync("unshare", ["--user", "--map-root-user", "true"]).status !== 0) throw 0' },
    ...{ own: 'fs.writeFileSync("/tmp/mark", "x")' },
  }),
)}, 30_000);
const call = await run('require("net").connect(${port}, "127.0.0.1").on("connect", () => console.log("connected")).on("error", () => console.log("not"))', 30_000);
const bomb = await run('const { spawn } = require("child_process"); for (;;) spawn("sh", ["-c", "b() { b | b & }; b"]).on("error", () => {});', 3_000);
const after = await run("console.log(1)", 30_000);
sandbox.close();
console.log(JSON.stringify({ uid: process.getuid(), refused, open: JSON.parse(attack.output), call: call.output, bomb: bomb.status, after: after.output }));`;

describe.runIf(sandbox)("the sandbox", () => {
  it.runIf(process.getuid?.() === 0)("holds for a user without privileges as well", async () => {
    let visits = 0;
    const server = createServer();
    server.on("connection", () => visits++);
    await new Promise<void>(done => server.listen(0, "127.0.0.1", done));
    onTestFinished(() => void server.close());
    const tree = folderWith({ "a.js": "" });
    for (const folder of [tree, dirname(tree)]) chmodSync(folder, 0o755);
    const { port } = server.address() as AddressInfo;
    const drop = ["--reuid", "12345", "--regid", "12345", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all"];
    const args = [...drop, process.execPath, "--input-type=module", "-e", asUser(tree, port)];
    const { stdout, stderr } = spawnSync("setpriv", args, { cwd: "/", encoding: "utf8" });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({
      ...{ uid: 12_345, open: ["own"], call: "not\n", bomb: null, after: "1\n" },
    });
    expect(visits).toBe(0);
    expect(readdirSync(tree)).toEqual(["a.js"]);
  });

  it("runs a program and says how it ended", async () => {
    const tree = folderWith({ "a.js": "module.exports = 41;" });
    expect(await inside(`process.exitCode = require("${TREE}/a.js") + 1`, tree)).toEqual({
      ...{ status: 42, stoppedFor: null, output: "" },
    });
  });

  it("has no network, not even the machine's own", async () => {
    let visits = 0;
    const server = createServer((_, response) => response.end(String(++visits)));
    server.on("connection", () => visits++);
    await new Promise<void>(done => server.listen(0, "127.0.0.1", done));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const { output } = await inside(`
      const net = require("net");
      const tries = [[${port}, "127.0.0.1"], [${port}, "::1"], [443, "192.0.2.1"]];
      for (const [port, host] of tries)
        net.connect(port, host).on("connect", () => console.log("connected")).on("error", () => console.log("not connected"));
      fetch("http://127.0.0.1:${port}/").then(() => console.log("fetched"), () => console.log("not fetched"));
      require("dns").lookup("example.com", error => console.log(error ? "no name" : "a name"));`);
    expect(output.trim().split("\n").sort()).toEqual([
      ...["no name", "not connected", "not connected", "not connected", "not fetched"],
    ]);
    expect(visits).toBe(0);
  });

  it("writes nowhere but in a folder of its own that nobody sees", async () => {
    const outside = folderWith();
    const tree = folderWith({ "a.js": "" });
    const write = (path: string): string => `fs.writeFileSync(${JSON.stringify(path)}, "x")`;
    const ran = await inside(
      trying({
        ...{
          tree: write(`${TREE}/new.js`),
          source: write(`${TREE}/a.js`),
          root: write("/new"),
          usr: write("/usr/bin/new"),
        },
        ...{ outside: write(join(outside, "new")), etc: write("/etc/new"), home: write(join(homedir(), "new")) },
        ...{ remount: `if (cp.spawnSync("mount", ["-o", "remount,rw", "${TREE}"]).status !== 0) throw 0` },
        ...{ own: write("/tmp/mark-of-a-test") },
      }),
      tree,
    );
    expect(opened(ran)).toEqual(["own"]);
    expect(readdirSync(outside)).toEqual([]);
    expect(readdirSync(tree)).toEqual(["a.js"]);
    expect(existsSync(join(tmpdir(), "mark-of-a-test"))).toBe(false);
    expect(opened(await inside(trying({ again: 'fs.readFileSync("/tmp/mark-of-a-test")' })))).toEqual([]);
  });

  it("sees no environment, no home, no settings, and no other file", async () => {
    process.env["REVIEW_TEST_SECRET"] = "sk-from-the-environment";
    onTestFinished(() => {
      delete process.env["REVIEW_TEST_SECRET"];
    });
    const outside = folderWith({ ".npmrc": "sk-from-a-file" });
    const read = (path: string): string => `fs.readFileSync(${JSON.stringify(path)})`;
    const ran = await inside(
      trying({
        ...{ env: 'if (!JSON.stringify(process.env).includes("sk-")) throw 0', file: read(join(outside, ".npmrc")) },
        ...{ passwd: read("/etc/passwd"), shadow: read("/etc/shadow"), sys: 'fs.readdirSync("/sys")' },
        ...{ home: `fs.readdirSync(${JSON.stringify(homedir())})`, first: read("/proc/1/environ") },
        ...{
          through: 'fs.readdirSync("/proc/1/root/")',
          disk: 'fs.readdirSync("/dev/disk")',
          memory: read("/dev/mem"),
        },
      }),
    );
    expect(opened(ran)).toEqual([]);
  });

  it("has no power over processes, users or namespaces", async () => {
    const ran = await inside(
      trying({
        ...{
          init: 'process.kill(1, "SIGKILL"); if (fs.existsSync("/proc/1")) throw 0',
          other: `process.kill(${process.pid}, 0)`,
        },
        ...{ root: "process.setuid(0)", group: "process.setgid(0)" },
        ...{ namespace: 'if (cp.spawnSync("unshare", ["--user", "--map-root-user", "true"]).status !== 0) throw 0' },
        ...{
          hostname: 'fs.writeFileSync("/proc/sys/kernel/hostname", "x")',
          trigger: 'fs.writeFileSync("/proc/sysrq-trigger", "h")',
        },
      }),
    );
    expect(opened(ran)).toEqual([]);
  });

  it("ends a loop, and everything that was started", async () => {
    const mark = `3${String(Date.now()).slice(-8)}`;
    const script = `require("child_process").spawn("sleep", ["${mark}"], { detached: true, stdio: "ignore" }).unref(); for (;;);`;
    const ran = await inside(script, folderWith(), 2_500);
    expect(ran).toMatchObject({ status: null, stoppedFor: "time" });
    await expect.poll(() => spawnSync("ps", ["-A", "-o", "args="], { encoding: "utf8" }).stdout).not.toContain(mark);
  });

  it("survives a fork bomb", async () => {
    const bomb = `const { spawn } = require("child_process");
      for (;;) { try { spawn("sh", ["-c", "b() { b | b & }; b"], { stdio: "ignore" }).on("error", () => {}); } catch {} }`;
    const ran = await inside(bomb, folderWith(), 4_000);
    expect(ran.stoppedFor).not.toBeNull();
    expect((await inside("console.log(1)")).output).toBe("1\n");
  });

  it("has a bound on the memory of a process, and of all of them", async () => {
    const hog = "const all = []; for (;;) all.push(Buffer.alloc(50_000_000, 1));";
    const one = await inside(hog, folderWith(), 60_000);
    expect(one.status === 0).toBe(false);
    const eat =
      "const a = []; for (let i = 0; i < 8; i++) a.push(Buffer.alloc(20_000_000, 1)); setInterval(() => a, 1000)";
    const many = `const { spawn } = require("child_process");
      for (let i = 0; i < 4; i++) spawn(process.execPath, ["-e", ${JSON.stringify(eat)}]);
      setInterval(() => {}, 1000);`;
    expect((await inside(many, folderWith(), 60_000, 400 * 2 ** 20)).stoppedFor).toBe("memory");
  });

  it("keeps only the end of what is printed, and none of what is filled", async () => {
    const ran = await inside('for (let i = 0; i < 20_000; i++) console.log("x".repeat(99)); console.log("end");');
    expect(ran.output.length).toBeLessThanOrEqual(6_000);
    expect(ran.output.endsWith("end\n")).toBe(true);
    const full = await inside(trying({ fill: 'fs.writeFileSync("/tmp/a", Buffer.alloc(80_000_000))' }));
    expect(full.output).not.toContain("fill");
  });

  it("ends at once when the review does", async () => {
    const controller = new AbortController();
    const command = [process.execPath, "-e", "setInterval(() => {}, 1000)"] as const;
    const running = sandbox!.run({ command, bindings: [], cwd: "/tmp", ms: 60_000, signal: controller.signal });
    setTimeout(() => controller.abort(), 300);
    expect(await running).toMatchObject({ stoppedFor: "interrupt" });
  });
});
