/** Resolves threads, opens them again and hides their comments. */
import type { Client } from "./client.ts";

const MUTATIONS = {
  resolve: "mutation($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }",
  unresolve: "mutation($id: ID!) { unresolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }",
  minimize:
    "mutation($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { minimizedComment { isMinimized } } }",
};

/** Carries out one change; false where the token must not, since some may write comments and not resolve threads. */
export async function changeThread(client: Client, change: keyof typeof MUTATIONS, id: string): Promise<boolean> {
  try {
    await client.graphql(MUTATIONS[change], { id });
    return true;
  } catch (error) {
    if (error instanceof Error && /not accessible|forbidden|permission/i.test(error.message)) return false;
    throw error;
  }
}
