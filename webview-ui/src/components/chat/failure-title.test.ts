import { ERROR_CODES, FAILURE_ACTIONS } from "@bedrock-tiers/protocol"
import { describe, expect, test } from "vitest"
import { englishI18n } from "../../testing/english"
import en from "../../locales/en.json"
import { createLocale } from "../../locale"
import { failureTitle } from "./failure-title"

const locale = createLocale({ t: englishI18n().t, language: "en" })

describe("The words for failures", () => {
	test.each(ERROR_CODES)("%s has a title that is a sentence, with nothing left to fill in", (code) => {
		for (const tier of ["flex", undefined] as const)
			expect(failureTitle(code, tier, locale)).toMatch(/^[A-Z][^{}]+\.$/)
	})

	test("are there for the codes and the actions that there are, and for no others", () => {
		const { action, theTier: _, ...titles } = en.failure
		expect(Object.keys(titles)).toEqual([...ERROR_CODES])
		expect(Object.keys(action)).toEqual([...FAILURE_ACTIONS])
	})

	test("name the tier that was asked for, where it is known", () => {
		expect(failureTitle("tier-refused", "flex", locale)).toBe("AWS refused Flex.")
		expect(failureTitle("tier-refused", undefined, locale)).toBe("AWS refused the tier.")
	})
})
