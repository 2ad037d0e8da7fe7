import {
	accessSync,
	closeSync,
	constants,
	existsSync,
	mkdirSync,
	openSync,
	readFileSync,
	writeFileSync,
	writeSync,
} from "node:fs"
import { join } from "node:path"
import { IoFailure, Refusal } from "../refusal"

/** The repository of a clone; `tag` is `null` for its default branch. */
export type Repository = { readonly url: string; readonly tag: string | null }

/** The folder of one build, with everything that is written besides the changes in a user's own checkout. */
export class WorkFolder {
	readonly checkout: string
	readonly log: string
	readonly #source: string

	/** @throws IoFailure when it cannot be created */
	constructor(readonly path: string) {
		try {
			mkdirSync(path, { recursive: true })
			accessSync(path, constants.W_OK)
		} catch (error) {
			throw new IoFailure("write", path, (error as NodeJS.ErrnoException).code ?? "unknown")
		}
		this.checkout = join(path, "checkout")
		this.log = join(path, "build.log")
		this.#source = join(path, "source.json")
	}

	/**
	 * Whether the folder has a complete clone of the repository, from an earlier run.
	 * @throws Refusal when it has another clone, or an incomplete one
	 */
	hasClone(repository: Repository): boolean {
		if (!existsSync(this.checkout)) return false
		const isSame = existsSync(this.#source) && readFileSync(this.#source, "utf8") === sourceText(repository)
		if (isSame) return true
		throw new Refusal(
			`${this.checkout} is not a clone of ${describeRepository(repository)}, or is incomplete. ` +
				`Delete it, or name another folder with --folder.`,
		)
	}

	/** Remembers that the clone is complete. */
	recordClone(repository: Repository): void {
		writeFileSync(this.#source, sourceText(repository))
	}

	/**
	 * Writes a pnpm hook that replaces dependencies, so that no manifest of the checkout is changed for it.
	 * @returns its path
	 */
	writeReplacements(replacements: Readonly<Record<string, string>>): string {
		const path = join(this.path, "replacements.cjs")
		writeFileSync(
			path,
			`const replacements = ${JSON.stringify(replacements, null, "\t")}
const KINDS = ["dependencies", "devDependencies", "optionalDependencies"]
function readPackage(manifest) {
	for (const kind of KINDS)
		for (const name of Object.keys(manifest[kind] ?? {}))
			if (Object.hasOwn(replacements, name)) manifest[kind][name] = replacements[name]
	return manifest
}
module.exports = { hooks: { readPackage } }
`,
		)
		return path
	}
}

export function describeRepository({ url, tag }: Repository): string {
	return tag === null ? url : `${url} at ${tag}`
}

function sourceText(repository: Repository): string {
	return `${JSON.stringify(repository, null, "\t")}\n`
}

/** The output of all programs of one build. */
export class BuildLog {
	readonly descriptor: number

	constructor(readonly path: string) {
		this.descriptor = openSync(path, "w")
	}

	write(text: string): void {
		writeSync(this.descriptor, text)
	}

	/** Everything from a length on. */
	read(from: number): string {
		return readFileSync(this.path).subarray(from).toString("utf8")
	}

	get length(): number {
		return readFileSync(this.path).length
	}

	close(): void {
		closeSync(this.descriptor)
	}
}
