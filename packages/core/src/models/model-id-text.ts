import { allModels } from "./catalog"
import { nearestText } from "./nearest-text"

const ID = /^[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+(:\w+)*$/i
const INVISIBLE = /[\u200b\u2060\ufeff]/g
const QUOTES = /^["'`“‘]+|["'`”’]+,?$/g
const CONSOLE_URL = /^https:\/\/([a-z0-9-]+\.)?console\.(aws\.amazon\.com|amazonaws-us-gov\.com|amazonaws\.cn)\//i
/** Prefixes by which other tools select Bedrock, its API and a region: `bedrock/`, `bedrock/converse/us-east-1/`. */
const TOOL_PREFIX =
	/^(amazon[-_])?bedrock([-_](converse|runtime))?[/:](converse\/|invoke\/)?([a-z]{2}(-[a-z]+)+-\d\/)?/i
/** Size of the context window: `[1m]` in other tools; `:24k` in ids that only provisioned throughput accepts. */
const CONTEXT_SUFFIX = /\[1m\]$|(?<=:\d+):\d+[km]$/i

/**
 * Returns the model id or ARN in a text as users paste it: without white space and quotes around it, without the
 * prefixes and suffixes of other tools, taken out of an address of the AWS console. Any other text is returned as it is.
 */
export function normalizeModelId(text: string): string {
	const pasted = text.replace(INVISIBLE, "").trim().replace(QUOTES, "").trim()
	const id = CONSOLE_URL.test(pasted) ? (consoleModelId(pasted) ?? pasted) : pasted.replace(TOOL_PREFIX, "")
	return id.startsWith("arn:") ? id : id.replace(CONTEXT_SUFFIX, "")
}

/** The console's address names the page, and often the model, after the `#`. */
function consoleModelId(url: string): string | null {
	const page = decode(url.slice(url.indexOf("#") + 1))
	const [arn] = /arn:aws[a-z-]*:(bedrock|sagemaker):[^?&#\s]+/.exec(page) ?? []
	return (
		arn ??
		page
			.split(/[/?&=#]/)
			.filter((part) => ID.test(part))
			.at(-1) ??
		null
	)
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text)
	} catch {
		return text
	}
}

/** Returns the id of the catalog that is most similar to a text, with or without its provider; `null` when none is. */
export function nearestModelId(text: string): string | null {
	const [name = ""] = normalizeModelId(text).split("/").slice(-1)
	const byName = new Map(
		allModels().flatMap(({ id }) => [
			[id.slice(id.indexOf(".") + 1), id],
			[id, id],
		]),
	)
	const nearest = nearestText(name, [...byName.keys()])
	return nearest === null ? null : (byName.get(nearest) ?? null)
}
