/** The names and addresses that a review's comments use. */
import { shortIds } from "@review/findings";
import { catalogue } from "@review/review";
import type { AnalysedChange } from "../analyse/analyse-change.ts";
import type { Conversation } from "../github/conversation.ts";
import { excerptsOf } from "../plan/excerpts.ts";
import type { CommentWords } from "./comment.ts";

/** The words of comments, with addresses of lines at a commit; `page` is the repository's. */
export function wordsFor(
  page: string,
  { fresh, texts }: AnalysedChange,
  { threads }: Conversation,
): (sha: string) => CommentWords {
  const known = [
    ...fresh.map(({ fingerprint }) => fingerprint),
    ...threads.flatMap(({ fingerprints }) => fingerprints),
  ];
  const ids = shortIds(known.map(fingerprint => ({ fingerprint })));
  const pages = new Map(catalogue().map(({ id, url }) => [id, url]));
  const excerpts = excerptsOf(texts);
  return sha => ({
    excerpts,
    pageOf: ruleId => pages.get(ruleId),
    idOf: fingerprint => ids.get(fingerprint) ?? fingerprint.slice(0, 12),
    permalink: (file, line) => `${page}/blob/${sha}/${file.split("/").map(escaped).join("/")}#L${line}`,
  });
}

/** Parentheses end an address in Markdown. */
function escaped(part: string): string {
  return encodeURIComponent(part).replace(/[()'!*~]/g, mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
