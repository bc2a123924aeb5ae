const BROWSERS = [
  ["WeChat", /\bMicroMessenger\//], ["Edge", /\bEdg(?:e|A|iOS)?\//], ["Opera", /\bOPR\/|\bOpera\b/], ["Samsung Internet", /\bSamsungBrowser\//], ["Firefox", /\bFirefox\/|\bFxiOS\//],
  ["Chrome", /\bChrome\/|\bCriOS\//], ["Safari", /\bSafari\//],
] as const;

/** A phone says that it is "like Mac OS X", and Android that it is Linux: the narrower word comes first. */
const SYSTEMS = [
  ["iPhone", /\biPhone\b/], ["iPad", /\biPad\b/], ["Android", /\bAndroid\b/], ["HarmonyOS", /\bHarmonyOS\b|\bOpenHarmony\b/], ["Windows", /\bWindows\b/], ["macOS", /\bMac OS X\b|\bMacintosh\b/],
  ["ChromeOS", /\bCrOS\b/], ["Linux", /\bLinux\b/],
] as const;

const nameIn = (names: readonly (readonly [string, RegExp])[], text: string): string | undefined => names.find(([, pattern]) => pattern.test(text))?.[0];

/** What a device calls itself, as its owner would: "Chrome · Windows". Empty when it says nothing that is known. */
export function deviceName(userAgent: string | null): string {
  const text = (userAgent ?? "").slice(0, 1_000);
  return [nameIn(BROWSERS, text), nameIn(SYSTEMS, text)].filter((name) => name !== undefined).join(" · ");
}
