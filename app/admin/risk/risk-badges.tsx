import { useTranslations } from "next-intl";
import { Badge, type Progress, type Tone } from "@/components/ui/badge";
import type { AlertStatus, AppealStatus, RiskMode } from "@/db/schema/control";

type Look = { tone: Tone; progress?: Progress };

const alerts: Record<AlertStatus, Look> = { open: { tone: "warning", progress: "waiting" }, confirmed: { tone: "danger", progress: "done" }, dismissed: { tone: "neutral", progress: "ended" } };
const appeals: Record<AppealStatus, Look> = { open: { tone: "warning", progress: "waiting" }, accepted: { tone: "success", progress: "done" }, declined: { tone: "neutral", progress: "ended" } };
const modes: Record<RiskMode, Look> = { off: { tone: "neutral" }, observe: { tone: "info" }, hold: { tone: "warning" }, freeze: { tone: "danger" } };

export function AlertStatusBadge({ status }: { status: AlertStatus }) {
  const t = useTranslations("adminRisk.status");
  return <Badge {...alerts[status]}>{t(status)}</Badge>;
}

export function AppealStatusBadge({ status }: { status: AppealStatus }) {
  const t = useTranslations("adminRisk.appealStatus");
  return <Badge {...appeals[status]}>{t(status)}</Badge>;
}

/** What the rule did when it raised the alert. */
export function ModeBadge({ mode }: { mode: RiskMode }) {
  const t = useTranslations("adminRisk.modes");
  return <Badge {...modes[mode]}>{t(mode)}</Badge>;
}
