"use client";

import { useEffect } from "react";
import { celebrate } from "./confetti";

/** Confetti, once, when it appears. */
export function Celebration() {
  useEffect(() => void celebrate(), []);
  return null;
}
