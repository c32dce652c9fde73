/** Clones and fetches over HTTP, by git's own server program. */
import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { followBranches } from "./routes/pulls.ts";
import type { State, Token } from "./state.ts";

/** Answers a request below `/owner/name.git/`; true if it was one. */
export function serveGit(
  state: State,
  incoming: IncomingMessage,
  response: ServerResponse,
  token: Token | undefined,
): boolean {
  const { pathname, search } = new URL(incoming.url ?? "/", "http://localhost");
  const [, name, rest] = /^\/([^/]+\/[^/]+)\.git(\/.*)$/.exec(pathname) ?? [];
  if (name === undefined || rest === undefined) return false;
  const moved = state.formerNames.get(name);
  if (moved !== undefined) {
    response.writeHead(301, { location: `/${moved}.git${rest}${search}` }).end();
    return true;
  }
  const repository = state.repositories.get(name);
  if (!repository) return false;
  const isPush = `${rest}${search}`.includes("git-receive-pack");
  if ((repository.isPrivate && !token) || (isPush && token?.access !== "write")) {
    response.writeHead(401, { "www-authenticate": 'Basic realm="GitHub"' }).end();
    return true;
  }
  const child = spawn("git", ["http-backend"], {
    env: {
      PATH: process.env["PATH"],
      GIT_PROJECT_ROOT: repository.gitDir,
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_PROTOCOL: incoming.headers["git-protocol"] as string | undefined,
      PATH_INFO: rest,
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: incoming.method,
      CONTENT_TYPE: incoming.headers["content-type"],
      HTTP_CONTENT_ENCODING: incoming.headers["content-encoding"],
      REMOTE_ADDR: "127.0.0.1",
    },
  });
  incoming.pipe(child.stdin);
  child.stdin.on("error", () => undefined);
  void relay(child.stdout, response, () => {
    if (isPush) followBranches(repository);
  });
  return true;
}

/** A CGI program writes headers, an empty line and the body. */
async function relay(output: AsyncIterable<Buffer>, response: ServerResponse, beforeEnd: () => void): Promise<void> {
  let head = Buffer.alloc(0);
  let isBody = false;
  for await (const chunk of output) {
    if (isBody) {
      response.write(chunk);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) continue;
    const headers = head
      .subarray(0, end)
      .toString()
      .split("\r\n")
      .map(line => line.split(/:\s*/, 2) as [string, string]);
    const status = headers.find(([name]) => name.toLowerCase() === "status")?.[1];
    response.writeHead(
      Number.parseInt(status ?? "200", 10),
      Object.fromEntries(headers.filter(([name]) => name.toLowerCase() !== "status")),
    );
    response.write(head.subarray(end + 4));
    isBody = true;
  }
  beforeEnd();
  response.end();
}

/** Lets a bare repository be cloned in part and pushed to, as GitHub's can. */
export function allowAsGitHub(gitDir: string): void {
  // With our own hands: each setting would be a process.
  appendFileSync(
    join(gitDir, "config"),
    "[uploadpack]\n\tallowFilter = true\n\tallowAnySHA1InWant = true\n[http]\n\treceivepack = true\n",
  );
}
