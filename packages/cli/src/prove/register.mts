/** Runs before a test within the sandbox: modules of the tree come from where the compiler says, without their types. */
import { register } from "node:module";

register("./hooks.mjs", import.meta.url);
