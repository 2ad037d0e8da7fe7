/** A port of 127.0.0.1 on which no server listens. */
export function anyFreePort(): Promise<number>
