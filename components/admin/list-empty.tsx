import { useTranslations } from "next-intl";
import type { Route } from "next";
import type { ReactNode } from "react";
import { EmptyState } from "../empty-state";
import { ButtonLink } from "../ui/button-link";

/** Nothing was ever here: why, and how to begin. */
export function FirstUse({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return <Framed><EmptyState scene="first" title={title} action={action}>{children}</EmptyState></Framed>;
}

/** Something is here, but not what was asked for. */
export function NoResults({ clear }: { clear: Route }) {
  const t = useTranslations("admin.list");
  return (
    <Framed>
      <EmptyState scene="filtered" title={t("noResults")} action={<ButtonLink href={clear} size="dense">{t("clearFilters")}</ButtonLink>}>{t("noResultsHint")}</EmptyState>
    </Framed>
  );
}

/** Something may be here, but not for this role. */
export function NoPermission({ heading, children, action }: { heading?: "h1" | "h2"; children: ReactNode; action?: ReactNode }) {
  const t = useTranslations("admin.list");
  return <Framed><EmptyState heading={heading} scene="refused" title={t("noPermission")} action={action}>{children}</EmptyState></Framed>;
}

const Framed = ({ children }: { children: ReactNode }) => <div className="border-t border-border first:border-t-0">{children}</div>;
