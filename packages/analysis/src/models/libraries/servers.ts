/** Web servers that wait for the promises of their handlers. */
import type { ArgumentFacts, Facts, Library } from "../facts.ts";
import { ASKS, EFFECT, exportsOf, FRESH, packageMembersOf, PURE } from "../rows.ts";

const HANDLER: ArgumentFacts = { called: "many", when: "later", promise: "awaited", uses: ["stored"] };
const ROUTES: Facts = { ...EFFECT, returns: { same: "receiver" }, takes: { "*": HANDLER } };
const ENDS: Facts = { ...EFFECT, response: "ends" };
const WRITES: Facts = { ...EFFECT, response: "writes", returns: { same: "receiver" } };

export const fastify: Library = {
  name: "fastify",
  versions: ">=4 <6",
  models: [
    exportsOf("fastify", "default fastify", { ...EFFECT, returns: { fresh: true } }),
    ...packageMembersOf("fastify", "FastifyInstance", "get head post put delete options patch all", ROUTES),
    ...packageMembersOf("fastify", "FastifyInstance", "addHook setErrorHandler setNotFoundHandler", ROUTES),
    ...packageMembersOf("fastify", "FastifyInstance", "register", { ...ROUTES, mayFloat: true }),
    ...packageMembersOf("fastify", "FastifyInstance", "listen close", ASKS),
    ...packageMembersOf("fastify", "FastifyReply", "send", { ...ENDS, returns: { same: "receiver" } }),
    ...packageMembersOf("fastify", "FastifyReply", "redirect", { ...ENDS, returns: { same: "receiver" } }),
    ...packageMembersOf("fastify", "FastifyReply", "code status header headers type", WRITES),
    ...packageMembersOf("fastify", "FastifyReply", "hijack", ENDS),
  ],
};

/** Koa's response is a set of properties that may be written many times, so nothing here ends it. */
export const koa: Library = {
  name: "koa",
  versions: ">=2 <4",
  models: [
    ...packageMembersOf("koa", "Application", "use", {
      ...EFFECT,
      returns: { same: "receiver" },
      takes: { 0: HANDLER },
    }),
    ...packageMembersOf("koa", "Application", "listen", EFFECT),
    ...packageMembersOf("koa", "ContextDelegatedResponse", "set append redirect attachment", {
      ...EFFECT,
      response: "writes",
    }),
    ...packageMembersOf("koa", "ContextDelegatedRequest", "get accepts", PURE),
    ...packageMembersOf("koa", "BaseContext", "throw", { pure: false, ends: "throws" }),
  ],
};

/** Hono's context makes responses that the handler returns; making one twice is no mistake by itself. */
export const hono: Library = {
  name: "hono",
  versions: ">=4 <5",
  models: [
    ...packageMembersOf("hono", "Hono", "get post put delete patch options all use on", ROUTES),
    ...packageMembersOf("hono", "Hono", "onError notFound", ROUTES),
    ...packageMembersOf("hono", "Context", "json text html body redirect newResponse", FRESH),
    ...packageMembersOf("hono", "Context", "header status set", EFFECT),
  ],
};
