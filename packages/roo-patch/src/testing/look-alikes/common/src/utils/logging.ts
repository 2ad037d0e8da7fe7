export const logger = {
	lines: [] as string[],
	info(message: string, details: Record<string, unknown>): void {
		this.lines.push(`${message} ${JSON.stringify(details)}`)
	},
}
