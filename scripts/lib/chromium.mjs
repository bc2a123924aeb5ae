/** A Chromium for the browser journeys: the machine's, else unpacked from packages, else Playwright's own download. */
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDebianLike, unpack } from "./debian.mjs";
import { projectRoot } from "./paths.mjs";
import { findExecutables, run } from "./process.mjs";
import { say, showProgress } from "./progress.mjs";
import { PlainError } from "./shutdown.mjs";
import { libraryDirs } from "./unpacked.mjs";

const NAMES = ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"];
const APPS = ["Google Chrome", "Chromium"].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);

/** A headless browser needs no desktop, and of its own release it uses the C library that runs already. */
const NOT_NEEDED = [
  ...["libc6", "systemd", "libpam-systemd", "dbus", "dbus-user-session", "default-dbus-session-bus"],
  ...["dconf-service", "dconf-gsettings-backend", "libgl1-mesa-dri", "libglx-mesa0", "shared-mime-info"],
  ...["adwaita-icon-theme", "hicolor-icon-theme", "x11-utils", "xdg-utils", "xkb-data"],
];

/**
 * @returns {Promise<string | null>} the program to start; null: the one that Playwright brings itself
 * @throws a sentence that says what to install
 */
export async function findChromium() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  for (const candidate of [...NAMES.flatMap((name) => findExecutables(name, ["/usr/bin"])), ...APPS.filter(existsSync)]) {
    if (await runs(candidate)) return candidate;
  }
  return (isDebianLike() ? await unpackedChromium() : null) ?? (await playwrightsOwn());
}

/** Where a package only points to another shop, its program is there but does not run. */
async function runs(program) {
  const { code } = await run(program, ["--version"]);
  return code === 0;
}

async function unpackedChromium() {
  try {
    const tree = await unpack({
      name: "chromium",
      title: "Fetching Chromium from the system's package mirror",
      proof: "usr/lib/chromium/chromium",
      notNeeded: NOT_NEEDED,
      attempts: [{ suite: "release", alternatives: [["chromium", "fonts-noto-cjk", "fonts-dejavu-core"]] }],
    });
    const program = writeLauncher(tree);
    return (await runs(program)) ? program : null;
  } catch (error) {
    say(error.message);
    return null;
  }
}

/** With the tree's libraries and fonts. Its own loader would not do: Chromium starts itself again by name. */
function writeLauncher(tree) {
  const launcher = join(tree, "chromium");
  const fonts = join(tree, "fonts.conf");
  writeFileSync(fonts, fontConfiguration);
  const lines = [
    "#!/bin/sh",
    `export LD_LIBRARY_PATH='${libraryDirs(tree).join(":")}' FONTCONFIG_FILE='${fonts}'`,
    `exec '${join(tree, "usr/lib/chromium/chromium")}' "$@"`,
  ];
  writeFileSync(launcher, `${lines.join("\n")}\n`);
  chmodSync(launcher, 0o755);
  return launcher;
}

const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">usr/share/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

async function playwrightsOwn() {
  const { chromium } = await import("playwright-core");
  if (existsSync(chromium.executablePath())) return null;
  const { code, output } = await showProgress("Downloading Chromium with Playwright", () =>
    run(process.execPath, [join(projectRoot, "node_modules/playwright/cli.js"), "install", "chromium"]),
  );
  if (code === 0) return null;
  throw new PlainError(`No Chromium for the browser tests: install one, or set CHROMIUM_PATH to it.\n${output}`);
}
