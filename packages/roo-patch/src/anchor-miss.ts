/** Thrown when a place that an edit needs is missing or ambiguous. Nothing has been written then. */
export class AnchorMiss extends Error {
	override readonly name = "AnchorMiss"

	constructor(
		/** The path in the checkout, with forward slashes. */
		readonly file: string,
		/** A description of the place that was searched for. */
		readonly anchor: string,
		/** The number of matches; `null` when the file itself is missing. */
		readonly found: number | null,
		detail?: string,
	) {
		const how = found === null ? "there is no such file" : found === 0 ? "not found" : `found ${found} times`
		super(`${file}: ${anchor}: ${detail ?? how}`)
	}
}
