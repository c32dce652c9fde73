// Has everything load another version of the model client, so that the tests of the one that is pinned also run on it:
//   npm install --prefix /tmp/sdk openai@7.55.0
//   OPENAI_SDK=/tmp/sdk NODE_OPTIONS="--import $PWD/packages/testkit/bootstrap/with-sdk.mjs" npx vitest run packages/suggestions
// It cannot be a dependency: its versions from 7 on declare Node 22, and the workspace holds every package to Node 20.
import { register } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const parent = pathToFileURL(join(process.env.OPENAI_SDK ?? "", "none.js")).href;
const hooks = `
  export function resolve(specifier, context, next) {
    const isSdk = specifier === "openai" || specifier.startsWith("openai/");
    return next(specifier, isSdk ? { ...context, parentURL: ${JSON.stringify(parent)} } : context);
  }`;

if (process.env.OPENAI_SDK) register(`data:text/javascript,${encodeURIComponent(hooks)}`);
