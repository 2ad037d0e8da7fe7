import { describe, expect, test } from "vitest"
import { bestLanguage } from "./i18n"
import { englishI18n } from "./testing/english"
import { createLocale } from "./locale"

describe("Locale", () => {
	test("formats numbers and plurals in its language", () => {
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
	])('bestLanguage resolves "%s" to "%s"', (requested, language) => {
		expect(bestLanguage(requested, ["de", "en", "pt-BR", "zh-CN", "zh-TW"])).toBe(language)
	})

	test("shows an unknown tier as AWS wrote it", () => {
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
