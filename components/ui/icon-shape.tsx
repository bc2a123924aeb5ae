import clsx from "clsx";

/** The icons of sentences, apart from all others: what only says something in a page's scripts does not bring the whole table along. */
export const SIGNS = {
  check: "m5 12.5 5 5L19 7",
  clock: "M3.5 12a8.5 8.5 0 1 0 17 0 8.5 8.5 0 1 0-17 0M12 7v5l3 2",
  alert: "M12 4 2.5 20h19zM12 10v4.5M12 17.2v.1",
  info: "M3.5 12a8.5 8.5 0 1 0 17 0 8.5 8.5 0 1 0-17 0M12 11v5.5M12 7.6v.1",
} as const;

export type IconLook = { size?: 16 | 18 | 20 | 24 | 32; filled?: boolean; className?: string };

/** Drawn on a 24 px grid with round joins; circles are written as arcs so that each icon is one path. */
export function IconShape({ path, size = 18, filled = false, className }: IconLook & { path: string }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" className={clsx(filled ? "icon-filled" : "icon", className)}>
      <path d={path} />
    </svg>
  );
}
