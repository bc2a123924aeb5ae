import type { Route } from "next";
import Link from "next/link";
import { Icon } from "./ui/icon";

type PageHeaderProps = { title: string; lead?: React.ReactNode; back?: { href: Route; label: string }; actions?: React.ReactNode };

/** The page's one `h1`, with the way back above it and the page's actions beside it. */
export function PageHeader({ title, lead, back, actions }: PageHeaderProps) {
  return (
    <header className="mb-5 grid gap-1">
      {back && (
        <Link href={back.href} className="-ms-1 inline-flex min-h-8 items-center gap-0.5 justify-self-start text-caption font-medium text-primary">
          <Icon name="chevron-left" size={16} />
          {back.label}
        </Link>
      )}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 tabIndex={-1} className="text-title font-semibold">{title}</h1>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {lead && <p className="text-body text-muted">{lead}</p>}
    </header>
  );
}

export function SectionHeader({ title, href, linkLabel, id }: { title: string; href?: Route; linkLabel?: string; id?: string }) {
  return (
    <div className="mb-3 flex items-baseline justify-between gap-4">
      <h2 id={id} className="text-section font-semibold">{title}</h2>
      {href && linkLabel && (
        <Link href={href} className="inline-flex min-h-6 items-center gap-0.5 text-caption font-medium text-primary">
          {linkLabel}
          <Icon name="chevron-right" size={16} />
        </Link>
      )}
    </div>
  );
}
