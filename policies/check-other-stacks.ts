import { declaredIn, objectsOf } from "./plain-json";
import type { Policy } from "./policy";

const FIX = "cross by a name from model/names.ts instead";

export const checkOtherStacks: Policy = {
  id: "other-stacks",
  rule: "Any stack can be planned and deployed alone: no token of one is used in another.",
  reason: "A stack that reads another's state waits for it, and needs the right to read it.",
  fix: "Cross by a name from model/names.ts.",
  check: ({ terraform }) => {
    const states = declaredIn(terraform["data"]).filter(([type]) => type === "terraform_remote_state");
    const outputs = objectsOf(terraform["output"]).flatMap((each) => Object.keys(each));
    return [
      ...states
        .flatMap(([, named]) => named)
        .map(([name]) => ({
          message: `data.terraform_remote_state.${name} reads the state of another stack; this one could not be planned alone; ${FIX}`,
        })),
      ...outputs
        .filter((name) => name.startsWith("cross-stack-output-"))
        .map((name) => ({
          message: `output.${name} hands a value to another stack; the two could not be deployed apart; ${FIX}`,
        })),
    ];
  },
};
