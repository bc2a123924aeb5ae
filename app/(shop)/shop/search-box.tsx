"use client";

import { useRouter } from "next/navigation";
import type { Route } from "next";
import type { ReactNode } from "react";

/** A search goes to its address without loading the shell anew; without scripts the browser sends the form there itself. */
export function SearchBox({ children, className }: { children: ReactNode; className: string }) {
  const router = useRouter();
  return (
    <form
      action="/shop" role="search" className={className}
      onSubmit={(event) => {
        event.preventDefault();
        const query = String(new URLSearchParams([...new FormData(event.currentTarget)].filter(([, value]) => value) as [string, string][]));
        router.push((query ? `/shop?${query}` : "/shop") as Route);
      }}
    >
      {children}
    </form>
  );
}
