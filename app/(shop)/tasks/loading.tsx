import { getTranslations } from "next-intl/server";
import { PageFrame } from "../page-frame";
import { ListSkeleton } from "../skeletons";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")}>
      <PageFrame heading={<><Skeleton className="mb-1 h-7.5 w-32" /><Skeleton className="mb-5 h-6 w-72 max-w-full" /></>} rail={<Skeleton className="h-[196px] rounded-hero" />}>
        <ListSkeleton rows={6} />
      </PageFrame>
    </LoadingRegion>
  );
}
