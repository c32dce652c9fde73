/** Methods that are called without their object, inside of the class that has them. */
import {
  isCallExpression,
  isClassLikeDeclaration,
  isMethodDeclaration,
  type Identifier,
  type Node,
} from "@review/program/syntax";

/** `reset()` in a class with a method `reset`, which only `this.reset()` calls. */
export function methodAround(use: Identifier): { readonly at: Node; readonly message: string } | undefined {
  if (!isCallExpression(use.parent) || use.parent.expression !== use) return undefined;
  for (let at: Node = use; at.parent; at = at.parent) {
    if (!isClassLikeDeclaration(at)) continue;
    const method = at.members.filter(isMethodDeclaration).find(each => each.name.getText() === use.text);
    if (!method) continue;
    return {
      at: method.name,
      message: `This is a method \`${use.text}\` of the class, which needs \`this.\` before it.`,
    };
  }
  return undefined;
}
