import { connect, type Socket } from "node:net";

/** One kept-alive connection that POSTs JSON: as little work as a client can do, because it shares the machine with what it measures. */
class Connection {
  readonly #socket: Socket;
  #received = "";
  #answer: ((status: number) => void) | null = null;

  constructor(port: number) {
    this.#socket = connect({ host: "127.0.0.1", port, noDelay: true });
    this.#socket.setEncoding("latin1");
    this.#socket.on("data", (chunk: string) => this.#read(chunk));
    this.#socket.on("error", () => this.#answer?.(0));
    this.#socket.on("close", () => this.#answer?.(0));
  }

  post(request: string): Promise<number> {
    return new Promise((resolve) => {
      this.#answer = resolve;
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: string): void {
    this.#received += chunk;
    const headEnd = this.#received.indexOf("\r\n\r\n");
    if (headEnd < 0 || !this.#isWhole(headEnd)) return;
    const status = Number(this.#received.slice(9, 12));
    this.#received = "";
    const answer = this.#answer;
    this.#answer = null;
    answer?.(status);
  }

  #isWhole(headEnd: number): boolean {
    const length = /content-length: (\d+)/i.exec(this.#received.slice(0, headEnd));
    return length ? this.#received.length >= headEnd + 4 + Number(length[1]) : this.#received.endsWith("0\r\n\r\n");
  }
}

/** As many connections as there are callers at once; each request takes a free one. */
export class Client {
  readonly #free: Connection[] = [];
  readonly #all: Connection[] = [];

  constructor(readonly port: number) {}

  /** The status of the answer; 0 when the connection broke. */
  async post(path: string, body: unknown, token?: string): Promise<number> {
    const connection = this.#free.pop() ?? this.#open();
    const payload = JSON.stringify(body);
    const status = await connection.post(
      `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${payload.length}\r\n${token ? `x-auth-token: ${token}\r\n` : ""}\r\n${payload}`,
    );
    this.#free.push(connection);
    return status;
  }

  /** The status of a page. */
  async get(path: string): Promise<number> {
    const connection = this.#free.pop() ?? this.#open();
    const status = await connection.post(`GET ${path} HTTP/1.1\r\nhost: localhost\r\naccept: text/html\r\n\r\n`);
    this.#free.push(connection);
    return status;
  }

  close(): void {
    for (const connection of this.#all) connection.close();
  }

  #open(): Connection {
    const connection = new Connection(this.port);
    this.#all.push(connection);
    return connection;
  }
}
