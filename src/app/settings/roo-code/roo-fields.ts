import { t } from "@bedrock-tiers/core"
import type { SkippedSetting } from "./roo-settings"

/** Reads Roo Code's settings field by field, and remembers what was read and what was not what it should be. */
export class RooFields {
	readonly untaken: SkippedSetting[] = []
	readonly #values: Readonly<Record<string, unknown>>
	readonly #read = new Set(["apiProvider"])

	constructor(values: object) {
		this.#values = values as Record<string, unknown>
	}

	/** Undefined = absent, blank or no text. */
	text(field: string): string | undefined {
		const value = this.#value(field)
		if (value === undefined || typeof value === "string") return value?.trim() || undefined
		return this.#wrong(field)
	}

	/** Undefined = absent or neither true nor false. */
	flag(field: string): boolean | undefined {
		const value = this.#value(field)
		return value === undefined || typeof value === "boolean" ? value : this.#wrong(field)
	}

	/** Undefined = absent or no number. */
	number(field: string): number | undefined {
		const value = this.#value(field)
		return value === undefined || typeof value === "number" ? value : this.#wrong(field)
	}

	note(code: SkippedSetting["code"], field: string, sentence: string): void {
		this.untaken.push({ code, field, sentence })
	}

	/** Tells of the fields that nobody read. Null and undefined say nothing. */
	noteTheRest(): void {
		for (const [field, value] of Object.entries(this.#values))
			if (!this.#read.has(field) && value !== null && value !== undefined)
				this.note("no-such-setting", field, t("There is no setting here for Roo Code's {0}.", field))
	}

	#value(field: string): unknown {
		this.#read.add(field)
		return this.#values[field] ?? undefined
	}

	#wrong(field: string): undefined {
		this.note("not-valid", field, t("Roo Code's {0} could not be read.", field))
		return undefined
	}
}
