import { getTranslations } from "next-intl/server";
import { PageFrame } from "../page-frame";
import { ListSkeleton } from "../skeletons";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")}>
      <PageFrame heading={<Skeleton className="mb-5 h-7.5 w-24" />} rail={<><Skeleton className="h-[182px] rounded-hero" /><Skeleton className="mt-3 h-60 rounded-hero" /></>}>
        <ListSkeleton rows={8} />
      </PageFrame>
    </LoadingRegion>
  );
}
