/** Replaces the table between the two marker comments of a command, and formats the document with Prettier. */
export function writeTable(document: string, command: string, table: string): Promise<void>
