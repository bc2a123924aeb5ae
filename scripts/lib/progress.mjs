/** What a waiting reader sees, on stderr: stdout belongs to results. */
const LOG_EVERY_MS = 10_000;
const REDRAW_MS = 200;

/**
 * Shows a title with elapsed time while `work` runs: a live line on a terminal, plain lines in a log.
 * `work` receives a function that shows a detail behind the title.
 * @template T
 * @param {string} title
 * @param {(detail: (text: string) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function showProgress(title, work) {
  const startedAt = performance.now();
  const line = process.stderr.isTTY ? liveLine(title, startedAt) : loggedLine(title, startedAt);
  try {
    const result = await work(line.detail);
    line.end(`✓ ${title} (${elapsed(startedAt)})`);
    return result;
  } catch (error) {
    line.end(`✗ ${title} (${elapsed(startedAt)})`);
    throw error;
  }
}

export function say(text) {
  process.stderr.write(`${text}\n`);
}

function liveLine(title, startedAt) {
  let shown = "";
  const draw = () => {
    const text = `… ${title} ${elapsed(startedAt)}${shown && ` – ${shown}`}`;
    process.stderr.write(`\r\x1b[2K${text.slice(0, (process.stderr.columns || 80) - 1)}`);
  };
  const timer = setInterval(draw, REDRAW_MS).unref();
  draw();
  return {
    detail: (text) => (shown = text),
    end(text) {
      clearInterval(timer);
      process.stderr.write(`\r\x1b[2K${text}\n`);
    },
  };
}

function loggedLine(title, startedAt) {
  let shown = "";
  say(`… ${title}`);
  const timer = setInterval(() => say(`  ${title}: ${elapsed(startedAt)}${shown && ` – ${shown}`}`), LOG_EVERY_MS).unref();
  return {
    detail: (text) => (shown = text),
    end(text) {
      clearInterval(timer);
      say(text);
    },
  };
}

/** @param {number} startedAt from performance.now() */
export function elapsed(startedAt) {
  const seconds = (performance.now() - startedAt) / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}
