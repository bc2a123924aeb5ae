import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Notice } from "../ui/notice";

type ReadOnlyProps = { /** The role may see this and not change it. */ when: boolean; children: ReactNode };

/** A panel that shows something and can change it, for somebody who may only see it: its forms are gone, but not its search. */
export const WithoutForms = ({ when, children }: ReadOnlyProps) =>
  when ? <div className="min-w-0 [&_details:has(form)]:hidden [&_form:not([role=search])]:hidden">{children}</div> : children;

/** An editor as it stands for somebody whose role only reads: every field is off, no button is shown, and a sentence says why. */
export function ReadOnly({ when, children }: ReadOnlyProps) {
  const t = useTranslations("adminAccess");
  if (!when) return children;
  return (
    <>
      <Notice className="mb-4">{t("readOnly")}</Notice>
      <fieldset disabled className="min-w-0 [&_button]:hidden">{children}</fieldset>
    </>
  );
}
