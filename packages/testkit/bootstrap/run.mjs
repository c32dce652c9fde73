/** Child programs of the bootstrap: how they are started, told of signals and waited for. */
import { spawn } from "node:child_process";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The workspace's folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

/** Sends a child's standard output to standard error. */
export const toStderr = { stdio: ["ignore", 2, 2] };

/** A reason to end with a status; without a message, whoever failed has said why. */
export class Stop extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Runs a script of the workspace in its root; the workspace's own programs are found first. */
export function node(script, args, options = { stdio: "inherit" }) {
  const name = Object.keys(process.env).find(key => key.toUpperCase() === "PATH") || "PATH";
  const bin = path.join(root, "node_modules", ".bin");
  const env = { ...process.env, [name]: [bin, process.env[name]].filter(Boolean).join(path.delimiter) };
  return run(process.execPath, [path.join(root, script), ...args], { cwd: root, env, ...options });
}

/** Runs a program to its end, passing signals on; answers with its exit status, 128 + n for signal n. */
export function run(file, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, options);
    const stopForwarding = forwardSignals(child);
    child.once("error", error => {
      stopForwarding();
      reject(new Stop(2, `${file} cannot be started: ${error.message}`));
    });
    child.once("close", (code, signal) => {
      stopForwarding();
      resolve(statusOf(code, signal));
    });
  });
}

/** Tells the user something that is not part of the report. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

function statusOf(code, signal) {
  if (code === null) return 128 + os.constants.signals[signal];
  // Windows' own word for a program that Ctrl-C has ended.
  return code === 0xc000013a ? 130 : code;
}

function forwardSignals(child) {
  const timers = [];
  // A terminal sends Ctrl-C to the child as well: it is given time to end in order, and told again only after that.
  const interrupt = () => {
    if (timers.length > 0) return;
    const delay = process.stdin.isTTY || process.platform === "win32" ? 3_000 : 0;
    timers.push(setTimeout(() => child.kill("SIGINT"), delay));
  };
  const handlers = { SIGINT: interrupt, SIGTERM: () => child.kill("SIGTERM"), SIGHUP: () => child.kill("SIGHUP") };
  for (const signal of Object.keys(handlers)) process.on(signal, handlers[signal]);
  return () => {
    timers.forEach(clearTimeout);
    for (const signal of Object.keys(handlers)) process.removeListener(signal, handlers[signal]);
  };
}
