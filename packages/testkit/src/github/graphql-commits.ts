/** Commits that are made by a request, without a clone. */
import { GraphQLError } from "graphql";
import type { Call } from "./call.ts";
import { commitAt, commitInto } from "./git.ts";
import { followBranches } from "./routes/pulls.ts";
import { repositoryNamed } from "./state.ts";

export interface CommitInput {
  readonly branch: { readonly repositoryNameWithOwner?: string; readonly branchName?: string };
  readonly expectedHeadOid: string;
  readonly message: { readonly headline: string; readonly body?: string };
  readonly fileChanges?: { readonly additions?: readonly { readonly path: string; readonly contents: string }[] };
}

/** Commits files to the tip of a branch, if that is still the commit that was expected. */
export function createCommitOnBranch({ state, token }: Call, input: CommitInput): object {
  const { repositoryNameWithOwner: name = "", branchName = "" } = input.branch;
  const repository = repositoryNamed(state, name);
  if (!repository) throw new GraphQLError(`Could not resolve to a Repository with the name '${name}'.`);
  if (token?.contents !== "write") throw new GraphQLError("Resource not accessible by integration");
  if (commitAt(repository.gitDir, `refs/heads/${branchName}`) !== input.expectedHeadOid)
    throw new GraphQLError(
      `Expected branch to point to "${input.expectedHeadOid}" but it did not. Pull and try again.`,
    );
  const files = Object.fromEntries(
    (input.fileChanges?.additions ?? []).map(({ path, contents }) => [path, Buffer.from(contents, "base64")]),
  );
  const words = [input.message.headline, input.message.body ?? ""].filter(part => part !== "").join("\n\n");
  const oid = commitInto(repository.gitDir, branchName, files, repository.defaultBranch, words);
  followBranches(repository);
  return { commit: { oid } };
}
