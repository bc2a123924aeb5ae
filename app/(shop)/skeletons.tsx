import { ProductGrid } from "@/components/product-card";
import { Skeleton } from "@/components/ui/skeleton";

/** Cards of the size of product cards. */
export function ProductGridSkeleton({ cards = 8 }: { cards?: number }) {
  return (
    <ProductGrid>
      {Array.from({ length: cards }, (_, index) => (
        <li key={index} className="rounded-card border border-border bg-card">
          <Skeleton className="aspect-square rounded-b-none" />
          <div className="px-3 pt-2.5 pb-3">
            <Skeleton className="h-10" />
            <Skeleton className="mt-1.5 h-6 w-2/3" />
            <Skeleton className="mt-0.5 h-4 w-1/3" />
          </div>
        </li>
      ))}
    </ProductGrid>
  );
}

/** A page heading, and rows of a list. */
export function ListSkeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div className="rounded-hero border border-border bg-card px-4">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex items-center justify-between gap-4 border-t border-border py-4 first:border-t-0">
          <div className="grid grow gap-2"><Skeleton className="h-5 w-1/2" /><Skeleton className="h-4 w-1/3" /></div>
          <Skeleton className="h-6 w-20" />
        </div>
      ))}
    </div>
  );
}
