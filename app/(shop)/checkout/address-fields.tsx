"use client";

import type { Address } from "./checkout-terms";
import type { CheckoutWords } from "./checkout-words";
import { TextField } from "@/components/ui/field";

const fields = [
  { name: "recipient", autoComplete: "name", maxLength: 60 },
  { name: "phone", autoComplete: "tel", type: "tel", maxLength: 30 },
  { name: "region", autoComplete: "address-level1", maxLength: 120 },
  { name: "postcode", autoComplete: "postal-code", maxLength: 12 },
  { name: "street", autoComplete: "street-address", maxLength: 200, className: "col-span-2" },
] as const;

type AddressFieldsProps = { address: Address | null; errors: Record<string, string>; words: CheckoutWords["address"] };

/** Where to ship. An address that was used before is filled in and folded away; it opens when it needs another look. */
export function AddressFields({ address, errors, words }: AddressFieldsProps) {
  const hasErrors = fields.some(({ name }) => errors[`address.${name}`]);
  const inputs = (
    <div className="grid grid-cols-2 items-start gap-3">
      {fields.map(({ name, ...field }) => (
        <TextField
          key={name} id={`address-${name}`} name={`address.${name}`} label={words[name]} defaultValue={address?.[name]} error={errors[`address.${name}`]}
          required={name !== "postcode"} optionalLabel={name === "postcode" ? words.optional : undefined} {...field}
        />
      ))}
      <p className="col-span-2 text-caption text-muted">{words.kept}</p>
    </div>
  );
  if (!address) return <fieldset><legend className="mb-2 text-caption font-medium">{words.legend}</legend>{inputs}</fieldset>;
  return (
    <fieldset>
      <legend className="mb-2 text-caption font-medium">{words.legend}</legend>
      <address className="rounded-card border border-border px-4 py-3 text-dense not-italic">
        <b className="font-semibold">{address.recipient}</b> <span className="tabular-nums">{address.phone}</span>
        <br />
        <span className="text-muted">{address.region} {address.street} {address.postcode}</span>
      </address>
      <details open={hasErrors || undefined} className="mt-1">
        <summary className="inline-flex min-h-8 list-none items-center text-caption font-medium text-primary">{words.change}</summary>
        <div className="mt-2">{inputs}</div>
      </details>
    </fieldset>
  );
}
