import type { Policy } from "./policy";

const FIX = "cross by a name from model/names.ts instead";

/** Any stack can be planned and deployed alone: no token of one stack is used in another. */
export const checkOtherStacks: Policy = ({ terraform }) => {
  const data = (terraform["data"] ?? {}) as Record<string, Record<string, unknown>>;
  const outputs = Object.keys((terraform["output"] ?? {}) as Record<string, unknown>);
  return [
    ...Object.keys(data["terraform_remote_state"] ?? {}).map((name) => ({
      message: `data.terraform_remote_state.${name} reads the state of another stack; this one could not be planned alone; ${FIX}`,
    })),
    ...outputs
      .filter((name) => name.startsWith("cross-stack-output-"))
      .map((name) => ({
        message: `output.${name} hands a value to another stack; the two could not be deployed apart; ${FIX}`,
      })),
  ];
};
