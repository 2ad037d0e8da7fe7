import { describe, expect, test } from "vitest"
import { safeUrl } from "./safe-url"

describe("safeUrl", () => {
	test.each([
		["https://example.com/a?b=1#c", "https://example.com/a?b=1#c"],
		["HTTPS://EXAMPLE.com", "https://example.com/"],
		["mailto:someone@example.com", "mailto:someone@example.com"],
		// The first letter of the host name is a Cyrillic "а".
		["https://аpple.com/", "https://xn--pple-43d.com/"],
	])("allows an https or mailto URL: %s", (address, url) => {
		expect(safeUrl(address)).toBe(url)
	})

	test.each([
		"javascript:alert(1)",
		"JaVaScRiPt:alert(1)",
		" javascript:alert(1)",
		"java\nscript:alert(1)",
		"command:workbench.action.files.newUntitledFile",
		"vscode://file/etc/passwd",
		"vscode-resource:/etc/passwd",
		"data:text/html,<script>alert(1)</script>",
		"blob:https://example.com/1",
		"file:///etc/passwd",
		"http://example.com",
		"ftp://example.com",
		"//example.com",
		"/etc/passwd",
		"#top",
		"",
		"https://",
		"https://example.com@evil.example",
		"https://user:secret@evil.example",
	])("returns `null` for any other address: %s", (address) => {
		expect(safeUrl(address)).toBeNull()
	})
})
