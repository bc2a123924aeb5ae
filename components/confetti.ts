/** For milestones only. The library is fetched when it is needed, and never where motion is unwelcome. */
export async function celebrate(): Promise<void> {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const { default: confetti } = await import("canvas-confetti");
  await confetti({ particleCount: 90, spread: 75, origin: { y: 0.7 }, colors: ["#FFC646", "#0B6B4E", "#4FC99A", "#FF9066"], disableForReducedMotion: true });
}
