"use client";

import { lazy, Suspense, type ComponentProps } from "react";
import type { WatchButton as Whole } from "@/components/watch-button";

const WatchButton = lazy(() => import("@/components/watch-button").then(({ WatchButton: whole }) => ({ default: whole })));

/** Few products are sold out: it stands in their page, and its script comes after the page's own. */
export const WatchButtonLater = (props: ComponentProps<typeof Whole>) => <Suspense><WatchButton {...props} /></Suspense>;
