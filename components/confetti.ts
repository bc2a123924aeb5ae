/** For milestones only. The library is fetched when it is needed, and never where motion is unwelcome. */
export async function celebrate(): Promise<void> {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const { default: confetti } = await import("canvas-confetti");
  // Without a worker: ours would be made of a blob, which the content security policy refuses.
  await confetti.create(undefined, { useWorker: false, resize: true })({ particleCount: 90, spread: 75, origin: { y: 0.7 }, colors: ["#FFC646", "#0B6B4E", "#4FC99A", "#FF9066"], disableForReducedMotion: true });
}
