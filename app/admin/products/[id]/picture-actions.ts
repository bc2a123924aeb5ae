"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { catalogChanged } from "@/app/catalog-cache";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { staffCommand } from "@/lib/act";
import { setProductPictures } from "@/lib/catalog/pictures/commands";
import { ProductPicturesInput } from "@/lib/catalog/pictures/schema";

const save = staffCommand("set-product-pictures", "products.write", ProductPicturesInput, setProductPictures);

/** Puts a product's pictures in the order of the form; those that it leaves out are taken off. */
export async function savePicturesForm(_: FormState, form: FormData): Promise<FormState> {
  const { requestId, productId, pictures } = formFields(form);
  const [outcome, t] = await Promise.all([save({ requestId, productId, pictures: listIn(pictures) }), getTranslations("admin.pictures")]);
  if (!outcome.ok) return refusedState(outcome);
  await catalogChanged();
  refresh();
  return { status: "done", message: t("saved") };
}

function listIn(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return null;
  }
}
