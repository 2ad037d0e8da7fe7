import type { ToolResult } from "@bedrock-tiers/protocol"
import type * as z from "zod/mini"
import { Deadline, withTimeout } from "./deadline"
import { openRoots } from "./guard"
import { LIMITS, type Call, type Limits } from "./limits"
import { listFiles } from "./list-files"
import { readFile } from "./read-file"
import { errorCode, Refusal } from "./refusal"
import { searchText } from "./search-text"
import { truncate, visible } from "./shown-text"
import { listFilesInput, readFileInput, searchTextInput, WORKSPACE_TOOLS } from "./tools"

export { LIMITS } from "./limits"
export { isSecret } from "./secret-files"
export { visible } from "./shown-text"

/** Milliseconds after the time limit before a call ends although the file system has not responded. */
const GRACE_MS = 2_000

/** Read-only tools for the open workspace folders. They never read anything outside these folders. */
export class WorkspaceTools {
	readonly definitions = WORKSPACE_TOOLS
	readonly #folders: readonly { readonly name: string; readonly path: string }[]
	readonly #limits: Limits

	/** @param folders absolute paths of the open workspace folders, with the names that the user sees */
	constructor(folders: readonly { readonly name: string; readonly path: string }[], limits: Limits = LIMITS) {
		this.#folders = folders
		this.#limits = limits
	}

	/**
	 * Never rejects: a failure is an answer for the model. The call ends soon after the signal aborts. At the time
	 * limit (ten seconds by default) it ends with the results found so far.
	 * @param input the input that the model wrote, not validated
	 */
	async run(name: string, input: unknown, signal: AbortSignal): Promise<ToolResult> {
		const call = this.#call(name, input, signal).catch(toFailedAnswer)
		const failedAnswer = (text: string) => ({ ok: false, text })
		return withTimeout(signal, this.#limits.timeMs + GRACE_MS, call, failedAnswer)
	}

	async #call(name: string, input: unknown, signal: AbortSignal): Promise<ToolResult> {
		const runTool = TOOLS.get(name)
		if (!runTool) throw new Refusal(`There is no tool "${truncate(visible(name), 100)}".`)
		const roots = await openRoots(this.#folders)
		if (roots.length === 0) throw new Refusal("No folder is open, so there are no files.")
		const call: Call = { roots, limits: this.#limits, deadline: new Deadline(signal, this.#limits.timeMs) }
		return { ok: true, text: await runTool(call, input) }
	}
}

const TOOLS: ReadonlyMap<string, (call: Call, input: unknown) => Promise<string>> = new Map([
	["list_files", (call, input) => listFiles(call, validate("list_files", listFilesInput, input))],
	["read_file", (call, input) => readFile(call, validate("read_file", readFileInput, input))],
	["search_text", (call, input) => searchText(call, validate("search_text", searchTextInput, input))],
])

function validate<T>(name: string, schema: z.ZodMiniType<T>, input: unknown): T {
	const parsed = schema.safeParse(input)
	if (parsed.success) return parsed.data
	const [issue] = parsed.error.issues
	const what = [...(issue?.path.length ? [issue.path.join(".")] : []), issue?.message].join(": ")
	throw new Refusal(truncate(visible(`${name} was called with a wrong input: ${what}.`), 500))
}

function toFailedAnswer(error: unknown): ToolResult {
	// A system error's own message is not used, because it contains absolute paths.
	const text = error instanceof Refusal ? error.message : `The tool failed (${errorCode(error)}).`
	return { ok: false, text }
}
