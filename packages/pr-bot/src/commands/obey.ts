/** What becomes of an order: it is carried out, and where a review is to follow, the tools for that are given. */
import { settingsOf } from "../review-pull.ts";
import type { ReviewTools } from "../review-tools.ts";
import { applyVerifiedFixes } from "./apply-fixes.ts";
import { answer, carryOut, type Order } from "./carry-out.ts";

/** Does what is asked; undefined where no review is to follow. */
export async function obey(order: Order, tools: ReviewTools): Promise<ReviewTools | undefined> {
  const after = await carryOut(order, { ...tools, settings: () => settingsOf(tools) });
  switch (after) {
    case "refused":
      tools.onNote?.(`/review ${order.command.name}: @${order.author.login} may not ask for this.`);
      return undefined;
    case "nothing":
      return undefined;
    case "review":
      if (order.command.name !== "suggest" || tools.modelFor) return tools;
      await answer(tools.target, "No model is set up here that I could ask.");
      return undefined;
    case "review-and-dismiss":
      return { ...tools, dismissesAll: true };
    case "apply": {
      const objection = await applyVerifiedFixes(tools);
      if (objection !== undefined) await answer(tools.target, objection);
      // Of a commit that a workflow has made GitHub tells nobody.
      return objection === undefined ? tools : undefined;
    }
  }
}
