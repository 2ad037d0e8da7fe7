/** What the patch adds to a checkout. */
export type Payload = {
	/** The version of this project. */
	readonly version: string
	/** New files, by their path in the checkout. */
	readonly files: Readonly<Record<string, string>>
	/** Texts by language, for the key that is added to the settings translations. */
	readonly locales: Readonly<Record<string, unknown>>
}
