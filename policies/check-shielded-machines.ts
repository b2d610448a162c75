import { blockOf } from "./blocks";
import { isGoogleMachine } from "./machines";
import type { Policy } from "./policy";

const SETTINGS = ["enable_secure_boot", "enable_vtpm", "enable_integrity_monitoring"];

export const checkShieldedMachines: Policy = {
  id: "shielded-machines",
  rule: "Google machines boot signed software only, and measure it.",
  reason: "Who was root once could stay, below the system, and nobody would see it.",
  fix: "Set all of shielded_instance_config to true.",
  check: ({ resources }) =>
    resources.filter(isGoogleMachine).flatMap((on) => {
      const shield = blockOf(on.attributes, "shielded_instance_config");
      const missing = SETTINGS.filter((key) => shield[key] !== true);
      if (missing.length === 0) return [];
      return [
        {
          on,
          message:
            `shielded_instance_config lacks ${missing.join(", ")}; who was root once could stay below the system; ` +
            "set them to true",
        },
      ];
    }),
};
