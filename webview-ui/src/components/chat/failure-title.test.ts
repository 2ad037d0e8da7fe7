import { ERROR_CODES, FAILURE_ACTIONS } from "@bedrock-tiers/protocol"
import { describe, expect, test } from "vitest"
import { englishI18n } from "../../testing/english"
import en from "../../locales/en.json"
import { createLocale } from "../../locale"
import { failureTitle } from "./failure-title"

const locale = createLocale({ t: englishI18n().t, language: "en" })

describe("Failure messages", () => {
	test.each(ERROR_CODES)("have a title for %s that is a full sentence without placeholders", (code) => {
		for (const tier of ["flex", undefined] as const)
			expect(failureTitle(code, tier, locale)).toMatch(/^[A-Z][^{}]+\.$/)
	})

	test("exist for exactly the defined error codes and actions", () => {
		const { action, theTier: _, ...titles } = en.failure
		expect(Object.keys(titles)).toEqual([...ERROR_CODES])
		expect(Object.keys(action)).toEqual([...FAILURE_ACTIONS])
	})

	test("name the requested tier when it is known", () => {
		expect(failureTitle("tier-refused", "flex", locale)).toBe("AWS refused Flex.")
		expect(failureTitle("tier-refused", undefined, locale)).toBe("AWS refused the tier.")
	})
})
