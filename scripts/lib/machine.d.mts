/** What figures were taken with: the machine, Node, and the packages named. */
export function machine(...packages: string[]): string
/** ISO date. */
export function today(): string
