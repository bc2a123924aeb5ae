import { ORDINARY_NAME, pointsNameOf, type PointsName } from "./points-name";
import type { Policy } from "./settings/policy";

const shared = globalThis as { pointsMallKnownPolicy?: Policy };

/** Keeps what was read last, for those who cannot wait for the database. */
export function rememberPolicy(policy: Policy): void {
  shared.pointsMallKnownPolicy = policy;
}

/** What points were called when the settings were read last here: the sentence of a refusal must not need a database that may be away. */
export const knownPointsName = (): PointsName => (shared.pointsMallKnownPolicy ? pointsNameOf(shared.pointsMallKnownPolicy) : ORDINARY_NAME);
