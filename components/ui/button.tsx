import clsx from "clsx";
import type { ComponentProps } from "react";

const looks = {
  primary: "bg-primary text-on-primary border-primary hover:bg-primary/90",
  /** Amber is for earning and spending points only. */
  points: "bg-points-fill text-on-points-fill border-points-fill hover:brightness-97 shadow-[inset_0_-2px_0_rgb(59_37_0/0.16)]",
  secondary: "bg-card text-fg border-input hover:bg-sunken",
  quiet: "bg-transparent text-primary border-transparent hover:bg-primary-soft",
  danger: "bg-card text-danger border-danger hover:bg-danger-soft",
} as const;

const sizes = {
  /** The one action of a shopper's screen. */
  cta: "h-12 rounded-full px-5 text-control font-semibold",
  medium: "h-11 rounded-control px-4 text-body font-medium",
  /** Admin controls. */
  dense: "h-9 rounded-control px-3.5 text-dense font-medium",
  filter: "h-8 rounded-control px-2.5 text-caption font-medium",
} as const;

export type ButtonLook = { look?: keyof typeof looks; size?: keyof typeof sizes; wide?: boolean };

export function buttonClass({ look = "secondary", size = "medium", wide = false }: ButtonLook, extra?: string): string {
  return clsx(
    "pressable inline-flex shrink-0 items-center justify-center gap-2 border whitespace-nowrap",
    "disabled:border-border disabled:bg-sunken disabled:text-muted disabled:shadow-none",
    looks[look], sizes[size], wide && "w-full", extra,
  );
}

type ButtonProps = ButtonLook & ComponentProps<"button">;

export function Button({ look, size, wide, className, type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={buttonClass({ look, size, wide }, className)} {...rest} />;
}
