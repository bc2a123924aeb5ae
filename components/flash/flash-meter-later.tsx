"use client";

import { lazy, Suspense, type ComponentProps } from "react";
import type { FlashMeter as Whole } from "./flash-meter";

const FlashMeter = lazy(() => import("./flash-meter").then(({ FlashMeter: whole }) => ({ default: whole })));

/** The meter as the server drew it, until its script has come after the page's own. */
export const FlashMeterLater = (props: ComponentProps<typeof Whole>) => <Suspense><FlashMeter {...props} /></Suspense>;
