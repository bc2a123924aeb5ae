import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

/** Of the size of `ResourceIndex` under its page header. */
export function IndexSkeleton({ rows = 10 }: { rows?: number }) {
  return (
    <>
      <Skeleton className="mb-5 h-9 w-28" />
      <Card padded={false}>
        <div className="flex gap-6 border-b border-border p-3">{[16, 20, 16, 20].map((width, index) => <Skeleton key={index} className={width === 16 ? "h-5 w-16" : "h-5 w-20"} />)}</div>
        <div className="p-3"><Skeleton className="h-8 w-full sm:w-64" /></div>
        {Array.from({ length: rows }, (_, index) => (
          <div key={index} className="flex items-center justify-between gap-6 border-t border-border px-4 py-3.5">
            <div className="grid grow gap-2"><Skeleton className="h-4 w-2/5" /><Skeleton className="h-3.5 w-1/4" /></div>
            <Skeleton className="h-6 w-20" />
          </div>
        ))}
      </Card>
    </>
  );
}

/** Of the size of a page with a main column and an aside. */
export function DetailSkeleton() {
  return (
    <>
      <Skeleton className="mb-2 h-6 w-20" />
      <Skeleton className="mb-5 h-8 w-56" />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid content-start gap-4"><Skeleton className="h-72 rounded-card" /><Skeleton className="h-56 rounded-card" /></div>
        <div className="grid content-start gap-4"><Skeleton className="h-40 rounded-card" /><Skeleton className="h-48 rounded-card" /></div>
      </div>
    </>
  );
}
