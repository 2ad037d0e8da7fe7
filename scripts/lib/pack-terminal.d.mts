export function packTerminalCommand(options?: { log?: (text: string) => void }): Promise<void>
