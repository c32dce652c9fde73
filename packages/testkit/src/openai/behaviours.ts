/** Behaviours: what the server does with each request, and ways to put them together. */
import { answer, error, faults, refusedField, type Reply } from "./replies.ts";
import type { ModelRequest } from "./request.ts";
import { countTokens } from "./shapes.ts";

/** Decides what happens to a request. */
export type Behaviour = (request: ModelRequest) => Reply | Promise<Reply>;

/**
 * Answers our own prompt with sense: advice in the words of the rule's page, or a fix when the wanted text occurs
 * exactly once in the code that was sent.
 */
export function sensible(edit?: { readonly find: string; readonly replace: string }): Behaviour {
  return ({ turns }) => {
    const prompt = turns[0]?.text ?? "";
    const repair = /^How to repair: (.*)$/m.exec(prompt)?.[1] ?? "Nothing is known about this finding.";
    const code = /kind="code">\n.*\n([\s\S]*?)\n<\/data-/.exec(prompt)?.[1] ?? "";
    const plain = code.replace(/^\d+\| ?/gm, "");
    const fits = edit !== undefined && plain.split(edit.find).length === 2;
    return fits
      ? answer({ decision: "fix", title: "Repair as the rule says", explanation: repair, edits: [edit] })
      : answer({ decision: "advice", explanation: repair });
  };
}

/** One reply after the other; the last one stays. */
export function inTurn(...replies: readonly [Reply, ...Reply[]]): Behaviour {
  const later = replies.slice(1);
  let now = replies[0];
  return () => {
    const reply = now;
    now = later.shift() ?? now;
    return reply;
  };
}

/** A server that refuses a field, at the top or one level down ("text.verbosity"). */
export function refusing(name: string, status: 400 | 422, otherwise: Behaviour): Behaviour {
  const path = name.split(".");
  return request => {
    const value = path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], request.body);
    return value === undefined ? otherwise(request) : refusedField(name, status);
  };
}

/** A server whose model takes so many tokens, question and answer together, and that complains of more in the given way. */
export function withWindow(tokens: number, complain: (asked: number) => Reply, otherwise: Behaviour): Behaviour {
  return request => {
    const asked = countTokens(request, "", false).inputTokens + (request.outputLimit ?? 0);
    return asked > tokens ? complain(asked) : otherwise(request);
  };
}

/** A server without the Responses API. */
export function chatOnly(otherwise: Behaviour): Behaviour {
  return request => (request.api === "responses" ? faults["no-endpoint"] : otherwise(request));
}

/** A server that takes no JSON schema, and, if so told, no JSON mode either. */
export function withoutSchema(otherwise: Behaviour, also: "json_object" | "nothing" = "nothing"): Behaviour {
  return request => {
    if (request.format === "text" || (request.format === "json_object" && also === "nothing"))
      return otherwise(request);
    return error(400, `response_format type ${request.format} is not supported by this model`);
  };
}
