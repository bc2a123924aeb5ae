"use client";

import { useState } from "react";
import type { ConditionKind, RuleFormDraft } from "./rule-draft";
import type { EffectKind } from "./rule-effect";
import type { ExpiryKind, HoldingKind } from "./rule-limits";
import { conditionFits, effectFits, holdingFits } from "@/lib/rules/fits";
import type { Action } from "@/lib/rules/rule";

type Shape = { action: Action; conditions: ConditionKind[]; effect: EffectKind; holding: HoldingKind; expiry: ExpiryKind };

/** Which fields the form has. Their values stay in the fields; a part that does not go with a new trigger or effect goes. */
export function useRuleShape({ actionType, definition }: RuleFormDraft) {
  const [shape, setShape] = useState<Shape>(() => ({
    action: actionType, conditions: definition.conditions.map(({ kind }) => kind), effect: definition.effect.kind, holding: definition.holding.kind,
    expiry: definition.expiry && definition.expiry.kind !== "sliding" ? definition.expiry.kind : "policy",
  }));
  const change = (more: Partial<Shape>) => setShape((before) => fitted({ ...before, ...more }));
  return {
    ...shape,
    key: JSON.stringify(shape),
    setAction: (action: Action) => change({ action }),
    setConditions: (conditions: ConditionKind[]) => change({ conditions }),
    setEffect: (effect: EffectKind) => change({ effect }),
    setHolding: (holding: HoldingKind) => change({ holding }),
    setExpiry: (expiry: ExpiryKind) => change({ expiry }),
  };
}

function fitted({ action, conditions, effect, holding, expiry }: Shape): Shape {
  const given = effectFits(action, effect) ? effect : "fixed";
  return { action, effect: given, expiry, conditions: conditions.filter((kind) => conditionFits(action, kind)), holding: holdingFits(action, given, holding) ? holding : "none" };
}
