import type { ToolCall } from "@bedrock-tiers/protocol"
import { useLocale, type Locale } from "../../locale"
import { LazyDetails } from "../ui/LazyDetails"

type ToolCallPartProps = {
	readonly call: ToolCall
	/** Whether the answer is still in progress. */
	readonly running: boolean
}

/** A tool call of the model, with its result when it is expanded. */
export function ToolCallPart({ call, running }: ToolCallPartProps) {
	const locale = useLocale()
	const { t } = locale
	const { result } = call
	const state = result ? (result.ok ? null : t("tool.failed")) : running ? t("tool.running") : t("tool.notRun")
	const title = (
		<>
			{toolCallLabel(call, locale)}
			{state && <strong> · {state}</strong>}
		</>
	)
	if (!result) return <p className="tool-call">{title}</p>
	return (
		<LazyDetails className="tool-call" summary={title}>
			<pre className="tool-result">{result.text}</pre>
		</LazyDetails>
	)
}

function toolCallLabel({ name, input }: ToolCall, { t }: Locale): string {
	const { path, pattern } = readInput(input)
	const where = path === undefined || path === "" || path === "." ? t("tool.workspace") : path
	switch (name) {
		case "list_files":
			return t("tool.list", { path: where })
		case "read_file":
			return t("tool.read", { path: path ?? "…" })
		case "search_text":
			return t("tool.search", { pattern: pattern ?? "…", path: where })
		default:
			return t("tool.other", { name, input })
	}
}

/** Returns no arguments when the JSON is incomplete, as it is while the input streams. */
function readInput(input: string): { readonly path?: string; readonly pattern?: string } {
	try {
		const value = JSON.parse(input) as Readonly<Record<string, unknown>> | null
		const text = (key: string) => (typeof value?.[key] === "string" ? { [key]: value[key] } : {})
		return { ...text("path"), ...text("pattern") }
	} catch {
		return {}
	}
}
