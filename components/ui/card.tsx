import clsx from "clsx";
import type { ComponentProps } from "react";

type CardProps = ComponentProps<"div"> & { as?: "div" | "section" | "article" | "li"; padded?: boolean };

export function Card({ as: Tag = "div", padded = true, className, ...rest }: CardProps) {
  const Element = Tag as "div";
  return <Element className={clsx("rounded-card border border-border bg-card shadow-card", padded && "p-4", className)} {...rest} />;
}

/** Larger corners, for the panels of a shopper's screen. */
export function Panel({ as: Tag = "section", padded = true, className, ...rest }: CardProps) {
  const Element = Tag as "div";
  return <Element className={clsx("rounded-hero border border-border bg-card", padded && "p-4 md:p-5", className)} {...rest} />;
}
