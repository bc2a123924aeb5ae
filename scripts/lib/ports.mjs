/** TCP ports on this machine, and servers that speak first. */
import { connect, createServer } from "node:net";

const PORT_MAX = 65_535;

/** A port that nobody listens on; `preferred` when that one is free. */
export async function freePort(preferred) {
  if (preferred && (await isFree(preferred))) return preferred;
  return listenBriefly({ port: 0, host: "127.0.0.1" });
}

/** The first free port at or above `from`. */
export async function firstFreePort(from) {
  for (let port = from; port <= PORT_MAX; port++) if (await isFree(port)) return port;
  throw new Error(`no free port at or above ${from}`);
}

/** Free on the loopback address as well as on all addresses: servers bind to either. */
export async function isFree(port) {
  for (const host of ["127.0.0.1", undefined]) {
    if (!(await listenBriefly({ port, host }).catch(() => null))) return false;
  }
  return true;
}

function listenBriefly(address) {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(address, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Connects, says `hello` and hands back the first bytes of the answer; null when nobody answers in a second.
 * @returns {Promise<Buffer | null>}
 */
export function firstAnswer(host, port, hello = "") {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const finish = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => hello && socket.write(hello));
    socket.once("data", finish);
    for (const event of ["error", "timeout", "close"]) socket.once(event, () => finish(null));
  });
}

/** Where a mysql:// or redis:// URL points to. */
export function addressOf(url, defaultPort) {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) || defaultPort };
}
