import { describe, expect, test } from "vitest"
import { bestLanguage } from "./i18n"
import { englishI18n } from "./testing/english"
import { createLocale } from "./locale"

describe("Words", () => {
	test("say numbers and plurals in their language", () => {
		const locale = createLocale(englishI18n())
		expect(locale.t("chat.contextOf", { used: locale.count(1_234), window: locale.count(128_000) })).toBe(
			"1,234 of 128,000",
		)
		expect(locale.usd(0.0012)).toBe("$0.0012")
		expect(locale.t("cost.unpricedRequests", { count: 1 })).toBe("1 request has no full price.")
		expect(locale.t("cost.unpricedRequests", { count: 1_200 })).toBe("1,200 requests have no full price.")
	})

	test.each([
		["de", "de"],
		["de-AT", "de"],
		["pt-br", "pt-BR"],
		["pt", "pt-BR"],
		["zh-tw", "zh-TW"],
		["zh", "zh-CN"],
		["xx", "en"],
		["qps-ploc", "en"],
		["", "en"],
	])("of the language that was asked for, or of the one that serves best: %s", (asked, language) => {
		expect(bestLanguage(asked, ["de", "en", "pt-BR", "zh-CN", "zh-TW"])).toBe(language)
	})

	test("keep a tier as AWS wrote it when they do not know it", () => {
		const locale = createLocale({ t: englishI18n().t, language: "en" })
		expect(["default", "flex", "priority", "reserved", "turbo"].map(locale.tier)).toEqual([
			"Standard",
			"Flex",
			"Priority",
			"Reserved",
			"turbo",
		])
	})
})
