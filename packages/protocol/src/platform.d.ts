/** The only platform API that this package uses; the extension host and the webview both provide it. */
declare class URL {
	constructor(text: string)
	static canParse(text: string): boolean
	readonly origin: string
	readonly protocol: string
	readonly hostname: string
	readonly username: string
	readonly password: string
	readonly pathname: string
	readonly search: string
	readonly hash: string
}
