import { getTranslations } from "next-intl/server";
import { pay } from "./actions";
import { Notice } from "@/components/ui/notice";
import { PlainForm } from "@/components/ui/plain-form";
import { db } from "@/db/client";
import { providersThatTake } from "@/lib/payments";
import { getPolicy } from "@/lib/settings/queries";

const choice = "flex min-h-11 cursor-pointer items-center gap-3 rounded-control border border-input px-3.5 text-dense has-checked:border-primary has-checked:bg-primary-soft has-checked:font-semibold has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-primary";

type ProviderName = "wechat" | "alipay" | "stripe" | "test";

/** How to pay: one way needs no question, several are chosen from, none is said. */
export async function PayChoice({ orderId, submit }: { orderId: string; submit: string }) {
  const [t, tCommon, policy] = await Promise.all([getTranslations("pay"), getTranslations("common"), getPolicy(db())]);
  const names = providersThatTake(policy).map(({ name }) => name as ProviderName);
  if (names.length === 0) return <Notice tone="warning">{t("none")}</Notice>;
  const hidden = { requestId: crypto.randomUUID(), orderId, ...(names.length === 1 ? { provider: names[0]! } : {}) };
  return (
    <PlainForm action={pay} fields={[]} hidden={hidden} submit={submit} pending={tCommon("pending")}>
      {names.length > 1 && (
        <fieldset>
          <legend className="mb-2 text-caption font-medium text-muted">{t("way")}</legend>
          <div className="grid gap-2">
            {names.map((name, index) => (
              <label key={name} className={choice}>
                <input type="radio" name="provider" value={name} defaultChecked={index === 0} className="size-6 shrink-0 accent-primary" />
                {t(`providers.${name}`)}
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </PlainForm>
  );
}
