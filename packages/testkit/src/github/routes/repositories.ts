/** Repositories and their pull requests. */
import { page, pullOf, repositoryOf, type Answer, type Handler } from "../call.ts";
import { complete } from "../description.ts";
import { tooLarge } from "../errors.ts";
import { git } from "../git.ts";
import { baseOf, diffEntryShape, headOf, pullShape, repositoryShape, user } from "../shapes.ts";
import { actorNamed, type Pull, type Repository } from "../state.ts";
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
  "get /repos/{owner}/{repo}/pulls/{pull_number}": call => {
    const [repository, pull] = [repositoryOf(call), pullOf(call)];
    if (/\bgithub(?:\.v3)?\.diff\b/.test(call.accept)) return wholeDiff(repository, pull);
    return { status: 200, body: pullShape(repository, pull, call, "pull-request") };
  },
  "get /repos/{owner}/{repo}/pulls/{pull_number}/files": call => {
    const [repository, pull] = [repositoryOf(call), pullOf(call)];
    const files = diffOf(repository, pull).slice(0, call.state.limits.filesInDiff);
    const shapes = files.map(diffEntryShape);
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
};

const MOST_FILES = 300;
const MOST_LINES = 20_000;

/** The diff as one text, which GitHub gives of a small one alone. */
function wholeDiff(repository: Repository, pull: Pull): Answer {
  const files = diffOf(repository, pull);
  if (files.length > MOST_FILES) throw tooLarge("files", MOST_FILES);
  const range = `${baseOf(repository, pull)}...${headOf(repository, pull)}`;
  const text = git(repository.gitDir, [
    "diff",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--find-renames",
    range,
  ]);
  if (text.split("\n").length > MOST_LINES) throw tooLarge("lines", MOST_LINES);
  return { status: 200, text, headers: { "content-type": "application/vnd.github.diff; charset=utf-8" } };
}
