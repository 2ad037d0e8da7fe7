import { posix, win32 } from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { isInside } from "./guard"
import { Refusal } from "./refusal"
import { isSecret } from "./secret-files"
import { parseWorkspacePath } from "./workspace-path"

describe("a path that the model wrote", () => {
	it.each([
		["", []],
		[".", []],
		["./src//app/", ["src", "app"]],
		["src\\app\\a.ts", ["src", "app", "a.ts"]],
		["src/../README.md", ["README.md"]],
		["..name/...", ["..name", "..."]],
		["a b/%2e%2e/ü", ["a b", "%2e%2e", "ü"]],
	])("%j is %j below the workspace", (text, segments) => {
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
	])("%j is refused", (text, why) => {
		expect(() => parseWorkspacePath(text, false)).toThrow(why)
	})

	it.each(["nul", "COM1.txt", "src/con", "lpt9", "aux .c", ".env.", ".env "])(
		"%j is refused on Windows only",
		(text) => {
			expect(() => parseWorkspacePath(text, true)).toThrow("Windows takes for another")
			expect(parseWorkspacePath(text, false)).toEqual(text.split("/"))
		},
	)

	it("never comes out with a segment that goes up, is empty or holds a separator", () => {
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
				expect(segments.every((one) => one !== "" && one !== "." && one !== ".." && !/[/\\]/.test(one))).toBe(
					true,
				)
			}),
		)
	})
})

describe("inside", () => {
	it.each([
		["/w", "/w", true],
		["/w", "/w/a", true],
		["/w", "/w/..a", true],
		["/w", "/", false],
		["/w", "/w2", false],
		["/w", "/v/w", false],
		["/", "/etc", true],
	])("of %j: %j is %j", (root, path, inside) => {
		expect(isInside(root, path, posix)).toBe(inside)
	})

	it.each([
		["C:\\w", "c:\\W\\a", true],
		["C:\\w", "C:\\w2", false],
		["C:\\w", "D:\\w\\a", false],
		["C:\\w", "\\\\server\\share\\w", false],
		["\\\\server\\share\\w", "\\\\server\\share\\w\\a", true],
		["\\\\server\\share\\w", "\\\\server\\share", false],
	])("of %j on Windows: %j is %j", (root, path, inside) => {
		expect(isInside(root, path, win32)).toBe(inside)
	})
})

describe("files that usually hold secrets", () => {
	it.each([
		".env",
		".ENV",
		".env.local",
		".envrc",
		"deploy/prod.env",
		"server.pem",
		"tls.KEY",
		"id_rsa",
		"keys/id_ed25519",
		".npmrc",
		".git/config",
		"sub/.git/HEAD",
		".ssh/known_hosts",
		".aws/config",
		"credentials",
		"secrets.yaml",
		"state/terraform.tfstate.backup",
	])("%s is one", (path) => {
		expect(isSecret(path.split("/"))).toBe(true)
	})

	it.each([
		"environment.ts",
		"id_rsa.pub",
		"keyboard.ts",
		"src/secrets.ts",
		"credentials.ts",
		".gitignore",
		"git/config",
	])("%s is none", (path) => {
		expect(isSecret(path.split("/"))).toBe(false)
	})

	it("the workspace folder itself is none", () => {
		expect(isSecret([])).toBe(false)
	})
})
