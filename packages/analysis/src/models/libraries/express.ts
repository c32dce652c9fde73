/** Express: version 4 leaves the promises of its handlers alone, version 5 passes their rejections on. */
import type { ArgumentFacts, Facts, Library, Model } from "../facts.ts";
import { EFFECT, exportsOf, FRESH, packageMembersOf, PURE } from "../rows.ts";

const DECLARED_IN = "express-serve-static-core";
const METHODS = "all get post put delete patch options head";
const HANDLER: ArgumentFacts = { called: "many", when: "later", uses: ["stored"] };
const VERSION_4: NonNullable<Model["where"]> = { type: "Response", has: "sendfile" };
const VERSION_5: NonNullable<Model["where"]> = { type: "Response", lacks: "sendfile" };

export const express: Library = {
  name: "express",
  versions: ">=4 <6",
  models: [
    ...handlers({ ...HANDLER, promise: "ignored" }, VERSION_4),
    ...handlers({ ...HANDLER, promise: "awaited" }, VERSION_5),
    ...packageMembersOf(DECLARED_IN, "Response", "send json jsonp sendStatus render redirect sendFile download", {
      ...EFFECT,
      response: "ends",
    }),
    ...packageMembersOf(
      DECLARED_IN,
      "Response",
      "status set header type contentType cookie clearCookie vary links attachment location append",
      { ...EFFECT, response: "writes", returns: { same: "receiver" } },
    ),
    ...packageMembersOf(DECLARED_IN, "Request", "get header", { ...PURE, returns: { absent: "undefined" } }),
    ...packageMembersOf(DECLARED_IN, "Request", "accepts is", PURE),
    ...packageMembersOf(DECLARED_IN, "Application", "listen set enable disable", EFFECT),
    exportsOf("express", "default Router", { ...FRESH }),
    exportsOf("express", "json urlencoded static text raw", FRESH),
  ],
};

function handlers(handler: ArgumentFacts, where: Model["where"]): readonly Model[] {
  const facts: Facts = { ...EFFECT, returns: { same: "receiver" }, takes: { "*": handler } };
  return [
    ...packageMembersOf(DECLARED_IN, "IRouter IRoute", METHODS, facts),
    ...packageMembersOf(DECLARED_IN, "IRouter Application", "use", facts),
    ...packageMembersOf(DECLARED_IN, "Application", "get", facts),
  ].map(model => ({ ...model, ...(where && { where }) }));
}
