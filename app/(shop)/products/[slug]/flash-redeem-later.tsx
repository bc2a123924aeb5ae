"use client";

import { lazy, Suspense, type ComponentProps } from "react";
import type { FlashRedeem as Whole } from "./flash-redeem";

const FlashRedeem = lazy(() => import("./flash-redeem").then(({ FlashRedeem: whole }) => ({ default: whole })));

/** Few products are in a sale: it stands in their page, and its script comes after the page's own. */
export const FlashRedeemLater = (props: ComponentProps<typeof Whole>) => <Suspense><FlashRedeem {...props} /></Suspense>;
