/** What to install by hand, on this system, when nothing could be started. */
import { isDebianLike } from "./debian.mjs";
import { osRelease } from "./apt-sources.mjs";

const INSTALLS = [
  { ids: ["fedora", "rhel", "centos"], command: { mysql: "sudo dnf install mysql8.4-server", redis: "sudo dnf install valkey" } },
  { ids: ["arch"], command: { mysql: null, redis: "sudo pacman -S valkey" } },
  { ids: ["alpine"], command: { mysql: null, redis: "apk add redis" } },
  { ids: ["suse", "opensuse"], command: { mysql: null, redis: "sudo zypper install redis" } },
];

const NAMES = {
  mysql: { name: "MySQL 8.0.19 or newer (MariaDB will not do)", variable: "DATABASE_URL" },
  redis: { name: "Redis or Valkey", variable: "REDIS_URL" },
};

/**
 * @param {"mysql" | "redis"} service
 * @returns {string} one sentence
 */
export function howToInstall(service) {
  const { name, variable } = NAMES[service];
  const command = installCommand(service);
  const install = command ? `run \`${command}\`` : "install it so that its server is on PATH";
  return `${name} is missing: ${install}, start Docker, or set ${variable} to a server that you have.`;
}

function installCommand(service) {
  if (process.platform === "darwin") return `brew install ${service}`;
  if (isDebianLike()) return null;
  const { ID, ID_LIKE = "" } = osRelease();
  const names = [ID, ...ID_LIKE.split(" ")];
  return INSTALLS.find(({ ids }) => ids.some((id) => names.includes(id)))?.command[service] ?? null;
}
