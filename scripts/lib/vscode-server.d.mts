export interface RunningVsCodeServer {
	/** `http://127.0.0.1:PORT/`, with `?folder=…` where a workspace was given. */
	url: string
	pid: number
	logPath: string
	/** Resolves to the exit code when the server ends, by itself or by `stop()`. */
	exited: Promise<number>
	/** Ends the whole process tree and removes what it left behind. */
	stop(): Promise<number>
}

export interface VsCodeServerOptions {
	/** 0 or nothing: any free port. */
	port?: number
	vsix: string
	dataDir: string
	env?: Record<string, string | undefined>
	workspaceDir?: string
	/** Remove `dataDir` when the server has ended, however that came. */
	temporary?: boolean
	/** User settings on top of the quiet ones; written only where the data folder has none yet. */
	settings?: Record<string, unknown>
	/** What VS Code speaks to its extensions, as "de"; English unless said otherwise. */
	language?: string | undefined
}

export function installVsCodeServer(options?: { log?: (line: string) => void }): Promise<void>
export function serverIsSupported(): boolean
export function startVsCodeServer(options: VsCodeServerOptions): Promise<RunningVsCodeServer>
