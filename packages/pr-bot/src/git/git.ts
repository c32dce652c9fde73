/**
 * Runs git so that nothing which a repository holds can run anything: no hooks, no monitors, no helpers, no drivers, no
 * submodules, no protocols but those of the remote. Credentials are handed over in the environment of the one process that needs them.
 */
import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";

export interface GitOptions {
  readonly signal?: AbortSignal | undefined;
  readonly input?: string | undefined;
  /** The value of the header `Authorization` for requests to the remote. */
  readonly authorization?: { readonly url: string; readonly value: string } | undefined;
  /** Milliseconds after which git is ended; ten minutes if absent. */
  readonly timeoutMs?: number | undefined;
  /** Bytes of output after which git is ended. */
  readonly maxBytes?: number | undefined;
}

/** Git failed; the message is what it said, without addresses' user names and passwords. */
export class GitError extends Error {
  override readonly name = "GitError";
}

const SETTINGS = [
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "core.quotePath=false",
  "core.symlinks=false",
  "core.protectNTFS=true",
  "core.sshCommand=false",
  "credential.helper=",
  "fetch.recurseSubmodules=false",
  "gc.auto=0",
  "maintenance.auto=false",
  "protocol.ext.allow=never",
  "submodule.recurse=false",
  "transfer.fsckObjects=true",
].flatMap(setting => ["-c", setting]);

/** What git writes, as bytes; rejects with a `GitError`. */
export async function gitBytes(folder: string, args: readonly string[], options: GitOptions = {}): Promise<Buffer> {
  const { signal, input, timeoutMs = 600_000, maxBytes = 1 << 30 } = options;
  signal?.throwIfAborted();
  const program = await findGit();
  const child = spawn(program, ["-C", folder, ...SETTINGS, ...args], {
    env: environment(options),
    stdio: ["pipe", "pipe", "pipe"],
    windowsHide: true,
  });
  const end = (): void => void child.kill("SIGKILL");
  const timer = setTimeout(end, timeoutMs);
  signal?.addEventListener("abort", end, { once: true });
  const complaint = collect(child.stderr, 64 * 1024);
  const output = collect(child.stdout, maxBytes, end);
  child.stdin.on("error", () => undefined).end(input ?? "");
  try {
    const code = await new Promise<number | null>((done, fail) => child.once("error", fail).once("close", done));
    signal?.throwIfAborted();
    if (code === 0) return output();
    throw new GitError(
      `git ${args[0] ?? ""} failed: ${withoutSecrets(complaint().toString("utf8")) || `ended (${code})`}`,
    );
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
  }
}

/** What git writes, as text. */
export async function git(folder: string, args: readonly string[], options: GitOptions = {}): Promise<string> {
  return (await gitBytes(folder, args, options)).toString("utf8");
}

function collect(stream: NodeJS.ReadableStream, most: number, tooMuch?: () => void): () => Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
    else tooMuch?.();
  });
  return () => Buffer.concat(chunks);
}

function withoutSecrets(text: string): string {
  return text
    .trim()
    .replace(/\/\/[^/@\s]+@/g, "//")
    .replace(/\s*\n\s*/g, " ")
    .slice(0, 500);
}

/** Nothing of the bot's own environment: it holds keys, and variables of git that would tie it to another repository. */
const KEPT = [
  "PATH",
  "SystemRoot",
  "TEMP",
  "TMP",
  "TMPDIR",
  "LANG",
  "HTTPS_PROXY",
  "HTTP_PROXY",
  "NO_PROXY",
  "https_proxy",
  "http_proxy",
  "no_proxy",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "GIT_SSL_CAINFO",
  "NODE_EXTRA_CA_CERTS",
];

function environment({ authorization }: GitOptions): NodeJS.ProcessEnv {
  const kept = KEPT.flatMap(name => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]));
  const header = authorization && {
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `http.${authorization.url}.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: ${authorization.value}`,
  };
  return {
    ...Object.fromEntries(kept),
    ...header,
    GIT_CONFIG_GLOBAL: process.platform === "win32" ? "NUL" : "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_ASKPASS: "",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_ALLOW_PROTOCOL: "https:http:file",
    HOME: "/nonexistent",
    LC_ALL: "C",
  };
}

let found: string | undefined;

/** Windows would look into the current folder first, where a pull request may have put a program of this name. */
async function findGit(): Promise<string> {
  const name = process.platform === "win32" ? "git.exe" : "git";
  for (const folder of found === undefined ? (process.env["PATH"] ?? "").split(delimiter) : []) {
    const file = join(folder, name);
    if (isAbsolute(folder) && (await isRunnable(file))) return (found = file);
  }
  if (found === undefined) throw new GitError("git is not installed: install it, or put it on the path.");
  return found;
}

function isRunnable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
