/** The syntax tree for everyone: kinds, guards and node types of the compiler. */
export * from "typescript/ast";
