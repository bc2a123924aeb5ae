import clsx from "clsx";
import { useTranslations } from "next-intl";
import type { Route } from "next";
import Link from "next/link";
import type { SubjectType } from "@/lib/events/fact-subjects";

type ToTrailProps = { type: SubjectType; id: string; className?: string };

/** From the page of a thing to all that was done to it. */
export function ToTrail({ type, id, className }: ToTrailProps) {
  const t = useTranslations("adminAudit");
  return <Link href={`/admin/audit?type=${type}&subject=${encodeURIComponent(id)}` as Route} prefetch={false} className={clsx("flex min-h-6 w-fit items-center text-dense font-medium text-primary hover:underline", className)}>{t("toTrail")}</Link>;
}
