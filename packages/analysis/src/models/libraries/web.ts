/** What browsers offer, and the runtimes that follow them. */
import type { ArgumentFacts, Facts, Library } from "../facts.ts";
import { ASKS, constructors, EFFECT, FRESH, globals, membersOf, PURE, staticsOf } from "../rows.ts";

const LATER: ArgumentFacts = { called: "once", when: "later", promise: "ignored", uses: ["stored"] };
const OFTEN: ArgumentFacts = { ...LATER, called: "many" };
const MS: ArgumentFacts = { unit: "ms" };
const CHANGES: Facts = { ...EFFECT, changes: "receiver" };
const READS_BODY: Facts = { ...ASKS, changes: "receiver" };

/** Every owner that declares the pair anew; all others inherit it from one of these. */
const TARGETS =
  "EventTarget Window Document HTMLElement Element WebSocket Worker XMLHttpRequest AbortSignal MediaQueryList EventSource MessagePort";

export const web: Library = {
  name: "web",
  versions: "living standards, as typed by TypeScript's lib.dom",
  models: [
    globals("setTimeout", { ...EFFECT, takes: { 0: LATER, 1: MS } }),
    globals("setInterval", { ...EFFECT, takes: { 0: OFTEN, 1: MS } }),
    globals("queueMicrotask requestAnimationFrame", { ...EFFECT, takes: { 0: LATER } }),
    globals("requestIdleCallback", { ...EFFECT, takes: { 0: LATER } }),
    globals("clearTimeout clearInterval cancelAnimationFrame cancelIdleCallback", { ...EFFECT, releases: 0 }),
    globals("structuredClone", { pure: true, throws: "yes", returns: { fresh: true } }),
    globals("atob btoa", { pure: true, throws: "yes" }),
    globals("fetch", ASKS),
    globals("alert", EFFECT),
    globals("confirm prompt", EFFECT),
    ...membersOf(TARGETS, "addEventListener", {
      ...EFFECT,
      takes: { 1: OFTEN },
      listener: { does: "adds", event: 0, handler: 1, partners: ["removeEventListener"] },
    }),
    ...membersOf(TARGETS, "removeEventListener", {
      ...EFFECT,
      listener: { does: "removes", event: 0, handler: 1, partners: ["addEventListener"] },
    }),
    globals("addEventListener", {
      ...EFFECT,
      takes: { 1: OFTEN },
      listener: { does: "adds", event: 0, handler: 1, partners: ["removeEventListener"] },
    }),
    globals("removeEventListener", {
      ...EFFECT,
      listener: { does: "removes", event: 0, handler: 1, partners: ["addEventListener"] },
    }),
    ...membersOf("EventTarget", "dispatchEvent", EFFECT),
    ...membersOf("Response Request", "json text arrayBuffer blob formData", READS_BODY),
    ...membersOf("Response Request", "clone", { pure: true, throws: "yes", returns: { fresh: true } }),
    ...membersOf("Headers URLSearchParams FormData", "get", { ...PURE, returns: { absent: "null" } }),
    ...membersOf("Headers URLSearchParams FormData", "has", PURE),
    ...membersOf("URLSearchParams FormData", "getAll", FRESH),
    ...membersOf("Headers URLSearchParams FormData", "set append delete", CHANGES),
    ...membersOf("URLSearchParams", "sort", CHANGES),
    ...membersOf("URLSearchParams URL", "toString", PURE),
    ...membersOf("URL", "toJSON", PURE),
    ...membersOf("Storage", "getItem key", { ...PURE, returns: { absent: "null" } }),
    ...membersOf("Storage", "setItem", { pure: false, throws: "yes", takes: { 1: { uses: ["stringified"] } } }),
    ...membersOf("Storage", "removeItem clear", EFFECT),
    ...membersOf("AbortController", "abort", EFFECT),
    ...membersOf("AbortSignal", "throwIfAborted", { pure: false, throws: "yes" }),
    staticsOf("AbortSignal", "timeout", { ...FRESH, takes: { 0: MS } }),
    staticsOf("AbortSignal", "abort any", FRESH),
    staticsOf("performance", "now", { ...PURE, returns: { unit: "ms" } }),
    staticsOf("crypto", "randomUUID", PURE),
    staticsOf("crypto", "getRandomValues", { pure: false, throws: "yes", changes: [0], returns: { same: 0 } }),
    staticsOf("URL", "createObjectURL", { ...EFFECT, acquires: { releasedBy: ["revokeObjectURL"] } }),
    staticsOf("URL", "revokeObjectURL", { ...EFFECT, releases: 0 }),
    staticsOf("URL", "canParse", PURE),
    ...membersOf("Document Element DocumentFragment", "querySelector", {
      throws: "yes",
      pure: true,
      returns: { absent: "null" },
    }),
    ...membersOf("Document Element DocumentFragment", "querySelectorAll", {
      throws: "yes",
      pure: true,
      returns: { fresh: true },
    }),
    ...membersOf("Document", "getElementById", { ...PURE, returns: { absent: "null" } }),
    ...membersOf("Document", "createElement createTextNode createDocumentFragment", FRESH),
    ...membersOf("Element", "closest getAttribute", { ...PURE, returns: { absent: "null" } }),
    ...membersOf("Element", "hasAttribute matches getBoundingClientRect", PURE),
    ...membersOf("Element", "setAttribute removeAttribute", CHANGES),
    ...membersOf("Element", "remove", EFFECT),
    ...membersOf("Node", "appendChild insertBefore removeChild replaceChild", {
      pure: false,
      throws: "yes",
      changes: "receiver",
    }),
    ...membersOf("ReadableStream", "getReader", {
      pure: false,
      throws: "yes",
      acquires: { releasedBy: ["releaseLock", "cancel"] },
    }),
    ...membersOf("WritableStream", "getWriter", {
      pure: false,
      throws: "yes",
      acquires: { releasedBy: ["releaseLock", "close", "abort"] },
    }),
    ...membersOf("ReadableStreamDefaultReader", "releaseLock", { ...EFFECT, releases: "receiver" }),
    ...membersOf("WritableStreamDefaultWriter", "releaseLock", { ...EFFECT, releases: "receiver" }),
    ...membersOf("ReadableStream", "pipeTo cancel", ASKS),
    ...membersOf("ReadableStreamDefaultReader", "read", ASKS),
    ...membersOf("WritableStreamDefaultWriter", "write close abort", ASKS),
    ...membersOf("MessagePort Worker", "postMessage", EFFECT),
    ...membersOf("WebSocket", "send", { pure: false, throws: "yes" }),
    ...membersOf("WebSocket MessagePort EventSource", "close", { ...EFFECT, releases: "receiver" }),
    ...membersOf("Worker", "terminate", { ...EFFECT, releases: "receiver" }),
    constructors("URL WebSocket EventSource Worker", { pure: false, throws: "yes", returns: { fresh: true } }),
    constructors("URLSearchParams Headers FormData AbortController Blob TextEncoder TextDecoder Event", FRESH),
    constructors("IntersectionObserver MutationObserver ResizeObserver", {
      ...EFFECT,
      returns: { fresh: true },
      takes: { 0: OFTEN },
      acquires: { releasedBy: ["disconnect"] },
    }),
    ...membersOf("TextEncoder", "encode", FRESH),
    ...membersOf("TextDecoder", "decode", { pure: true, throws: "yes" }),
  ],
};
