import type { Action, Condition, Definition } from "@/lib/rules/rule";
import type { RuleStatus } from "@/db/schema/points";

/** A rule as the editor starts with it. Times are of the programme's wall clock, as their fields hold them. */
export type RuleFormDraft = {
  id?: number;
  version?: number;
  actionType: Action;
  name: string;
  nameEn: string;
  status: RuleStatus;
  priority: number;
  startsAt: string;
  endsAt: string;
  definition: Definition;
};

export type RuleChoices = { categories: readonly { id: number; name: string }[]; levels: readonly { rank: number; name: string }[]; zone: string };

/** How the rule reads, and what is doubtful about it; no sentence while it is incomplete. */
export type RulePreview = { sentence: string | null; warnings: readonly string[] };
export type PreviewAction = (form: FormData) => Promise<RulePreview>;

export type ConditionKind = Condition["kind"];
export type ConditionOf<Kind extends ConditionKind> = Extract<Condition, { kind: Kind }>;

export type FieldErrors = Readonly<Record<string, string>>;

// The schema's own lists would bring the database's library into the browser.
export const ACTIONS = ["register", "login", "checkin", "purchase", "first_order", "repurchase", "share", "review", "birthday", "referral", "referred", "custom"] as const satisfies readonly Action[];
export const CONDITIONS = ["amount", "category", "level", "segment", "hours", "weekdays", "streak", "check_ins", "event"] as const satisfies readonly ConditionKind[];
