/** Repositories, pull requests and what git has. */
import { page, pullOf, repositoryOf, type Handler } from "../call.ts";
import { complete } from "../description.ts";
import { notFound } from "../errors.ts";
import { git } from "../git.ts";
import { headOf, pullShape, repositoryShape, user } from "../shapes.ts";
import { actorNamed } from "../state.ts";
import { diffOf } from "../threads.ts";

export const repositoryRoutes: Readonly<Record<string, Handler>> = {
  "get /repos/{owner}/{repo}": call => ({ status: 200, body: repositoryShape(repositoryOf(call), call) }),
  "get /repos/{owner}/{repo}/pulls": call => {
    const repository = repositoryOf(call);
    const state = call.query.get("state") ?? "open";
    const pulls = [...repository.pulls.values()].filter(pull => state === "all" || pull.isOpen === (state === "open"));
    const shapes = pulls.map(pull => pullShape(repository, pull, call, "pull-request-simple"));
    return page(call, shapes, `/repos/${call.params["owner"]}/${call.params["repo"]}/pulls`);
  },
  "get /repos/{owner}/{repo}/pulls/{pull_number}": call => ({
    status: 200,
    body: pullShape(repositoryOf(call), pullOf(call), call, "pull-request"),
  }),
  "get /repos/{owner}/{repo}/pulls/{pull_number}/files": call => {
    const [repository, pull] = [repositoryOf(call), pullOf(call)];
    const files = diffOf(repository, pull).slice(0, call.state.limits.filesInDiff);
    const shapes = files.map(({ path, formerPath, status, additions, deletions, patch, blob }) =>
      complete("diff-entry", {
        sha: blob,
        filename: path,
        status,
        additions,
        deletions,
        changes: additions + deletions,
        ...(patch === undefined ? {} : { patch }),
        ...(formerPath === undefined ? {} : { previous_filename: formerPath }),
      }),
    );
    const { owner, repo } = call.params;
    return page(call, shapes, `/repos/${owner}/${repo}/pulls/${pull.number}/files`);
  },
  "get /repos/{owner}/{repo}/commits/{commit_sha}/pulls": call => {
    const repository = repositoryOf(call);
    const pulls = [...repository.pulls.values()].filter(pull => headOf(repository, pull) === call.params["commit_sha"]);
    const { owner, repo, commit_sha } = call.params;
    const shapes = pulls.map(pull => pullShape(repository, pull, call, "pull-request-simple"));
    return page(call, shapes, `/repos/${owner}/${repo}/commits/${commit_sha}/pulls`);
  },
  "get /repos/{owner}/{repo}/collaborators/{username}/permission": call => {
    const repository = repositoryOf(call);
    const login = call.params["username"] ?? "";
    const permission = repository.owner === login ? "admin" : (repository.permissions.get(login) ?? "read");
    const body = { permission, role_name: permission, user: { ...user(actorNamed(call.state, login)) } };
    return { status: 200, body: complete("repository-collaborator-permission", body) };
  },
  "get /repos/{owner}/{repo}/git/trees/{tree_sha}": call => {
    const { gitDir } = repositoryOf(call);
    const sha = call.params["tree_sha"] ?? "";
    const lines = output(gitDir, ["ls-tree", "-r", "-z", "--long", sha])
      .split("\0")
      .filter(line => line !== "");
    const tree = lines.map(line => {
      const [, mode = "", type = "", object = "", size = "", path = ""] =
        /^(\S+) (\S+) (\S+) +(\S+)\t(.*)$/s.exec(line) ?? [];
      return { path, mode, type, sha: object, ...(size === "-" ? {} : { size: Number(size) }) };
    });
    return { status: 200, body: complete("git-tree", { sha, truncated: false, tree }) };
  },
  "get /repos/{owner}/{repo}/git/blobs/{file_sha}": call => {
    const sha = call.params["file_sha"] ?? "";
    const content = output(repositoryOf(call).gitDir, ["cat-file", "blob", sha]);
    const body = { sha, content: Buffer.from(content).toString("base64"), encoding: "base64", size: content.length };
    return { status: 200, body: complete("blob", body) };
  },
};

function output(gitDir: string, args: readonly string[]): string {
  try {
    return git(gitDir, args);
  } catch {
    throw notFound();
  }
}
