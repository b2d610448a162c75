import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { LinodeProvider } from "@cdktf/provider-linode/lib/provider";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import type { TerraformStack } from "cdktf";

/** Providers without credentials: those come from the environment of whoever runs Terraform. */

/** @param project where resources go that name no project of their own */
export const useGoogle = (stack: TerraformStack, project: string | undefined): GoogleProvider =>
  new GoogleProvider(stack, "google", {
    ...(project !== undefined && { project }),
    // One more label on everything, and one more line for each in every plan.
    addTerraformAttributionLabel: false,
  });

export const useLinode = (stack: TerraformStack): LinodeProvider => new LinodeProvider(stack, "linode");

export const useRandom = (stack: TerraformStack): RandomProvider => new RandomProvider(stack, "random");
