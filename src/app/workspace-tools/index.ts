import { receive } from "@bedrock-tiers/protocol"
import type * as z from "zod/mini"
import type { Call } from "./call"
import { Clock, endedBy } from "./clock"
import { openRoots } from "./guard"
import { LIMITS, type Limits } from "./limits"
import { listFiles } from "./list-files"
import { readFile } from "./read-file"
import { errorCode, Refusal } from "./refusal"
import { searchText } from "./search-text"
import { startOf, visible } from "./shown-text"
import { isWorkspaceTool, listFilesInput, readFileInput, searchTextInput } from "./tools"

export { LIMITS } from "./limits"
export { isSecret } from "./secret-files"
export { visible } from "./shown-text"
export { isWorkspaceTool, WORKSPACE_TOOLS } from "./tools"

export type ToolAnswer = {
	readonly ok: boolean
	/** For the model; on failure one sentence that says what is wrong. */
	readonly text: string
}

/** Milliseconds that a call may take beyond its time, where the file system itself does not answer. */
const GRACE_MS = 2_000

/** Reads what is in the open workspace folders, and nothing else; changes nothing. */
export class WorkspaceTools {
	readonly #folders: readonly { readonly name: string; readonly path: string }[]
	readonly #limits: Limits

	/** @param folders absolute paths of the open workspace folders, with the names people know them by */
	constructor(folders: readonly { readonly name: string; readonly path: string }[], limits: Limits = LIMITS) {
		this.#folders = folders
		this.#limits = limits
	}

	/**
	 * Never throws: what cannot be done is an answer for the model. `input` is what the model wrote, unchecked. Ends soon
	 * after the signal does, and after ten seconds with what it has.
	 */
	async run(name: string, input: unknown, signal: AbortSignal): Promise<ToolAnswer> {
		const call = this.#call(name, input, signal).catch(asAnswer)
		const noAnswer = (text: string) => ({ ok: false, text })
		return endedBy(signal, this.#limits.timeMs + GRACE_MS, call, noAnswer)
	}

	async #call(name: string, input: unknown, signal: AbortSignal): Promise<ToolAnswer> {
		if (!isWorkspaceTool(name)) throw new Refusal(`There is no tool "${startOf(visible(name), 100)}".`)
		const roots = await openRoots(this.#folders)
		if (roots.length === 0) throw new Refusal("No folder is open, so there are no files.")
		const call: Call = { roots, limits: this.#limits, clock: new Clock(signal, this.#limits.timeMs) }
		return { ok: true, text: await dispatch(name, input, call) }
	}
}

function dispatch(name: string, input: unknown, call: Call): Promise<string> {
	if (name === "list_files") return listFiles(call, check(name, listFilesInput, input))
	if (name === "read_file") return readFile(call, check(name, readFileInput, input))
	return searchText(call, check(name, searchTextInput, input))
}

function check<T>(name: string, schema: z.ZodMiniType<T>, input: unknown): T {
	const received = receive(schema, input)
	if (received.ok) return received.message
	const where = received.problem.startsWith("Unrecognized") ? "" : received.field && `${received.field}: `
	throw new Refusal(startOf(visible(`${name} was called with a wrong input: ${where}${received.problem}.`), 500))
}

function asAnswer(error: unknown): ToolAnswer {
	// No message of the system's: it names absolute paths.
	const text = error instanceof Refusal ? error.message : `The tool failed (${errorCode(error)}).`
	return { ok: false, text }
}
