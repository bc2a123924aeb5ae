import clsx from "clsx";
import Link from "next/link";
import { Icon } from "./ui/icon";

/** A person's level, in a word; it leads to what the level means. */
export function LevelBadge({ name, label, className }: { name: string; /** The whole sentence, for who does not see the picture. */ label: string; className?: string }) {
  return (
    <Link
      href="/levels" aria-label={label}
      className={clsx("pressable inline-flex min-h-6 items-center gap-1 rounded-full bg-points-soft px-2.5 text-caption font-medium whitespace-nowrap text-points", className)}
    >
      <Icon name="trophy" size={16} />
      {name}
    </Link>
  );
}
