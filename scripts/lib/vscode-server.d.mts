export interface RunningVsCodeServer {
	/** Address of the session proxy, with the token, and with the folder when a workspace was given. */
	url: string
	/** Port of the session proxy. */
	port: number
	pid: number
	logPath: string
	/** Resolves to the exit code when the server ends, by itself or by `stop()`. */
	exited: Promise<number>
	/** Ends the whole process tree and removes its temporary files. */
	stop(): Promise<number>
}

export interface VsCodeServerOptions {
	/** 0 or absent: any free port. */
	port?: number
	/** Number of ports to try, from `port` on. Default: 1. */
	attempts?: number
	vsix: string
	dataDir: string
	env?: Record<string, string | undefined>
	workspaceDir?: string
	/** Removes `dataDir` after the server has ended for any reason. */
	temporary?: boolean
	/** User settings in addition to the default ones; written only when the data folder has none yet. */
	settings?: Record<string, unknown>
	/** Display language of the extensions, for example "de". Default: English. */
	language?: string | undefined
}

export function installVsCodeServer(options?: { log?: (line: string) => void }): Promise<void>
export function serverIsSupported(): boolean
export function startVsCodeServer(options: VsCodeServerOptions): Promise<RunningVsCodeServer>
