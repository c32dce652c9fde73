/** Repositories and their pull requests. */
import { page, pullOf, repositoryOf, type Handler } from "../call.ts";
import { complete } from "../description.ts";
import { diffEntryShape, headOf, pullShape, repositoryShape, user } from "../shapes.ts";
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
