/** MySQL and Redis in containers, from compose.yaml. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { projectRoot, runDir } from "./paths.mjs";
import { run, runOrThrow } from "./process.mjs";
import { showProgress } from "./progress.mjs";

const READY_MS_MAX = 180_000;
const projectsDir = join(runDir, "containers");
/** As in compose.yaml: the containers listen on this machine only. */
const URLS = {
  mysql: (address) => ({ url: `mysql://mall_app:mall-app-on-this-machine@${address}/mall`, ownerUrl: `mysql://mall:mall-on-this-machine@${address}/mall` }),
  redis: (address) => ({ url: `redis://${address}` }),
};
const TITLES = { mysql: "MySQL", redis: "Redis" };
const INNER_PORTS = { mysql: 3306, redis: 6379 };

/** A client alone is no proof: it is there on machines that have no engine. */
export async function dockerAnswers() {
  const { code } = await run("docker", ["info"]);
  return code === 0 && (await run("docker", ["compose", "version"])).code === 0;
}

/**
 * @param {"mysql" | "redis"} service
 * @param {string} project tests have a project of their own, with volumes of their own
 * @returns {Promise<{ url: string, ownerUrl?: string }>}
 */
export async function startContainer(service, project) {
  // Noted before: a stop in between finds what was begun.
  mkdirSync(projectsDir, { recursive: true });
  writeFileSync(noteOf(project), "");
  return showProgress(`Starting ${TITLES[service]} with Docker Compose`, async () => {
    await compose(project, "up", "--detach", service);
    await untilHealthy(project, service);
    const address = (await compose(project, "port", service, String(INNER_PORTS[service]))).trim();
    return URLS[service](address);
  });
}

async function untilHealthy(project, service) {
  for (const deadline = Date.now() + READY_MS_MAX; Date.now() < deadline; await sleep(1_000)) {
    const container = (await compose(project, "ps", "--quiet", service)).trim();
    if (container === "") continue;
    const { output } = await run("docker", ["inspect", "--format", "{{.State.Health.Status}}", container]);
    if (output.trim() === "healthy") return;
  }
  throw new Error(`${service} did not become healthy:\n${await compose(project, "logs", "--tail", "20", service)}`);
}

/** Stopped containers keep their data and start again in seconds. Does nothing when none were started. */
export async function stopContainers(project) {
  if (existsSync(noteOf(project))) await run("docker", composeArguments(project, "stop"));
  rmSync(noteOf(project), { force: true });
}

/** With their data. Does nothing when none were started. */
export async function removeContainers(project) {
  if (existsSync(noteOf(project))) await run("docker", composeArguments(project, "down", "--volumes"));
  rmSync(noteOf(project), { force: true });
}

function noteOf(project) {
  return join(projectsDir, project);
}

function compose(project, ...args) {
  return runOrThrow("docker", composeArguments(project, ...args));
}

function composeArguments(project, ...args) {
  return ["compose", "--project-directory", projectRoot, "--project-name", project, ...args];
}
