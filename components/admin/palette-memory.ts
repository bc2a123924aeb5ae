"use client";

const PREFIX = "points-mall:palette:";

/** What was opened last stays on the device, apart for everybody who signs in on it. */
export const recentKey = (staffId: number): string => `${PREFIX}${staffId}`;

export function forgetRecent(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

const SINGLE_KEYS = "points-mall:single-keys";

/** Whether single letters are shortcuts: until this device is told otherwise. */
export function hasSingleKeys(): boolean {
  try {
    return localStorage.getItem(SINGLE_KEYS) !== "off";
  } catch {
    return true;
  }
}

export function setSingleKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(SINGLE_KEYS);
    else localStorage.setItem(SINGLE_KEYS, "off");
  } catch {
    // Without a place to keep it the default stays.
  }
  window.dispatchEvent(new Event(SINGLE_KEYS));
}

export function onSingleKeys(changed: () => void): () => void {
  window.addEventListener(SINGLE_KEYS, changed);
  window.addEventListener("storage", changed);
  return () => {
    window.removeEventListener(SINGLE_KEYS, changed);
    window.removeEventListener("storage", changed);
  };
}
