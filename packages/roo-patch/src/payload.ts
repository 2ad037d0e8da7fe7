/** What the patch brings along. */
export type Payload = {
	/** Of this project. */
	readonly version: string
	/** New files, by their path in the checkout. */
	readonly files: Readonly<Record<string, string>>
	/** Words by language, for the key that the settings' words get. */
	readonly locales: Readonly<Record<string, unknown>>
}
