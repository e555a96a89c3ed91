import { PluginError } from "../diagnostics/plugin-error";

/**
 * Why something cannot be planned yet: its own configuration or the provider's is partly unknown, or something it needs
 * does not exist.
 */
export type DeferralReason =
  "resource_config_unknown" | "provider_config_unknown" | "absent_prereq";

/** Ends an operation that is put off. Not an error: it becomes the answer, never a diagnostic. */
export class Deferral extends Error {
  constructor(readonly reason: DeferralReason) {
    super(`put off: ${reason}`);
    this.name = "Deferral";
  }
}

/** Whether one call may be put off, and whether it has been. */
export class DeferralSwitch {
  /** `decided`: the provider itself was put off, so everything is. */
  constructor(
    private readonly isAllowed: boolean,
    private decided?: DeferralReason,
  ) {}

  get reason(): DeferralReason | undefined {
    return this.decided;
  }

  /** Throws `Deferral`; a `PluginError` when Terraform did not say that it understands one. */
  readonly defer = (reason: DeferralReason): never => {
    if (!this.isAllowed) {
      throw new PluginError(
        "Deferral not possible",
        `This would have to be put off (${reason}), which this run of Terraform does not allow. Apply what it depends on first: terraform apply -target=ADDRESS.`,
      );
    }
    this.decided = reason;
    throw new Deferral(reason);
  };
}
