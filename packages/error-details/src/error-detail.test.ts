import { describe, expect, it } from "vitest"
import { DetailedError, englishText } from "./english-text"
import { detail, detailsOf, formatDetails, textDetail, type ErrorDetail } from "./error-detail"
import german from "../locales/de.json"

const GERMAN = { language: "de", textOf: (code: string) => (german as Readonly<Record<string, string>>)[code] }

const germanText = (details: readonly ErrorDetail[]) => formatDetails(details, GERMAN)

describe("formatDetails", () => {
	const limit = [detail("chat.task-limit", { spentUsd: 1_234.5, limitUsd: 1_000 })]

	it("formats amounts of money, durations and numbers in the language of the text", () => {
		expect(englishText(limit)).toBe("This task has cost $1,234.50, and its limit is $1,000.00. Nothing was sent.")
		expect(germanText(limit)).toBe(
			"Diese Aufgabe hat 1.234,50\u00a0$ gekostet, und ihr Limit ist 1.000,00\u00a0$. Es wurde nichts gesendet.",
		)
		const idle = (limitMs: number) => englishText([detail("request.idle", { limitMs })])
		expect(idle(119_000)).toContain("119 seconds")
		expect(idle(900_000)).toContain("15 minutes")
		const price = detail("price-list.implausible-price", { price: "nova", usdPerMTok: 0.000_012_5 })
		expect(englishText([price])).toContain("nova would be $0.0000125 per million tokens")
	})

	it("shows details as a parameter within the sentence, in the same language", () => {
		const reason = [detail("storage.locked", { path: "a.lock" })]
		expect(englishText([detail("chat.not-saved", { reason })])).toMatch(
			/^The chat could not be saved \(Another window does not let go of a\.lock\.\)\./,
		)
		expect(germanText([detail("chat.not-saved", { reason })])).toContain("gibt a.lock nicht frei")
	})

	it("joins several details, shows a text as it is and an unknown code as its code", () => {
		expect(englishText([...limit, textDetail("{a} b"), { code: "new.code", params: {} }])).toMatch(
			/ Nothing was sent\. \{a\} b new\.code$/,
		)
	})

	it("keeps a placeholder whose parameter is missing", () => {
		expect(englishText([{ code: "request.quota", params: {} }])).toContain("quota for {model}")
	})
})

describe("detailsOf", () => {
	it("returns the details of an error, of another bundle too, and the message of any other error as text", () => {
		const details = [detail("request.timeout")]
		expect(detailsOf(new DetailedError(details))).toBe(details)
		expect(detailsOf(Object.assign(new Error("x"), { details }))).toBe(details)
		expect(detailsOf(new Error("EACCES"))).toEqual([textDetail("EACCES")])
		expect(detailsOf("thrown")).toEqual([textDetail("thrown")])
	})
})

it("DetailedError has the English text as its message", () => {
	expect(new DetailedError(detail("request.timeout")).message).toBe("Bedrock did not answer in time. Try again.")
})
