import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";

import { SMTPServer } from "smtp-server";

/** What a mail server does with the next message: takes it, asks for later, refuses it, or takes it and drops the line before it says so. */
export type Manner = "takes" | "later" | "refuses" | "takes-and-cuts";

export type Received = { from: string; to: string[]; raw: string };

const IPV4 = "127.0.0.1";

/** A mail server of the tests, on a port of its own. */
export class PostOffice {
  readonly received: Received[] = [];
  manner: (message: Received) => Manner = () => "takes";
  readonly #server: SMTPServer;
  readonly #sockets = new Set<Socket>();
  url = "";

  private constructor() {
    this.#server = new SMTPServer({ authOptional: true, disabledCommands: ["AUTH", "STARTTLS"], logger: false, onData: (stream, session, answer) => {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        const message = { from: mailFrom ? mailFrom.address : "", to: rcptTo.map(({ address }) => address), raw: Buffer.concat(parts).toString("utf8") };
        const manner = this.manner(message);
        if (manner === "later") return answer(Object.assign(new Error("try again later"), { responseCode: 451 }));
        if (manner === "refuses") return answer(Object.assign(new Error(`${message.to[0]} is not here`), { responseCode: 550 }));
        this.received.push(message);
        if (manner === "takes-and-cuts") for (const socket of this.#sockets) socket.destroy();
        else answer();
      });
    } });
    this.#server.server.on("connection", (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    this.#server.on("error", () => undefined);
  }

  static async open(): Promise<PostOffice> {
    const office = new PostOffice();
    office.#server.listen(0, IPV4);
    await once(office.#server.server, "listening");
    office.url = `smtp://${IPV4}:${(office.#server.server.address() as AddressInfo).port}`;
    return office;
  }

  close(): Promise<void> {
    return new Promise((done) => this.#server.close(() => done()));
  }
}

/** A header of a received message, with its folded lines as one; encoded words are read. */
export function headerOf({ raw }: Received, name: string): string | undefined {
  const head = raw.split("\r\n\r\n")[0]!.replace(/\r\n[ \t]+/g, " ");
  const line = head.split("\r\n").find((each) => each.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return line && decodeWords(line.slice(name.length + 1).trim());
}

const decodeWords = (text: string): string =>
  text.replace(/\?=\s+=\?/g, "?==?").replace(/=\?utf-8\?(b|q)\?([^?]*)\?=/gi, (_, kind: string, body: string) =>
    kind.toLowerCase() === "b" ? Buffer.from(body, "base64").toString() : Buffer.from(body.replaceAll("_", " ").replace(/=([0-9A-F]{2})/gi, (__, hex: string) => String.fromCharCode(parseInt(hex, 16))), "latin1").toString());
