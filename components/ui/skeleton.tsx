import clsx from "clsx";

/** A still shape of the content's size; it breathes, it does not shimmer. Give it width and height by class. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={clsx("breathing block rounded-control bg-sunken", className)} />;
}

/** Wraps a page's skeleton and tells a screen reader what is going on, once. */
export function LoadingRegion({ label, className, children }: { label: string; className?: string; children: React.ReactNode }) {
  return (
    <div role="status" aria-busy="true" className={className}>
      <span className="sr-only">{label}</span>
      {children}
    </div>
  );
}
