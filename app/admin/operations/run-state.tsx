import { useTranslations } from "next-intl";
import { Badge, type Progress, type Tone } from "@/components/ui/badge";
import type { RunState } from "@/lib/jobs/schedule";

const LOOKS: Readonly<Record<RunState, readonly [Tone, Progress]>> = { running: ["info", "underway"], done: ["success", "done"], partly: ["warning", "underway"], failed: ["danger", "ended"], broken: ["danger", "ended"] };

export function RunStateBadge({ state }: { state: RunState }) {
  const t = useTranslations("adminOperations.states");
  return <Badge tone={LOOKS[state][0]} progress={LOOKS[state][1]}>{t(state)}</Badge>;
}
