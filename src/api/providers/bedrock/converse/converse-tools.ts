import type {
	Tool,
	ToolChoice as BedrockToolChoice,
	ToolConfiguration,
	ToolInputSchema,
} from "@aws-sdk/client-bedrock-runtime"
import { textDetail } from "@bedrock-tiers/error-details"
import type { RequestMetadata, ToolChoice, ToolDefinition } from "../../../provider-contract"
import { badInput } from "../../../provider-failure"
import { VALID_TOOL_NAME } from "../conversation/tool-names"

/** Tools that the model may call: none for the tool choice "none", which Converse does not have. */
export function callableTools({ tools = [], tool_choice }: RequestMetadata): readonly ToolDefinition[] {
	return tool_choice === "none" ? [] : tools
}

/**
 * Converts repaired tools to Converse's format; `undefined` when there are none, because it rejects an empty list. A
 * choice is sent only when the caller made one, because some models refuse it. Bedrock's default is "auto".
 */
export function converseTools(
	tools: readonly ToolDefinition[],
	{ tool_choice }: RequestMetadata,
): ToolConfiguration | undefined {
	if (tools.length === 0 || tool_choice === "none") return undefined
	return {
		tools: tools.map(toTool),
		...(tool_choice === undefined ? {} : { toolChoice: toToolChoice(tool_choice, tools) }),
	}
}

function toTool({ function: { name, description, parameters } }: ToolDefinition): Tool {
	if (!VALID_TOOL_NAME.test(name))
		throw badInput(
			textDetail(`A tool is named "${name}": a name has up to 64 letters, digits, underscores and hyphens.`),
		)
	const json = parameters as NonNullable<ToolInputSchema["json"]>
	return { toolSpec: { name, ...(description ? { description } : {}), inputSchema: { json } } }
}

function toToolChoice(choice: Exclude<ToolChoice, "none">, tools: readonly ToolDefinition[]): BedrockToolChoice {
	if (choice === "auto") return { auto: {} }
	if (choice === "required") return { any: {} }
	const { name } = choice.function
	if (!tools.some((tool) => tool.function.name === name))
		throw badInput(textDetail(`The tool "${name}" is to be called, but is not among the tools.`))
	return { tool: { name } }
}
