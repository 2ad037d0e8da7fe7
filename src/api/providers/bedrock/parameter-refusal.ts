/* eslint-disable bedrock-tiers/untranslated-text -- patterns of AWS messages, which are never displayed */
import type { OmittableParameter } from "@bedrock-tiers/core"

/** Names of a parameter in AWS's messages, as alternatives of a regular expression. */
const NAMES: Readonly<Record<OmittableParameter, string>> = {
	temperature: "temperature",
	maxTokens: "max_?tokens|max_(completion|output)_tokens|maximum tokens you requested",
	thinking: "(adaptive |extended )?thinking|thinking\\.type\\.\\w+|reasoning(_effort|Config)?|output_config",
	toolChoice: "(toolConfig\\.)?toolChoice(\\.\\w+)?|tool_choice(\\.\\w+)*",
	tools: "tool ?use|tool ?Config|tools",
	systemPrompt: "system( (messages?|prompts?|content blocks?))?",
	images: "images?( content blocks?| inputs?)?",
}

const BEFORE =
	"(This model doesn't support (the )?|The model does(n't| not) support (the )?|Unsupported (parameter|value): |" +
	"Malformed input request: (#: )?extraneous key \\[|The value of |Invalid (?=')|The (?=maximum tokens you requested exceed))"
const AFTER =
	"((is|are) (deprecated|unsupported|not (supported|permitted|allowed))|: \\d+ > \\d+, which is the maximum allowed)"

/**
 * Fixed beginnings of ValidationException messages about a parameter. They are matched from the beginning, because a
 * message may quote the user's text. Sources: docs/wire-contract.md, "Refused parameters".
 */
const PATTERNS = Object.entries(NAMES).map(([parameter, names]) => {
	const name = `[\`'"]?(inferenceConfig\\.)?(${names})[\`'"]?\\]?`
	return {
		parameter: parameter as OmittableParameter,
		pattern: new RegExp(
			`^(The model returned the following errors: )?(${BEFORE}${name}($|[ .,:;])|${name} ?${AFTER})`,
			"i",
		),
	}
})

/** The parameter that a ValidationException names as refused; `null` when it names none that can be left out. */
export function refusedParameter(message: string): OmittableParameter | null {
	return PATTERNS.find(({ pattern }) => pattern.test(message))?.parameter ?? null
}
