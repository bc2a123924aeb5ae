import { getTranslations } from "next-intl/server";
import { PageFrame } from "./page-frame";
import { ProductGridSkeleton } from "./skeletons";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")}>
      <PageFrame
        heading={<Skeleton className="mb-3 h-6.5 w-40" />}
        rail={<><Skeleton className="h-[138px] rounded-hero md:h-[154px]" /><Skeleton className="mt-3 h-[134px] rounded-hero" /></>}
      >
        <Skeleton className="mb-4 h-6.5 w-28" />
        <Skeleton className="mb-4 h-9 w-full max-w-md rounded-full" />
        <ProductGridSkeleton />
      </PageFrame>
    </LoadingRegion>
  );
}
