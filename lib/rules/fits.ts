import type { Action, Condition, Effect, Holding } from "./rule";

// Which parts of a rule mean something for which trigger. Types only, so that the editor in the browser and the schema on the server share it.

type ConditionKind = Condition["kind"];
type EffectKind = Effect["kind"];
type HoldingKind = Holding["kind"];

/** What a paid order brings. */
export const isOrder = (action: Action): boolean => action === "purchase" || action === "first_order" || action === "repurchase";

/** Orders have an amount and items, check-ins a streak, custom events a name. A birthday is rewarded at whatever hour the nightly job runs. */
export function conditionFits(action: Action, kind: ConditionKind): boolean {
  switch (kind) {
    case "amount":
    case "category":
      return isOrder(action);
    case "streak":
    case "check_ins":
      return action === "checkin";
    case "event":
      return action === "custom";
    case "hours":
      return action !== "birthday";
    default:
      return true;
  }
}

export function effectFits(action: Action, kind: EffectKind): boolean {
  if (kind === "per_yuan" || kind === "per_item") return isOrder(action);
  return kind !== "ladder" || action === "checkin";
}

/** Only an order can be received. What a multiplier adds is kept like what it multiplies, and a card is given at once. */
export const holdingFits = (action: Action, effect: EffectKind, kind: HoldingKind): boolean =>
  kind === "none" || (givesPoints(effect) && (kind !== "receipt" || isOrder(action)));

/** Whether the effect makes points of its own, which can wait and expire by terms of their own. */
export const givesPoints = (effect: EffectKind): boolean => effect !== "multiplier" && effect !== "perk";
