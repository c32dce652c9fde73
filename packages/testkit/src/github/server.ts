/** A GitHub for tests: real HTTP on the loopback interface, real git behind it, state that reviews and pushes change. */
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allowAsGitHub } from "./git-http.ts";
import { git } from "./git.ts";
import { handle, type Exchange, type Fault, type Seen } from "./http.ts";
import { openHub, type Hub } from "./hub.ts";
import { actorNamed, nextId, type Limits, type Permission, type Repository, type State } from "./state.ts";

export interface RepositoryOptions {
  readonly isPrivate?: boolean;
  /** By login. */
  readonly permissions?: Readonly<Record<string, Permission>>;
}

export interface GitHubServer {
  /** Address of the API, without a slash at the end. */
  readonly url: string;
  /** The same server as GitHub Enterprise serves it. */
  readonly enterpriseUrl: string;
  readonly seen: readonly Seen[];
  /** What was not as GitHub's description has it, on either side; empty in the end. */
  readonly wrong: readonly string[];
  readonly limits: Limits;
  readonly app: { readonly id: number; readonly slug: string; readonly privateKey: string };
  /** An empty repository, named `owner/name`. */
  createRepository(name: string, options?: RepositoryOptions): Hub;
  createToken(login: string, access?: "write" | "read"): string;
  /** Asked before each request; what it gives is the answer. */
  fail(fault: Fault | undefined): void;
  /** The state itself, for what no request can do. */
  readonly state: State;
  close(): Promise<void>;
}

/** Starts the server on a free port. */
export async function startGitHubServer(): Promise<GitHubServer> {
  const folder = realpathSync.native(mkdtempSync(join(tmpdir(), "review-hub-")));
  const { privateKey, publicKey } = appKeys();
  const state = newState(publicKey);
  const exchange: Exchange = { state, seen: [], wrong: [], fault: undefined, origin: () => url };
  const server = createServer((incoming, response) => {
    handle(exchange, incoming, response).catch((cause: unknown) => response.destroy(cause as Error));
  });
  // A test that starts a process blocks its own server for a while; an idle connection must not be taken for a dead one then.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    enterpriseUrl: `${url}/api/v3`,
    seen: exchange.seen,
    wrong: exchange.wrong,
    limits: state.limits,
    app: { id: state.app.id, slug: state.app.slug, privateKey },
    state,
    createRepository: (name, options = {}) => openHub(state, newRepository(state, folder, name, options)),
    createToken: (login, access = "write") => {
      const token = `ghs_${randomBytes(24).toString("base64url")}`;
      state.tokens.set(token, {
        actor: actorNamed(state, login),
        access,
        contents: access,
        expiresAt: state.now() + 3_600_000,
      });
      return token;
    },
    fail: fault => {
      exchange.fault = fault;
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => {
          rmSync(folder, { recursive: true, force: true });
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

interface Keys {
  readonly privateKey: string;
  readonly publicKey: string;
}

let keys: Keys | undefined;

/** One pair a process: to make one takes longer than all else that a server does when it starts. */
function appKeys(): Keys {
  return (keys ??= generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }));
}

function newState(publicKey: string): State {
  return {
    repositories: new Map(),
    formerNames: new Map(),
    actors: new Map(),
    tokens: new Map(),
    deliveries: [],
    archivePasses: new Map(),
    limits: {
      contentPerMinute: 10_000,
      retryAfter: 1,
      filesInDiff: 3_000,
      entriesInTree: 100_000,
      brokenArchives: 0,
      mayResolve: true,
    },
    app: { id: 4242, slug: "review-app", publicKey, contents: "read" },
    created: [],
    now: () => Date.now(),
    // As large as GitHub's are by now: more than 32 bits.
    nextId: 3_000_000_000,
  };
}

function newRepository(state: State, folder: string, fullName: string, options: RepositoryOptions): Repository {
  const [owner = "", name = ""] = fullName.split("/");
  const gitDir = join(folder, `${owner}+${name}.git`);
  mkdirSync(gitDir);
  git(gitDir, ["init", "-q", "--bare", "-b", "main"]);
  allowAsGitHub(gitDir);
  const repository: Repository = {
    id: nextId(state),
    owner,
    name,
    gitDir,
    isPrivate: options.isPrivate ?? false,
    defaultBranch: "main",
    permissions: new Map(Object.entries(options.permissions ?? {})),
    pulls: new Map(),
    checkRuns: [],
    sarifs: [],
    diffs: new Map(),
    installationId: nextId(state),
    linesInPatch: 20_000,
  };
  state.repositories.set(fullName, repository);
  return repository;
}
