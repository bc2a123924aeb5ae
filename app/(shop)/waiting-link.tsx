import type { Route } from "next";
import { NavLink } from "@/components/shell/nav-link";
import { Icon, type IconName } from "@/components/ui/icon";

type WaitingLinkProps = { href: Route; icon: IconName; /** How much waits there; 0 says nothing. */ waiting?: number; /** From here on the figure is "99+". */ most?: number; label: string };

/** The way to something that waits for a person, with how much of it there is, in figures and in words. */
export function WaitingLink({ href, icon, waiting = 0, most = 100, label }: WaitingLinkProps) {
  return (
    <NavLink href={href} whole className="relative grid size-11 place-items-center rounded-control text-muted hover:bg-sunken hover:text-fg aria-[current]:text-primary lg:size-10">
      <Icon name={icon} size={24} />
      {waiting > 0 && (
        <span aria-hidden="true" className="absolute start-1/2 top-1 min-w-4.5 rounded-full bg-streak px-1 text-center text-tab leading-4.5 font-semibold text-card tabular-nums">{waiting >= most ? `${most - 1}+` : waiting}</span>
      )}
      <span className="sr-only">{label}</span>
    </NavLink>
  );
}
