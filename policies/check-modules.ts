import { objectsOf } from "./plain-json";
import type { Policy } from "./policy";

export const checkModules: Policy = {
  id: "modules",
  rule: "Every resource is written in the stack itself: there are no Terraform modules.",
  reason: "What a module declares is in no pull request, and no policy looks into it.",
  fix: "Declare its resources with a construct of modules/.",
  check: ({ terraform }) =>
    objectsOf(terraform["module"])
      .flatMap((each) => Object.keys(each))
      .map((name) => ({
        message:
          `module.${name} is a Terraform module; what it declares is in no pull request, and no policy looks into it; ` +
          "declare its resources with a construct of modules/",
      })),
};
