import { RuleTester } from "eslint"
import { describe, it } from "vitest"
import { untranslatedText } from "./untranslated-text.mjs"

Object.assign(RuleTester, { describe, it })

const untranslated = (text) => [{ messageId: "untranslated", data: { text } }]
const options = [{ names: ["Bedrock Tiers"] }]

new RuleTester().run("untranslated-text", untranslatedText, {
	valid: [
		't("Could not save settings: {0}", reason)',
		'locale.t("Could not save settings: {0}", reason)',
		'vscode.l10n.t("Could not save settings: {0}", reason)',
		"t(`The file is empty.`)",
		'import settings from "a file"',
		'const code = "throttled"',
		'const key = "chat.title"',
		{ code: 'createChannel("Bedrock Tiers")', options },
		{ code: "show(`Bedrock Tiers: ${tier}`)", options },
	],
	invalid: [
		{ code: 'show("The file is empty.")', errors: untranslated("The file is empty.") },
		{ code: "show(`Could not save ${file}`)", errors: untranslated("Could not save {}") },
		{ code: 't("Open {0}", isOpen ? "the file" : "")', errors: untranslated("the file") },
		{ code: "t(`Could not save ${file}`)", errors: untranslated("Could not save {}") },
		{ code: 'other.t("The file is empty.")', errors: untranslated("The file is empty.") },
		{ code: 'show("Bedrock Tiers is busy")', options, errors: untranslated("Bedrock Tiers is busy") },
	],
})
