import type { ReactNode } from "react";

type PageFrameProps = { heading: ReactNode; rail: ReactNode; children: ReactNode };

/** Own numbers first: above the content on a phone, in a rail that stays beside it from 1024 px on. */
export function PageFrame({ heading, rail, children }: PageFrameProps) {
  return (
    <>
      {heading}
      <div className="grid gap-x-8 gap-y-6 lg:grid-cols-[360px_minmax(0,1fr)] lg:items-start">
        <div className="min-w-0 lg:sticky lg:top-24">{rail}</div>
        <div className="min-w-0">{children}</div>
      </div>
    </>
  );
}
