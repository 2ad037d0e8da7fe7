import { readFileSync } from "node:fs"
import { join } from "node:path"
import { ERROR_CODES, FAILURE_TABLE } from "@bedrock-tiers/protocol"
import { expect, it } from "vitest"
import en from "../../webview-ui/src/locales/en.json"

it("The table of failures in docs/architecture.md is the one in the code", () => {
	const text = readFileSync(join(import.meta.dirname, "../../docs/architecture.md"), "utf8")
	const rows = ERROR_CODES.map((code) => {
		const { retry, retriesAutomatically, tierMayHelp, actions } = FAILURE_TABLE[code]
		const again = `${retry.replaceAll("-", " ")}${retriesAutomatically ? ", by itself" : ""}`
		const offered = actions.map((action) => `_${en.failure.action[action]}_`).join(", ") || "nothing"
		return `| \`${code}\` | ${again} | ${tierMayHelp ? "yes" : "no"} | ${offered} |`
	})
	const written = text.split("\n").map((line) => line.replace(/ {2,}/g, " "))
	expect(written.filter((line) => ERROR_CODES.some((code) => line.startsWith(`| \`${code}\` |`)))).toEqual(rows)
})
