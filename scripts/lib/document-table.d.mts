/** Puts the table between the two comments of a command in the document, as the document's own formatting has it. */
export function writeTable(document: string, command: string, table: string): Promise<void>
