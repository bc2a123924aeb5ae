import { getTranslations } from "next-intl/server";
import { giveSpinsForm } from "../actions";
import { Card } from "@/components/ui/card";
import { PlainForm } from "@/components/ui/plain-form";
import { publicId } from "@/lib/id";

/** Spins for one person, for nothing. */
export async function GiveSpins({ drawId }: { drawId: number }) {
  const t = await getTranslations("adminDraws.grant");
  return (
    <Card as="section" aria-labelledby="grant-title">
      <h2 id="grant-title" className="mb-1 text-section font-semibold">{t("title")}</h2>
      <p className="mb-3 text-caption text-muted">{t("lead")}</p>
      <PlainForm
        action={giveSpinsForm} hidden={{ requestId: publicId(), drawId: String(drawId) }} submit={t("submit")} pending={t("pending")} look={{ look: "secondary", size: "dense" }}
        fields={[
          { name: "email", label: t("email"), type: "email", autoComplete: "off", required: true, maxLength: 254 },
          { name: "quantity", label: t("quantity"), defaultValue: "1", required: true, maxLength: 3 },
          { name: "reason", label: t("reason"), required: true, maxLength: 100 },
        ]}
      />
    </Card>
  );
}
