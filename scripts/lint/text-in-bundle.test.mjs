import { RuleTester } from "eslint"
import { describe, it } from "vitest"
import { textInBundle } from "./text-in-bundle.mjs"

Object.assign(RuleTester, { describe, it })

const options = [{ "bundle.json": ["Choose a model.", "is too long"], "en.json": ["is too long"] }]
const missing = (text, file) => ({ messageId: "missing", data: { text, file } })

new RuleTester().run("text-in-bundle", textInBundle, {
	valid: [
		{ code: 'vscode.l10n.t("is too long")', options },
		{ code: "t(message)", options },
		{ code: 'show("Choose a tier.")', options },
		{ code: 't("Choose a model.")', options: [{ "bundle.json": ["Choose a model."] }] },
	],
	invalid: [
		{ code: 't("Choose a model.")', options, errors: [missing("Choose a model.", "en.json")] },
		{
			code: "t(`Choose a tier.`)",
			options,
			errors: ["bundle.json", "en.json"].map((file) => missing("Choose a tier.", file)),
		},
	],
})
