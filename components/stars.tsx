import clsx from "clsx";
import { Icon } from "./ui/icon";

const PLACES = [1, 2, 3, 4, 5] as const;

/** A rating as stars; `label` says it in words. */
export function Stars({ rating, label, size = 16, className }: { rating: number; label: string; size?: 16 | 20; className?: string }) {
  return (
    <span role="img" aria-label={label} className={clsx("inline-flex", className)}>
      {PLACES.map((place) => {
        const isFilled = place <= Math.round(rating);
        return <Icon key={place} name="star" size={size} filled={isFilled} className={isFilled ? "text-points" : "text-input"} />;
      })}
    </span>
  );
}
