import { afterEach, describe, expect, it } from "vitest"
import { formatUsd } from "../cost/format-usd"
import { currentTranslation, formatCount, translateToEnglish, setTranslation, t } from "./translate"

const english = currentTranslation()

afterEach(() => setTranslation(english))

describe("Translation of messages", () => {
	it("replaces placeholders with their values and keeps a placeholder without a value", () => {
		expect(translateToEnglish("{0} of {1} files", 2, 17)).toBe("2 of 17 files")
		expect(translateToEnglish("{1}, {0}, {2}", "a", "b")).toBe("b, a, {2}")
	})

	it("uses English messages and English number formats until a translation is set", () => {
		expect(t("at least {0}", formatUsd(1_234.5))).toBe("at least $1,234.50")
		expect(formatCount(1_234)).toBe("1,234")
	})

	it("uses the messages and number formats of the language that was set", () => {
		const messages: Record<string, string> = { "at least {0}": "mindestens {0}" }
		setTranslation({
			translate: (message, ...values) => translateToEnglish(messages[message] ?? message, ...values),
			language: "de",
		})
		expect(t("at least {0}", formatUsd(1_234.5))).toBe("mindestens 1.234,50\u00a0$")
		expect(t("not known here")).toBe("not known here")
		expect(formatCount(1_234)).toBe("1.234")
	})
})
