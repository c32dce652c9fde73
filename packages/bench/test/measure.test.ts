import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { childSeconds, measure, type Command } from "@review/bench";

function node(script: string): Command {
  return { argv: [process.execPath, "-e", script], cwd: tmpdir(), env: { GREETING: "good day" } };
}

describe.skipIf(process.platform === "win32")("measure", () => {
  it("answers with what the command wrote and with its exit status", async () => {
    const usage = await measure(
      node("process.stdout.write(process.env.GREETING); process.stderr.write('aside'); process.exitCode = 3"),
    );
    expect(usage).toMatchObject({ stdout: "good day", stderr: "aside", exitCode: 3, leftBehind: 0 });
    expect(usage.wallSeconds).toBeGreaterThan(0);
  });

  it("counts the CPU time of a process that the command starts and waits for", async () => {
    const busy = "const end = Date.now() + 400; while (Date.now() < end);";
    const usage = await measure(
      node(`require("node:child_process").execFileSync(process.execPath, ["-e", ${JSON.stringify(busy)}])`),
    );
    expect(usage.cpuSeconds).toBeGreaterThan(0.1);
  });

  it.runIf(process.platform === "linux")("adds the memory of the command and of its children", async () => {
    const hold = (next: string): string => `globalThis.held = Buffer.alloc(120e6, 1); ${next}`;
    const child = JSON.stringify(hold("setTimeout(() => {}, 400)"));
    const usage = await measure(
      node(hold(`require("node:child_process").execFileSync(process.execPath, ["-e", ${child}])`)),
    );
    expect(usage.peakBytes).toBeGreaterThan(240e6);
  });

  it.runIf(process.platform === "linux")("counts and ends a process that the command leaves behind", async () => {
    const endless = "process.stdout.write(String(process.pid)); setInterval(() => {}, 1000)";
    const usage = await measure(
      node(`
        const child = require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(endless)}], {
          stdio: ["ignore", "inherit", "ignore"],
        });
        setTimeout(() => process.exit(0), 500);
      `),
    );
    expect(usage.leftBehind).toBe(1);
    await expect.poll(() => runs(Number(usage.stdout))).toBe(false);
  });

  it("says that a command does not exist by its exit status", async () => {
    const usage = await measure({ argv: ["no-such-command-anywhere"], cwd: tmpdir(), env: {} });
    expect(usage.exitCode).toBe(127);
  });
});

describe("childSeconds", () => {
  it("adds user and system time of the children, in the notation of every shell", () => {
    expect(childSeconds("0m9s 0m9s\n1m1.5s 0m0.25s\n")).toBe(61.75);
    expect(childSeconds("0m9,000s 0m9,000s\n0m2,500s 0m0,500s\n")).toBe(3);
  });

  it("is zero for a command that could not be started", () => {
    expect(childSeconds("0m0s 0m0s\n0m0.000000s 0m0.000000s\n")).toBe(0);
  });
});

/** A process that was ended but not yet taken note of still has an entry. */
function runs(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}
