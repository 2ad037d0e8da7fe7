/** A place that an edit needs is not there, or not there once. Nothing is written then. */
export class AnchorMiss extends Error {
	override readonly name = "AnchorMiss"

	constructor(
		/** In the checkout, with forward slashes. */
		readonly file: string,
		/** What was looked for, in words. */
		readonly anchor: string,
		/** How often it was found; null = the file itself is missing. */
		readonly found: number | null,
		detail?: string,
	) {
		const how = found === null ? "there is no such file" : found === 0 ? "not found" : `found ${found} times`
		super(`${file}: ${anchor}: ${detail ?? how}`)
	}
}
