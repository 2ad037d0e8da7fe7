import { describe, expect, it } from "vitest"
import { refusedParameter } from "./parameter-refusal"

describe("refusedParameter", () => {
	it.each([
		["This model doesn't support the temperature field. Remove temperature and try again.", "temperature"],
		["The model returned the following errors: `temperature` is deprecated for this model.", "temperature"],
		["Malformed input request: extraneous key [temperature] is not permitted, please reformat.", "temperature"],
		["Unsupported parameter: 'temperature' is not supported with this model.", "temperature"],
		["The maximum tokens you requested exceeds the model limit of 4096. Try again with fewer.", "maxTokens"],
		["The value of maxTokens must be at least 16.", "maxTokens"],
		["This model doesn't support the thinking field. Remove thinking and try again.", "thinking"],
		["This model doesn't support tool use in streaming mode.", "tools"],
		["This model doesn't support tool use.", "tools"],
		["This model doesn't support system messages. Try again without a system message.", "systemPrompt"],
		["This model doesn't support the image content block that you provided.", "images"],
	])("reads %j as a refusal of %s", (message, parameter) => {
		expect(refusedParameter(message)).toBe(parameter)
	})

	it.each([
		"This model doesn't support the topP field. Remove topP and try again.",
		"The user asked about temperature.",
		"messages.0.content: temperature is not a block",
		"The provided model identifier is invalid.",
		"systematic errors in the request",
		"The toolConfig field must be defined when using toolUse and toolResult content blocks.",
	])("does not read %j as a refusal of a parameter that can be left out", (message) => {
		expect(refusedParameter(message)).toBeNull()
	})
})
