/** The server that GitHub leads to for an archive; all that it wants is the pass in the address. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { gitBytes } from "./git.ts";
import type { Exchange } from "./http.ts";

/** Answers a request for an archive; true if it was one. */
export function serveArchive(
  { state, seen, wrong }: Exchange,
  incoming: IncomingMessage,
  response: ServerResponse,
): boolean {
  const { pathname, searchParams } = new URL(incoming.url ?? "/", "http://localhost");
  if (!pathname.startsWith("/codeload/")) return false;
  const { authorization = "", accept = "" } = incoming.headers;
  if (authorization !== "") wrong.push(`GET ${pathname}: the token was told to another server`);
  const wanted = state.archivePasses.get(searchParams.get("token") ?? "");
  const status = wanted ? 200 : 404;
  seen.push({ method: "GET", path: pathname, body: {}, status, authorization, accept });
  response.writeHead(status, wanted ? { "content-type": "application/x-gzip" } : {});
  if (!wanted) response.end();
  else if (state.limits.brokenArchives > 0) {
    state.limits.brokenArchives--;
    const packed = archiveOf(pathname, wanted);
    response.write(packed.subarray(0, packed.length / 2), () => response.destroy());
  } else response.end(archiveOf(pathname, wanted));
  return true;
}

/** Everything is in one folder, which has its name of the repository and the commit. */
function archiveOf(pathname: string, { gitDir, commit }: { readonly gitDir: string; readonly commit: string }): Buffer {
  const name = pathname.split("/").slice(2, 4).join("-");
  return gitBytes(gitDir, ["archive", "--format=tar.gz", `--prefix=${name}-${commit.slice(0, 7)}/`, commit]);
}
