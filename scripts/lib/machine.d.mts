/** Describes the environment of a measurement: the machine, Node.js, and the versions of the named packages. */
export function machine(...packages: string[]): string
/** Today's date in UTC, as YYYY-MM-DD. */
export function today(): string
