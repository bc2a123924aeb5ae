export function stopInstance(dir: string, options?: { signal?: NodeJS.Signals }): Promise<void>;
