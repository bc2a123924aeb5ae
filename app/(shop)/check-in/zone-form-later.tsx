"use client";

import { lazy, Suspense, type ComponentProps } from "react";
import type { ZoneForm as Form } from "./zone-form";

const ZoneForm = lazy(() => import("./zone-form").then(({ ZoneForm: form }) => ({ default: form })));

/** The form of a disclosure that few open: it stands in the page, and its script comes after the page's own. */
export const ZoneFormLater = (props: ComponentProps<typeof Form>) => <Suspense><ZoneForm {...props} /></Suspense>;
