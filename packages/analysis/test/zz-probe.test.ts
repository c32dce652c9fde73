import { isCallExpression, isNewExpression, isPropertyAccessExpression } from "@review/program/syntax";
import { it } from "vitest";
import { answersFor } from "./probe.ts";
it("x", () => {
  const text = `
  console.log(1); JSON.parse("x"); Promise.all([]); Object.keys({}); URL.createObjectURL({} as any); AbortSignal.timeout(1);
  document.addEventListener("x", () => {}); window.addEventListener("x", ()=>{}); new WebSocket("x").close(); fetch("x"); setTimeout(()=>{}, 1);
  [1].map(x=>x); ([1] as readonly number[]).map(x=>x); [1,"a"].map(x=>x); "a".at(0); new Map().get(1); (1).toFixed(); fetch("x").then(x => x.json());
  Promise.resolve(1).then(); /x/.exec("a"); new Date().getTime(); new Uint8Array().map(x=>x); globalThis.setTimeout(()=>{},1); addEventListener("x", () => {}); crypto.randomUUID(); performance.now();
  `;
  console.log(answersFor({ "a.ts": text }, function* ({ checker }, node) {
    if (!isCallExpression(node) && !isNewExpression(node)) return "?";
    const e = node.expression;
    const s = yield* checker.symbolOf(isPropertyAccessExpression(e) ? e.name : e);
    if (!s) return "none";
    const p = yield* checker.parentOf(s);
    return s.name + " < " + p?.name + " " + s.declarations.length + " " + s.flags;
  }));
});
