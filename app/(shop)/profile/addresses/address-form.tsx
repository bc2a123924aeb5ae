import { getTranslations } from "next-intl/server";
import { keepAddress } from "./actions";
import { Panel } from "@/components/ui/card";
import { PlainForm } from "@/components/ui/plain-form";
import type { KeptAddress } from "@/lib/accounts/queries";

/** A new address, or one that is there already. */
export async function AddressForm({ address, isFirst = false }: { address?: KeptAddress; isFirst?: boolean }) {
  const [t, tProduct, tCommon] = await Promise.all([getTranslations("account"), getTranslations("product.address"), getTranslations("common")]);
  return (
    <Panel>
      <PlainForm
        action={keepAddress} hidden={address ? { id: String(address.id) } : {}} submit={t("save")} pending={tCommon("pending")}
        fields={[
          { name: "recipient", label: tProduct("recipient"), autoComplete: "name", required: true, maxLength: 60, defaultValue: address?.recipient },
          { name: "phone", label: tProduct("phone"), type: "tel", autoComplete: "tel", required: true, maxLength: 30, defaultValue: address?.phone },
          { name: "region", label: tProduct("region"), autoComplete: "address-level1", required: true, maxLength: 120, defaultValue: address?.region },
          { name: "street", label: tProduct("street"), autoComplete: "street-address", required: true, maxLength: 200, defaultValue: address?.street },
          { name: "postcode", label: tProduct("postcode"), autoComplete: "postal-code", maxLength: 12, optionalLabel: tCommon("optional"), defaultValue: address?.postcode },
        ]}
      >
        {!isFirst && !address?.isDefault && (
          <label className="flex min-h-11 items-center gap-3 text-body">
            <input type="checkbox" name="isDefault" className="size-6 accent-primary" />
            {t("addresses.useAsDefault")}
          </label>
        )}
      </PlainForm>
    </Panel>
  );
}
