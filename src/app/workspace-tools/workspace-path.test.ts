import { posix, win32 } from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { isInside } from "./guard"
import { Refusal } from "./refusal"
import { parseWorkspacePath } from "./workspace-path"

describe("parseWorkspacePath", () => {
	it.each([
		["", []],
		[".", []],
		["./src//app/", ["src", "app"]],
		["src\\app\\a.ts", ["src", "app", "a.ts"]],
		["src/../README.md", ["README.md"]],
		["..name/...", ["..name", "..."]],
		["a b/%2e%2e/ü", ["a b", "%2e%2e", "ü"]],
	])("parses %j into the segments %j", (text, segments) => {
		expect(parseWorkspacePath(text, false)).toEqual(segments)
	})

	it.each([
		["/etc/passwd", "is absolute"],
		["\\\\server\\share", "is absolute"],
		["//server/share", "is absolute"],
		["\\\\?\\C:\\x", "is absolute"],
		["~/.ssh/id_rsa", 'begins with "~"'],
		["~root", 'begins with "~"'],
		["C:\\Windows", 'has a ":"'],
		["C:secret", 'has a ":"'],
		["a.txt:hidden", 'has a ":"'],
		["file:///etc/passwd", 'has a ":"'],
		["..", "leaves the workspace"],
		["src/../../x", "leaves the workspace"],
		["..\\..\\x", "leaves the workspace"],
		["a\0.txt", "control character"],
		["a\nb", "control character"],
		["a/".repeat(3_000), "too long"],
	])("refuses %j because the path: %s", (text, reason) => {
		expect(() => parseWorkspacePath(text, false)).toThrow(reason)
	})

	it.each(["nul", "COM1.txt", "src/con", "lpt9", "aux .c", ".env.", ".env "])(
		"refuses %j on Windows only",
		(text) => {
			expect(() => parseWorkspacePath(text, true)).toThrow("Windows takes for another")
			expect(parseWorkspacePath(text, false)).toEqual(text.split("/"))
		},
	)

	it('never returns a segment that is "..", ".", empty or contains a separator', () => {
		const hostile = fc.array(fc.oneof(fc.constantFrom("..", ".", "", "a", "~", "C:", "\\", "/", "\0"), fc.string()))
		fc.assert(
			fc.property(hostile, fc.constantFrom("/", "\\"), fc.boolean(), (parts, separator, windows) => {
				let segments: string[]
				try {
					segments = parseWorkspacePath(parts.join(separator), windows)
				} catch (error) {
					expect(error).toBeInstanceOf(Refusal)
					return
				}
				for (const platform of [posix, win32]) {
					const root = platform === posix ? "/w/root" : "C:\\w\\root"
					expect(isInside(root, platform.join(root, ...segments), platform)).toBe(true)
				}
				expect(
					segments.every((part) => part !== "" && part !== "." && part !== ".." && !/[/\\]/.test(part)),
				).toBe(true)
			}),
		)
	})
})

describe("isInside", () => {
	it.each([
		["/w", "/w", true],
		["/w", "/w/a", true],
		["/w", "/w/..a", true],
		["/w", "/", false],
		["/w", "/w2", false],
		["/w", "/v/w", false],
		["/", "/etc", true],
	])("with root %j and path %j returns %j", (root, path, expected) => {
		expect(isInside(root, path, posix)).toBe(expected)
	})

	it.each([
		["C:\\w", "c:\\W\\a", true],
		["C:\\w", "C:\\w2", false],
		["C:\\w", "D:\\w\\a", false],
		["C:\\w", "\\\\server\\share\\w", false],
		["\\\\server\\share\\w", "\\\\server\\share\\w\\a", true],
		["\\\\server\\share\\w", "\\\\server\\share", false],
	])("on Windows with root %j and path %j returns %j", (root, path, expected) => {
		expect(isInside(root, path, win32)).toBe(expected)
	})
})
