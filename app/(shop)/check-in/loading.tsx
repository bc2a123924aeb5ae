import { getTranslations } from "next-intl/server";
import { PageFrame } from "../page-frame";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")}>
      <PageFrame
        heading={<Skeleton className="mb-5 h-14.5 w-56" />}
        rail={<><Skeleton className="h-[138px] rounded-hero md:h-[154px]" /><Skeleton className="mt-3 h-[134px] rounded-hero" /></>}
      >
        <Skeleton className="mb-4 h-[460px] rounded-hero" />
        <Skeleton className="h-80 rounded-hero" />
      </PageFrame>
    </LoadingRegion>
  );
}
