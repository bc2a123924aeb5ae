import Link, { type LinkProps } from "next/link";
import type { ReactNode } from "react";
import { buttonClass, type ButtonLook } from "./button";

type ButtonLinkProps<Address> = ButtonLook & LinkProps<Address> & { className?: string; children: ReactNode };

/** Apart from the button: what loads a button alone, as the error pages do on every visit, does without the router's link. */
export function ButtonLink<Address>({ look, size, wide, className, ...rest }: ButtonLinkProps<Address>) {
  return <Link className={buttonClass({ look, size, wide }, className)} {...rest} />;
}
