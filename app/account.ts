"use server";

import { redirect } from "next/navigation";
import { refuseForeignOrigin } from "@/lib/act";
import { signOut, signOutEverywhere } from "@/lib/auth";

/** Ends the session of this device. */
export async function leave(): Promise<void> {
  await refuseForeignOrigin();
  await signOut();
  redirect("/");
}

/** Ends every session of this person, here and on all other devices. */
export async function leaveEverywhere(): Promise<void> {
  await refuseForeignOrigin();
  await signOutEverywhere();
  redirect("/");
}
