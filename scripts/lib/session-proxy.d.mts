export interface SessionProxy {
	port: number
	/** The address with these query parameters and the token. */
	urlWith(parameters?: Record<string, string>): string
	close(): void
}

export function startSessionProxy(options: {
	/** 0: any free port. */
	port: number
	/** Number of ports to try, from `port` on. Default: 1. */
	attempts?: number
	socketPath: string
}): Promise<SessionProxy>
