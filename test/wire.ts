import { createConnection, createServer, type AddressInfo, type Socket } from "node:net";

/** A statement on its way to MySQL: the text, its place among all that passed, and the server's id of the connection. */
export type PassingQuery = { sql: string; number: number; connectionId: number };

/** `drop` closes the connection before the server hears of it; `lose-reply` after the server has answered. */
export type Verdict = "pass" | "drop" | "lose-reply";

/** A TCP line to a server that fails as a test says: cut, frozen, or, for MySQL, at a chosen statement. */
export class Wire {
  /** Decides about each statement; null lets everything pass unread. */
  judge: ((query: PassingQuery) => Verdict | Promise<Verdict>) | null = null;
  readonly #links = new Set<Link>();
  readonly #server = createServer((client) => this.#accept(client));
  #isCut = false;
  #isFrozen = false;
  #queries = 0;
  #url = "";

  private constructor(readonly target: URL) {}

  static async to(url: string): Promise<Wire> {
    const wire = new Wire(new URL(url));
    await new Promise<void>((listening) => wire.#server.listen(0, "127.0.0.1", listening));
    const through = new URL(url);
    through.hostname = "127.0.0.1";
    through.port = String((wire.#server.address() as AddressInfo).port);
    wire.#url = through.href;
    return wire;
  }

  get url(): string {
    return this.#url;
  }

  get queries(): number {
    return this.#queries;
  }

  countFromHere(): void {
    this.#queries = 0;
  }

  /** Ends every connection and refuses new ones. */
  cut(): void {
    this.#isCut = true;
    for (const link of this.#links) link.destroy();
  }

  /** Nothing moves any more, and nobody is told. */
  freeze(): void {
    this.#isFrozen = true;
    for (const link of this.#links) link.pause();
  }

  heal(): void {
    this.#isCut = false;
    this.#isFrozen = false;
    for (const link of this.#links) link.resume();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((closed) => this.#server.close(closed));
  }

  #accept(client: Socket): void {
    if (this.#isCut) return void client.destroy();
    const link = new Link(client, createConnection(Number(this.target.port), this.target.hostname), async (sql, connectionId) => {
      const number = ++this.#queries;
      return this.judge ? this.judge({ sql, number, connectionId }) : "pass";
    });
    this.#links.add(link);
    link.whenClosed(() => this.#links.delete(link));
    if (this.#isFrozen) link.pause();
  }
}

const HEADER = 4;
const COM_QUERY = 3;
/** No parameters, in one set: what mysql2 writes before the text. */
const NO_ATTRIBUTES = /^\0\x01/;

/** One connection. Packets from the client are cut out of the stream, so that each statement can be judged before it goes on. */
class Link {
  #fromClient: Buffer = Buffer.alloc(0);
  #greeting: Buffer | null = Buffer.alloc(0);
  #connectionId = 0;
  #isLosing = false;
  #work: Promise<void> = Promise.resolve();

  constructor(readonly client: Socket, readonly server: Socket, readonly ask: (sql: string, connectionId: number) => Promise<Verdict>) {
    client.on("data", (bytes: Buffer) => (this.#work = this.#work.then(() => this.#toServer(bytes))));
    server.on("data", (bytes: Buffer) => this.#toClient(bytes));
    for (const socket of [client, server]) {
      socket.on("error", () => this.destroy());
      socket.on("close", () => this.destroy());
    }
  }

  whenClosed(tell: () => void): void {
    this.client.once("close", tell);
  }

  destroy(): void {
    this.client.destroy();
    this.server.destroy();
  }

  pause(): void {
    this.client.pause();
    this.server.pause();
  }

  resume(): void {
    this.client.resume();
    this.server.resume();
  }

  async #toServer(bytes: Buffer): Promise<void> {
    this.#fromClient = Buffer.concat([this.#fromClient, bytes]);
    if (this.#connectionId === 0) return this.#passOn(this.#fromClient.length);
    while (this.#fromClient.length >= HEADER) {
      const length = HEADER + this.#fromClient.readUIntLE(0, 3);
      if (this.#fromClient.length < length) return;
      const isQuery = this.#fromClient[3] === 0 && this.#fromClient[HEADER] === COM_QUERY;
      const verdict = isQuery ? await this.ask(this.#fromClient.toString("utf8", HEADER + 1, length).replace(NO_ATTRIBUTES, ""), this.#connectionId) : "pass";
      if (verdict === "drop") return this.destroy();
      if (verdict === "lose-reply") this.#isLosing = true;
      this.#passOn(length);
    }
  }

  #passOn(length: number): void {
    this.server.write(this.#fromClient.subarray(0, length));
    this.#fromClient = this.#fromClient.subarray(length);
  }

  #toClient(bytes: Buffer): void {
    if (this.#isLosing) return this.destroy();
    if (this.#greeting) this.#readGreeting(bytes);
    this.client.write(bytes);
  }

  /** MySQL greets with its version, ended by a zero, and the id of the connection. Redis says nothing first, and stays unread. */
  #readGreeting(bytes: Buffer): void {
    this.#greeting = Buffer.concat([this.#greeting!, bytes]);
    const isMysql = this.#greeting[HEADER] === 10 && this.#greeting[3] === 0;
    const end = this.#greeting.indexOf(0, HEADER + 1);
    if (isMysql && end > 0 && this.#greeting.length >= end + 5) this.#connectionId = this.#greeting.readUInt32LE(end + 1);
    if (!isMysql || this.#connectionId > 0) this.#greeting = null;
  }
}
