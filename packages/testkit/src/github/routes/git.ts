/** What git has: trees, contents, branches and comparisons, and the way to archives. */
import { randomBytes } from "node:crypto";
import { repositoryOf, writer, type Call, type Handler } from "../call.ts";
import { complete } from "../description.ts";
import { threeDotDiff } from "../diff.ts";
import { notFound, Refusal } from "../errors.ts";
import { git, gitBytes } from "../git.ts";
import { diffEntryShape, fullName } from "../shapes.ts";

export const gitRoutes: Readonly<Record<string, Handler>> = {
  "get /repos/{owner}/{repo}/git/trees/{tree_sha}": call => {
    const { gitDir } = repositoryOf(call);
    const sha = call.params["tree_sha"] ?? "";
    const deep = call.query.has("recursive") ? ["-r", "-t"] : [];
    const entries = output(gitDir, ["ls-tree", ...deep, "-z", "--long", sha])
      .split("\0")
      .slice(0, -1);
    const most = call.state.limits.entriesInTree;
    const tree = entries.slice(0, most).map(line => {
      const [, mode = "", type = "", object = "", size = "", path = ""] =
        /^(\S+) (\S+) (\S+) +(\S+)\t(.*)$/s.exec(line) ?? [];
      return { path, mode, type, sha: object, ...(size === "-" ? {} : { size: Number(size) }) };
    });
    return { status: 200, body: complete("git-tree", { sha, truncated: entries.length > most, tree }) };
  },
  "get /repos/{owner}/{repo}/git/blobs/{file_sha}": call => {
    const sha = call.params["file_sha"] ?? "";
    const content = bytes(repositoryOf(call).gitDir, ["cat-file", "blob", sha]);
    const body = { sha, content: content.toString("base64"), encoding: "base64", size: content.length };
    return { status: 200, body: complete("blob", body) };
  },
  "delete /repos/{owner}/{repo}/git/refs/{ref}": call => {
    const repository = repositoryOf(call);
    writer(call);
    const ref = call.params["ref"] ?? "";
    if (!hasRef(repository.gitDir, `refs/${ref}`))
      throw new Refusal(422, {
        message: "Reference does not exist",
        documentation_url: "https://docs.github.com/rest",
      });
    git(repository.gitDir, ["update-ref", "-d", `refs/${ref}`]);
    for (const pull of repository.pulls.values()) if (`heads/${pull.headRef}` === ref) pull.isOpen = false;
    return { status: 204 };
  },
  "get /repos/{owner}/{repo}/compare/{basehead}": compare,
  "get /repos/{owner}/{repo}/tarball/{ref}": call => {
    const repository = repositoryOf(call);
    const commit = output(repository.gitDir, ["rev-parse", "--verify", `${call.params["ref"] ?? ""}^{commit}`]).trim();
    const pass = randomBytes(12).toString("base64url");
    call.state.archivePasses.set(pass, { gitDir: repository.gitDir, commit });
    // Another server in the eyes of a client: what it knows of this one must not go there.
    const server = call.origin.replace("127.0.0.1", "localhost");
    return {
      status: 302,
      headers: { location: `${server}/codeload/${fullName(repository)}/legacy.tar.gz/${commit}?token=${pass}` },
    };
  },
};

/** The list of files is on the first page alone. */
function compare(call: Call): ReturnType<Handler> {
  const { gitDir } = repositoryOf(call);
  const [base = "", head = ""] = (call.params["basehead"] ?? "").split("...");
  const from = output(gitDir, ["merge-base", base, head]).trim();
  const count = (range: string): readonly string[] =>
    output(gitDir, ["rev-list", "--reverse", range]).split("\n").slice(0, -1);
  const [ahead, behind] = [count(`${from}..${head}`), count(`${from}..${base}`)];
  const [size, page] = [Number(call.query.get("per_page") ?? 250), Number(call.query.get("page") ?? 1)];
  const body = complete("commit-comparison", {
    base_commit: { sha: base },
    merge_base_commit: { sha: from },
    status: ahead.length > 0 ? (behind.length > 0 ? "diverged" : "ahead") : behind.length > 0 ? "behind" : "identical",
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: ahead.slice((page - 1) * size, page * size).map(sha => complete("commit", { sha })),
    files: page > 1 ? [] : threeDotDiff(gitDir, base, head).slice(0, 300).map(diffEntryShape),
  });
  return { status: 200, body };
}

function hasRef(gitDir: string, ref: string): boolean {
  return git(gitDir, ["for-each-ref", "--format=%(refname)", ref]).trim() === ref;
}

function output(gitDir: string, args: readonly string[]): string {
  return bytes(gitDir, args).toString("utf8");
}

function bytes(gitDir: string, args: readonly string[]): Buffer {
  try {
    return gitBytes(gitDir, args);
  } catch {
    throw notFound();
  }
}
