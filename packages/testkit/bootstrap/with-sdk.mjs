// Has everything load another version of the model client, so that the tests of the one that is pinned also run on it:
//   npm install --prefix /tmp/sdk openai@7.55.0
//   OPENAI_SDK=/tmp/sdk NODE_OPTIONS="--import $PWD/packages/testkit/bootstrap/with-sdk.mjs" npx vitest run packages/suggestions
// It cannot be a dependency: its versions from 7 on declare Node 22, and the workspace holds every package to Node 20.
import { register } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const { OPENAI_SDK: folder } = process.env;
const root = pathToFileURL(resolve(folder ?? ".", "node_modules/openai")).href;

// By the place that was found, since the test runner looks for packages itself and imports them by their path.
const hooks = `
  export async function resolve(specifier, context, next) {
    const found = await next(specifier, context);
    const [, file] = /\\/node_modules\\/openai\\/(?!.*\\/node_modules\\/)(.*)$/.exec(found.url) ?? [];
    return file === undefined ? found : { ...found, url: ${JSON.stringify(root)} + "/" + file };
  }`;

if (folder) register(`data:text/javascript,${encodeURIComponent(hooks)}`);
