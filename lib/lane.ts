type Waiting<Request, Answer> = { request: Request; resolve: (answer: Answer) => void; reject: (error: unknown) => void };

export type LaneOptions = {
  /** The most requests of one batch. */
  batchMax: number;
  /** Batches under way at once. */
  widthMax: number;
  /** Another batch starts beside a running one only for so many requests: small ones would cost more commits than they save. */
  besideMin: number;
  /** Requests that may wait; more are turned away, so that a storm costs them an answer and not the shop its memory. */
  waitingMax: number;
  /** Whether an error says that the next try would fail too: then the whole batch fails at once. */
  failsTogether: (error: unknown) => boolean;
};

const DEFAULTS: LaneOptions = { batchMax: 128, widthMax: 2, besideMin: 32, waitingMax: 20_000, failsTogether: () => false };

export class LaneFullError extends Error {
  override readonly name = "LaneFullError";
}

/**
 * Group commit: collects the requests that arrive while the previous batch is committing and hands them over as one set.
 * Alone, a request runs at once; under load the batch grows by itself.
 * When a batch fails, its requests run one by one, so that a bad one fails alone. `run` must be safe to repeat.
 */
export class Lane<Request, Answer> {
  readonly #waiting: Waiting<Request, Answer>[] = [];
  #running = 0;
  #wokenUp = false;
  readonly options: LaneOptions;

  constructor(
    readonly run: (requests: readonly Request[]) => Promise<readonly Answer[]>,
    options: Partial<LaneOptions> = {},
  ) {
    this.options = { ...DEFAULTS, ...options };
  }

  submit(request: Request): Promise<Answer> {
    if (this.#waiting.length >= this.options.waitingMax) return Promise.reject(new LaneFullError("too many requests are waiting"));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.#wake();
    });
  }

  /** Starts what can start once the current tick's requests are all here. */
  #wake(): void {
    if (this.#wokenUp) return;
    this.#wokenUp = true;
    setImmediate(() => {
      this.#wokenUp = false;
      while (this.#mayStart()) void this.#runBatch(this.#waiting.splice(0, this.#batchSize()));
    });
  }

  /** What waits is shared out over the batches that may still start, so that they work side by side. */
  #batchSize(): number {
    const share = Math.ceil(this.#waiting.length / (this.options.widthMax - this.#running));
    return Math.min(this.options.batchMax, Math.max(this.options.besideMin, share));
  }

  #mayStart(): boolean {
    if (this.#waiting.length === 0 || this.#running >= this.options.widthMax) return false;
    return this.#running === 0 || this.#waiting.length >= this.options.besideMin;
  }

  async #runBatch(batch: readonly Waiting<Request, Answer>[]): Promise<void> {
    this.#running++;
    try {
      await this.#answer(batch);
    } catch (error) {
      if (batch.length === 1 || this.options.failsTogether(error)) batch.forEach(({ reject }) => reject(error));
      else for (const each of batch) await this.#answer([each]).catch((reason: unknown) => each.reject(reason));
    } finally {
      this.#running--;
      this.#wake();
    }
  }

  async #answer(batch: readonly Waiting<Request, Answer>[]): Promise<void> {
    const answers = await this.run(batch.map(({ request }) => request));
    batch.forEach(({ resolve }, index) => resolve(answers[index]!));
  }
}

/** The one lane of its name in the process. Next bundles routes and actions apart, so a module's own variable may exist twice. */
export function sharedLane<Request, Answer>(name: string, make: () => Lane<Request, Answer>): Lane<Request, Answer> {
  const lanes = ((globalThis as { pointsMallLanes?: Map<string, unknown> }).pointsMallLanes ??= new Map());
  if (!lanes.has(name)) lanes.set(name, make());
  return lanes.get(name) as Lane<Request, Answer>;
}
