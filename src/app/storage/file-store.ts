import { dirname } from "node:path"
import type { ReportProblem, SharedStore } from "../ports"
import { JsonFile } from "./json-file"
import { restrictFolder } from "./private-files"

type Values = Readonly<Record<string, unknown>>

/**
 * Small values in one JSON file. VS Code writes its mementos only some time after `update` resolves, and a reload
 * before that loses them; here `set` resolves when the value is in the file.
 */
export class FileStore implements SharedStore {
	readonly #file: JsonFile<Values>
	#values: Values

	/**
	 * Reads the file synchronously. Its folder, which must belong to the extension, becomes private.
	 * @param isValid whether a stored value is valid; a copy of a file with an invalid value is quarantined
	 */
	constructor(file: string, reportProblem: ReportProblem, isValid = (_key: string, _value: unknown) => true) {
		restrictFolder(dirname(file))
		this.#file = new JsonFile<Values>(file, {
			empty: {},
			parse: (content) =>
				isObject(content)
					? {
							value: content,
							isWhole: Object.entries(content).every(([key, value]) => isValid(key, value)),
						}
					: undefined,
			quarantineCode: "storage.file-quarantined",
			reportProblem,
		})
		this.#values = this.#file.load()
	}

	get(key: string): unknown {
		return this.#values[key]
	}

	/** When the file cannot be read, the previous values remain. */
	reload(): void {
		this.#values = this.#file.load(this.#values)
	}

	/** Rejects when the value cannot be written; the previous value remains then. */
	set(key: string, value: unknown): Promise<void> {
		return this.update(key, () => value)
	}

	async update(key: string, edit: (value: unknown) => unknown): Promise<void> {
		this.#values = await this.#file.update((values) => ({ ...values, [key]: edit(values[key]) }))
	}
}

function isObject(value: unknown): value is Values {
	return typeof value === "object" && value !== null && !Array.isArray(value)
}
