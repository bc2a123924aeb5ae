/** One way out: whatever was started is undone once, last first, when the work ends or a signal arrives. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** @type {Set<() => unknown>} */
const undos = new Set();
/** @type {((signal: string) => void)[]} */
const receivers = [];
let leaving = null;

/**
 * @param {() => unknown} undo may be asynchronous
 * @returns {() => void} forgets it, for work that ended by itself
 */
export function atExit(undo) {
  undos.add(undo);
  return () => undos.delete(undo);
}

/** Undoes everything and ends the process. Later calls wait for the first and keep its code. */
export function leave(code) {
  leaving ??= undoAll().then(() => process.exit(code));
  return leaving;
}

export function isLeaving() {
  return leaving !== null;
}

/** Before a last word is printed, or on the way out. */
export async function undoAll() {
  while (undos.size > 0) {
    const undo = [...undos].at(-1);
    undos.delete(undo);
    try {
      await undo();
    } catch (error) {
      console.error(`While stopping: ${error.message}`);
    }
  }
}

/**
 * Ends the process cleanly on a signal. A terminal sends Ctrl+C to npm and to us, and npm may pass it on:
 * the second one must not cut the clean-up short.
 * @param {(signal: string) => number} codeFor
 */
export function leaveOnSignals(codeFor = (signal) => (signal === "SIGINT" ? 130 : 143)) {
  for (const signal of SIGNALS) {
    process.on(signal, () => (receivers.length > 0 ? receivers.at(-1)(signal) : leave(codeFor(signal))));
  }
}

/** While a child does the work, signals are its business: it ends in its own way and with its own exit code. */
export function passSignals(receiver) {
  receivers.push(receiver);
  return () => receivers.splice(receivers.indexOf(receiver), 1);
}

/** Runs a script's main function, undoes what it started, and exits with the code it returns. */
export async function runMain(main) {
  try {
    await leave((await main()) ?? 0);
  } catch (error) {
    if (!isLeaving()) console.error(error.plain ? error.message : (error.stack ?? error));
    await leave(1);
  }
}

/** An error whose sentence is all that the reader needs: printed without a stack. */
export class PlainError extends Error {
  plain = true;
}
