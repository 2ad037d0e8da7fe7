import { detail, type ErrorDetail } from "@bedrock-tiers/error-details"
import type { SkippedSetting } from "./roo-settings"

/** Reads Roo Code's settings field by field, and collects unread and invalid fields. */
export class RooFields {
	readonly skipped: SkippedSetting[] = []
	readonly #values: Readonly<Record<string, unknown>>
	readonly #readFields = new Set(["apiProvider"])

	constructor(values: object) {
		this.#values = values as Record<string, unknown>
	}

	/** `undefined` when absent, blank or not a string. */
	text(field: string): string | undefined {
		const value = this.#value(field)
		if (value === undefined || typeof value === "string") return value?.trim() || undefined
		return this.#noteInvalid(field)
	}

	/** `undefined` when absent or not a boolean. */
	flag(field: string): boolean | undefined {
		const value = this.#value(field)
		return value === undefined || typeof value === "boolean" ? value : this.#noteInvalid(field)
	}

	/** `undefined` when absent or not a number. */
	number(field: string): number | undefined {
		const value = this.#value(field)
		return value === undefined || typeof value === "number" ? value : this.#noteInvalid(field)
	}

	note(code: SkippedSetting["code"], field: string, what: ErrorDetail): void {
		this.skipped.push({ code, field, detail: what })
	}

	/** Notes fields that were not read, except those that are `null` or `undefined`. */
	noteUnreadFields(): void {
		for (const [field, value] of Object.entries(this.#values))
			if (!this.#readFields.has(field) && value !== null && value !== undefined)
				this.note("no-such-setting", field, detail("roo.field-unknown", { field }))
	}

	#value(field: string): unknown {
		this.#readFields.add(field)
		return this.#values[field] ?? undefined
	}

	#noteInvalid(field: string): undefined {
		this.note("not-valid", field, detail("roo.field-invalid", { field }))
		return undefined
	}
}
