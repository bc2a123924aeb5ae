import { useTranslations } from "next-intl";
import { decideAlertsForm } from "./actions";
import { VerdictFields } from "./verdict-fields";
import { BulkSettle } from "@/components/admin/risk-bulk";
import { Card } from "@/components/ui/card";
import { publicId } from "@/lib/id";

/** Settles the alerts whose boxes are ticked in the table above. */
export function BulkForm({ id }: { id: string }) {
  const t = useTranslations("adminRisk");
  const common = useTranslations("common");
  return (
    <Card as="section" aria-labelledby="bulk-title" className="mt-4 max-w-2xl">
      <h2 id="bulk-title" className="mb-1 text-section font-semibold">{t("bulk")}</h2>
      <p className="mb-3 text-caption text-muted">{t("bulkHint")}</p>
      <BulkSettle id={id} action={decideAlertsForm} requestId={publicId()} words={{ form: t("bulk"), all: t("selectAll"), submit: t("bulkSubmit"), pending: common("pending") }}>
        <VerdictFields id={id} />
      </BulkSettle>
    </Card>
  );
}
