import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { visibleJson, visibleLine, visibleText, VisibleTextStream } from "./visible-text"

/** Control characters that a terminal interprets, and bidirectional controls. */
// eslint-disable-next-line no-control-regex
const HARMFUL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/

/** Texts that consist mostly of parts of escape sequences. */
const hostileText = fc
	.array(
		fc.constantFrom(
			...[
				"\u001b",
				"\u009b",
				"\u009d",
				"\u009c",
				"\u0007",
				"\u001b\\",
				"[",
				"]",
				"]52;c;",
				"]8;;https://a.example",
			],
			...["2J", "31m", ";", "0", "\r", "\n", "\t", "\u007f", "\u202e", "\u2066", "é", "😀", "word ", "P", "?25l"],
		),
		{ maxLength: 40 },
	)
	.map((parts) => parts.join(""))

describe("visibleText", () => {
	it.each([
		["clipboard (OSC 52)", "a\u001b]52;c;aGVsbG8\u0007b", "ab"],
		["link (OSC 8)", "\u001b]8;;https://a.example\u001b\\link\u001b]8;;\u001b\\", "link"],
		["color (CSI)", "\u001b[31mred\u001b[0m", "red"],
		["cleared screen (C1 CSI)", "a\u009b2Jb", "ab"],
		["a sequence that appears when an inner one is removed", "\u001b\u001b[31m[2J", "<U+001B>[2J"],
		["overwritten line", "paid\rfree", "paid<U+000D>free"],
		["deleted characters", "paid\b\b\u007f", "paid<U+0008><U+0008><U+007F>"],
		["bidirectional override", "\u202egnp.exe\u202c", "<U+202E>gnp.exe<U+202C>"],
		["line feeds and tabs", "a\n\tb\r\nc", "a\n\tb\nc"],
		["letters outside ASCII", "é 日本 שלום 😀", "é 日本 שלום 😀"],
	])("%s", (_name, text, visible) => {
		expect(visibleText(text)).toBe(visible)
	})

	it("leaves no control character in any text", () => {
		fc.assert(fc.property(hostileText, (text) => !HARMFUL.test(visibleText(text))))
	})
})

it("visibleLine shows line breaks and tabs, so that a value cannot start a line of its own", () => {
	expect(visibleLine("flex\n\tok\u2028")).toBe("flex<U+000A><U+0009>ok<U+2028>")
})

it("visibleJson contains no control character and parses to the same value", () => {
	fc.assert(
		fc.property(hostileText, (text) => {
			const json = visibleJson({ text }, "\t")
			expect(json).not.toMatch(HARMFUL)
			expect(JSON.parse(json)).toEqual({ text })
		}),
	)
})

describe("VisibleTextStream", () => {
	it("gives the same text however the pieces are cut", () => {
		fc.assert(
			fc.property(hostileText, fc.array(fc.nat(8)), (text, lengths) => {
				const stream = new VisibleTextStream()
				let shown = ""
				let rest = text
				for (const length of lengths) {
					shown += stream.push(rest.slice(0, length))
					rest = rest.slice(length)
				}
				expect(shown + stream.push(rest) + stream.end()).toBe(visibleText(text))
			}),
		)
	})

	it("shows text without escape sequences at once", () => {
		const stream = new VisibleTextStream()
		expect(stream.push("Half the ")).toBe("Half the ")
		expect(stream.push("price")).toBe("price")
	})

	it("stops holding back a sequence that does not end", () => {
		const stream = new VisibleTextStream()
		const shown = Array.from({ length: 3_000 }, () => stream.push("a")).join("")
		const hostile = stream.push("\u001b]") + Array.from({ length: 3_000 }, () => stream.push("a")).join("")
		expect(shown).toBe("a".repeat(3_000))
		expect(hostile.length).toBeGreaterThan(1_900)
		expect(hostile).not.toMatch(HARMFUL)
	})
})
