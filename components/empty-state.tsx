import type { ReactNode } from "react";

const scenes = {
  /** Nothing yet: an open box with a seedling. */
  first: "M30 62h60v30a6 6 0 0 1-6 6H36a6 6 0 0 1-6-6zM30 62l-9-13h28l11 13 11-13h28l-9 13M60 62V34M60 40c0-9-7-13-15-13 0 9 6 13 15 13zM60 46c0-8 6-12 14-12 0 8-5 12-14 12z",
  /** Nothing found: a lens over dotted lines. */
  filtered: "M28 34h34M28 50h22M28 66h18M28 82h34M58 62a18 18 0 1 0 36 0 18 18 0 1 0-36 0M89 75l13 13M70 62h12",
  /** Not for you: a closed shutter. */
  refused: "M34 52h52v38a6 6 0 0 1-6 6H40a6 6 0 0 1-6-6zM44 52V42a16 16 0 0 1 32 0v10M60 68v10",
} as const;

type EmptyStateProps = { scene?: keyof typeof scenes; title: string; children?: ReactNode; action?: ReactNode; /** h1 where the state is the page. */ heading?: "h1" | "h2" | "p" };

/** Why there is nothing here, and what to do about it. */
export function EmptyState({ scene = "first", title, children, action, heading: Heading = "h2" }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center px-6 py-12 text-center">
      <svg width="120" height="120" viewBox="0 0 120 120" aria-hidden="true" className="mb-3">
        <circle cx="60" cy="62" r="50" className="fill-primary-soft" />
        <path d={scenes[scene]} className="fill-card stroke-primary" strokeWidth="2.5" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      <Heading tabIndex={Heading === "h1" ? -1 : undefined} className="text-section font-semibold">{title}</Heading>
      {children && <p className="mt-1 max-w-sm text-body text-muted">{children}</p>}
      {action && <div className="mt-5 flex flex-wrap justify-center gap-3">{action}</div>}
    </div>
  );
}
