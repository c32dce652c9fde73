/** The server as an operator starts it: a process of its own, with a database in a folder or at an address. */
import { createHash, createHmac, randomUUID } from "node:crypto";
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import {
  createWorkingCopy,
  startGitHubServer,
  type GitHubServer,
  type Hub,
  type WorkingCopy,
} from "@review/testkit/github";
import { openEmbedded } from "../dist/serve/embedded.js";
import { openQueue } from "../dist/serve/queue.js";
import { MAIN, TSCONFIG, warning } from "./scene.ts";

export const SECRET = "It's a Secret to Everybody";

export interface Bot {
  readonly url: string;
  readonly pid: number;
  readonly log: () => string;
  /** Sends a signal and waits for the end; gives the exit code. */
  readonly end: (signal: "SIGKILL" | "SIGTERM") => Promise<number | null>;
}

export interface Yard {
  readonly github: GitHubServer;
  readonly hub: Hub;
  readonly copy: WorkingCopy;
  readonly dataDir: string;
  /** What the servers complained of. */
  readonly complaints: () => string;
  readonly start: (env?: Readonly<Record<string, string>>) => Promise<Bot>;
  /** Makes or moves a branch with one finding in a file of its own, in this repository or another one. */
  readonly push: (branch: string, lines?: number, into?: Hub) => void;
}

type Clean = () => Promise<void>;

/** A GitHub with a repository, and what it takes to start servers for it: for one test, unless somebody else clears it away. */
export async function yard(onEnd: (clean: Clean) => void = onTestFinished): Promise<Yard> {
  const github = await startGitHubServer();
  const copy = createWorkingCopy();
  const dataDir = mkdtempSync(join(tmpdir(), "review-data-"));
  const bots: Bot[] = [];
  onEnd(async () => {
    await Promise.all(bots.map(bot => bot.end("SIGKILL")));
    copy.remove();
    rmSync(dataDir, { recursive: true, force: true });
    await github.close();
  });
  const hub = github.createRepository("acme/shop", { isPrivate: true, permissions: { mia: "write" } });
  copy.commit("main", {
    "tsconfig.json": TSCONFIG,
    "package.json": '{ "type": "module" }',
    "sound.ts": "export const answer = 42;\n",
  });
  copy.pushTo(hub.gitDir);
  return {
    ...{ github, hub, copy, dataDir },
    complaints: () =>
      bots
        .flatMap(bot => bot.log().split("\n"))
        .filter(line => /"level":"(?:error|fatal)"/.test(line))
        .join("\n")
        .slice(0, 8_000),
    push: (branch, lines = 0, into = hub) => {
      into.commit(branch, { [`${branch}.ts`]: "\n".repeat(lines) + warning(branch.replaceAll("-", "")) });
    },
    start: async (env = {}) => {
      if (env["DATABASE_URL"] === undefined && !existsSync(join(dataDir, "db"))) await layDatabase(dataDir);
      const bot = await startBot({
        PORT: "0",
        GITHUB_APP_ID: String(github.app.id),
        GITHUB_PRIVATE_KEY: github.app.privateKey,
        GITHUB_WEBHOOK_SECRET: SECRET,
        GITHUB_API_URL: github.url,
        GITHUB_SERVER_URL: github.url,
        REVIEW_DATA_DIR: dataDir,
        REVIEW_WRITE_PAUSE_MS: "0",
        ...env,
      });
      bots.push(bot);
      return bot;
    },
  };
}

async function startBot(env: Readonly<Record<string, string>>): Promise<Bot> {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(OPENAI_|REVIEW_|GITHUB_|DATABASE_|NODE_OPTIONS$)/.test(name),
  );
  const child = spawn(process.execPath, [MAIN, "serve"], {
    env: { ...Object.fromEntries(own), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  child.stdout.on("data", (chunk: Buffer) => (log += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
  const ended = new Promise<number | null>(done => child.once("close", done));
  const port = await until(() => {
    if (child.exitCode !== null) throw new Error(`The server ended (${child.exitCode}): ${log}`);
    return /"address":\{"address":"[^"]*","family":"[^"]*","port":(\d+)\}/.exec(log)?.[1];
  });
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    log: () => log,
    end: signal => {
      child.kill(signal);
      return ended;
    },
  };
}

/**
 * A new embedded database is made in twelve seconds of a core, and each is like the other: one is kept, of the versions that make it,
 * and copied. The copy is what a server finds that has been stopped before it got anything to do.
 */
export async function layDatabase(dataDir: string): Promise<void> {
  const lock = readFileSync(new URL("../../../pnpm-lock.yaml", import.meta.url));
  const schema = readFileSync(new URL("../dist/serve/database.js", import.meta.url));
  const name = createHash("sha256").update(lock).update(schema).digest("hex").slice(0, 16);
  const cache = fileURLToPath(new URL("../node_modules/.cache/embedded/", import.meta.url));
  const kept = join(cache, name);
  if (!existsSync(kept) && !claim(`${kept}.claim`)) await until(() => existsSync(kept));
  if (!existsSync(kept)) {
    const made = mkdtempSync(join(cache, "new-"));
    const database = await openEmbedded(made);
    const queue = await openQueue(database, { lostSeconds: 60, onError: error => console.error(error) });
    await queue.stop(1_000);
    await database.close();
    renameSync(made, kept);
  }
  cpSync(join(kept, "db"), join(dataDir, "db"), { recursive: true });
}

/** Whether this process is the one to make something; a claim that is minutes old is of one that was ended. */
function claim(file: string): boolean {
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file) && Date.now() - statSync(file).mtimeMs > 120_000) rmSync(file);
  try {
    writeFileSync(file, "", { flag: "wx" });
    return true;
  } catch {
    return false;
  }
}

/** One for all tests of a file, since a new database takes seconds; for `beforeAll`. */
export async function sharedYard(begin: (it: Yard) => Promise<void> | void): Promise<Clean> {
  let clean: Clean = () => Promise.resolve();
  const it = await yard(end => (clean = end));
  await begin(it);
  return clean;
}

/** Waits until something is there. */
export async function until<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
  seconds = 240,
): Promise<T> {
  const end = Date.now() + seconds * 1_000;
  while (Date.now() < end) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await new Promise(done => setTimeout(done, 50));
  }
  throw new Error(`It did not come: ${look.toString()}`);
}

/** A connection for one request: the server ends one that is idle for seconds, and a test that waits for git does not see that. */
const ALONE = { connection: "close" };

export interface DeliveryOptions {
  readonly guid?: string;
  /** The header, where it is not the right one; null: none. */
  readonly signature?: string | null;
}

/** Delivers an event as GitHub does; gives the status. */
export async function deliver(
  { url }: Pick<Bot, "url">,
  event: string,
  payload: object | string,
  { guid = randomUUID(), signature }: DeliveryOptions = {},
): Promise<number> {
  const body = typeof payload === "string" ? payload : JSON.stringify(payload);
  const right = `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`;
  const header = signature === null ? {} : { "x-hub-signature-256": signature ?? right };
  const response = await fetch(`${url}/webhooks`, {
    method: "POST",
    headers: {
      ...ALONE,
      "content-type": "application/json",
      "x-github-event": event,
      "x-github-delivery": guid,
      ...header,
    },
    body,
  });
  await response.text();
  return response.status;
}

/** The number behind a line of metrics. */
export async function metric({ url }: Bot, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`, { headers: ALONE })).text();
  return Number(
    text
      .split("\n")
      .find(line => line.startsWith(`${name} `))
      ?.slice(name.length + 1) ?? 0,
  );
}
