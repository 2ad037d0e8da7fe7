import { describe, expect, it } from "vitest"
import { refusedParameter } from "./parameter-refusal"

describe("refusedParameter", () => {
	it.each([
		["This model doesn't support the temperature field. Remove temperature and try again.", "temperature"],
		["The model returned the following errors: `temperature` is deprecated for this model.", "temperature"],
		["Malformed input request: extraneous key [temperature] is not permitted, please reformat.", "temperature"],
		["Unsupported parameter: 'temperature' is not supported with this model.", "temperature"],
		["The maximum tokens you requested exceeds the model limit of 4096. Try again with fewer.", "maxTokens"],
		[
			"The model returned the following errors: Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got 3 instead.",
			"maxTokens",
		],
		[
			"The model returned the following errors: max_tokens: 200000 > 64000, which is the maximum allowed number of output tokens for claude-haiku-4-5-20251001",
			"maxTokens",
		],
		[
			"Malformed input request: #: extraneous key [max_tokens] is not permitted, please reformat your input and try again.",
			"maxTokens",
		],
		["This model doesn't support the thinking field. Remove thinking and try again.", "thinking"],
		[
			'"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.',
			"thinking",
		],
		["The model returned the following errors: adaptive thinking is not supported on this model", "thinking"],
		[
			"This model doesn't support the toolConfig.toolChoice.any field. Remove toolConfig.toolChoice.any and try again.",
			"toolChoice",
		],
		["This model doesn't support the toolChoice.tool field.", "toolChoice"],
		["This model doesn't support tool use in streaming mode.", "tools"],
		["This model doesn't support tool use.", "tools"],
		["This model doesn't support system messages. Try again without a system message.", "systemPrompt"],
		["This model doesn't support the image content block that you provided.", "images"],
		["This model doesn't support the image field for user messages. Remove image and try again.", "images"],
	])("reads %j as a refusal of %s", (message, parameter) => {
		expect(refusedParameter(message)).toBe(parameter)
	})

	it.each([
		"This model doesn't support the topP field. Remove topP and try again.",
		"This model doesn't support the stopSequences field. Remove stopSequences and try again.",
		"This model doesn't support documents.",
		"This model doesn't support the reasoningContent.reasoningText.signature field.",
		"The user asked about temperature.",
		"messages.0.content: temperature is not a block",
		"The provided model identifier is invalid.",
		"systematic errors in the request",
		"The toolConfig field must be defined when using toolUse and toolResult content blocks.",
	])("does not read %j as a refusal of a parameter that can be left out", (message) => {
		expect(refusedParameter(message)).toBeNull()
	})
})
