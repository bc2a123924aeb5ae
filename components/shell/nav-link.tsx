"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { MouseEvent, ReactNode } from "react";

type NavLinkProps = { href: Route; /** Also current on the pages below it. */ whole?: boolean; className?: string; children: ReactNode };

/** A link that knows whether it is where you are. Inside a `<details>` menu it also closes the menu. */
export function NavLink({ href, whole = false, className, children }: NavLinkProps) {
  const pathname = usePathname();
  const current = pathname === href || (whole && pathname.startsWith(`${href}/`));
  function closeMenu(event: MouseEvent<HTMLElement>) {
    event.currentTarget.closest("details")?.removeAttribute("open");
  }
  return (
    <Link href={href} aria-current={current ? "page" : undefined} className={className} onClick={closeMenu}>
      {children}
    </Link>
  );
}
