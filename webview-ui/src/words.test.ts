import { describe, expect, test } from "vitest"
import { createI18n } from "./i18n"
import { createWords } from "./words"

describe("Words", () => {
	test.each(["en", "en-gb", "xx", "qps-ploc", ""])("speak one language, words and numbers alike: %s", (language) => {
		const { t, resolvedLanguage } = createI18n(language)
		const words = createWords({ t, language: resolvedLanguage ?? "en" })
		expect(words.t("chat.contextOf", { used: words.count(1_234), window: words.count(128_000) })).toBe(
			"1,234 of 128,000",
		)
		expect(words.usd(0.0012)).toBe("$0.0012")
		expect(words.t("cost.unpricedRequests", { count: 1 })).toBe("1 request has no full price.")
		expect(words.t("cost.unpricedRequests", { count: 1_200 })).toBe("1,200 requests have no full price.")
	})

	test("keep a tier as AWS wrote it when they do not know it", () => {
		const words = createWords({ t: createI18n("en").t, language: "en" })
		expect(["default", "flex", "priority", "reserved", "turbo"].map(words.tier)).toEqual([
			"Standard",
			"Flex",
			"Priority",
			"Reserved",
			"turbo",
		])
	})
})
