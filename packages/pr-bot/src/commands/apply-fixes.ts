/** Commits the verified fixes to the pull request's branch, in one commit that GitHub makes and signs; nothing is checked out. */
import { settingsAt } from "../analyse/settings.ts";
import { readConversation } from "../github/conversation.ts";
import { refusalOf } from "../github/failures.ts";
import { readPull, type PullFacts, type Target } from "../github/target.ts";
import { applicableFix, appliedFixes, type Applied } from "../plan/applied.ts";
import { rejectedIn } from "../plan/reconcile.ts";
import { isAtLeast } from "../plan/reported.ts";
import type { Repository } from "../repository.ts";
import { analyseHead, type ReviewTools } from "../review-tools.ts";
import { codeSpan } from "../words/safe-text.ts";

/** Applies what the comments of the newest head offer; gives why nothing was done, in words for the conversation. */
export async function applyVerifiedFixes(tools: ReviewTools): Promise<string | undefined> {
  const { target, marker } = tools;
  const pull = await readPull(target);
  if (!pull.isOpen) return "The pull request is closed.";
  if (pull.isFork)
    return "The branch is in a fork, where I may not write. `review --fix-verified` does the same on your machine.";
  const opened = await tools.open(pull);
  const base = await settingsAt(opened.repository, pull.base);
  const { threads, sticky } = await readConversation(target, marker);
  const rejected = rejectedIn({ threads, dismissed: new Set(sticky?.mark.dismissed) });
  const change = await analyseHead(tools, opened, base, pull, finding =>
    rejected.has(finding.fingerprint) || !isAtLeast(finding.severity, base.settings.minSeverity)
      ? undefined
      : applicableFix(finding),
  );
  // Each was verified alone; what is committed has been as a whole.
  const applied = appliedFixes(
    change.fresh.filter(({ fingerprint }) => change.proven?.has(fingerprint) === true),
    change.texts,
  );
  const files = await contentsOf(opened.repository, pull.head, applied.texts, change.texts);
  if (files.length === 0) return "No finding has a verified fix that I could commit.";
  return commit(target, pull, applied, files);
}

interface NewFile {
  readonly path: string;
  readonly content: Buffer;
}

/** With the byte-order mark that analysed texts are without; a file that is not the text that was analysed is left alone. */
async function contentsOf(
  repository: Repository,
  head: string,
  changed: ReadonlyMap<string, string>,
  analysed: ReadonlyMap<string, string>,
): Promise<readonly NewFile[]> {
  // GitHub would take away the right of others to be run.
  const blobs = (await repository.list(head)).filter(({ path, mode }) => changed.has(path) && mode === "100644");
  const files: NewFile[] = [];
  await repository.read(head, blobs, (path, content) => {
    const before = content.toString("utf8");
    const mark = before.startsWith(MARK) ? MARK : "";
    const isKnown = Buffer.from(before).equals(content) && before === mark + (analysed.get(path) ?? "");
    if (isKnown) files.push({ path, content: Buffer.from(mark + (changed.get(path) ?? "")) });
    return Promise.resolve();
  });
  return files.length === changed.size ? files : [];
}

const MARK = "\uFEFF";

const COMMIT = `mutation($branch: CommittableBranch!, $head: GitObjectID!, $message: CommitMessage!, $files: FileChanges!) {
  createCommitOnBranch(input: { branch: $branch, expectedHeadOid: $head, message: $message, fileChanges: $files }) { commit { oid } }
}`;

/** Refused as a whole where the branch has moved on. */
async function commit(
  { client, owner, repo }: Target,
  { head, headRef }: PullFacts,
  { findings }: Applied,
  files: readonly NewFile[],
): Promise<string | undefined> {
  try {
    await client.graphql(COMMIT, {
      branch: { repositoryNameWithOwner: `${owner}/${repo}`, branchName: headRef },
      head,
      message: { headline: findings.length === 1 ? "Apply a verified fix" : `Apply ${findings.length} verified fixes` },
      files: { additions: files.map(({ path, content }) => ({ path, contents: content.toString("base64") })) },
    });
    return undefined;
  } catch (error) {
    const words = refusalOf(error);
    if (words === undefined) throw error;
    return `GitHub did not take the commit: ${codeSpan(words.slice(0, 300))}`;
  }
}
