import { readFileSync } from "node:fs"
import { join } from "node:path"
import { HARMLESS_PATHS, SENSITIVE_PATHS } from "@bedrock-tiers/test-kit/samples/file-names"
import { describe, expect, it } from "vitest"
import { isSecret, SECRET_FILES, SECRET_FOLDERS } from "./secret-files"

describe("isSecret", () => {
	const secretAmong = (paths: readonly string[]) => paths.filter((path) => isSecret(path.split("/")))

	it("returns true for at least 185 paths of files that usually hold secrets, and for their copies", () => {
		expect(SENSITIVE_PATHS.length).toBeGreaterThanOrEqual(185)
		expect(secretAmong(SENSITIVE_PATHS)).toEqual(SENSITIVE_PATHS)
	})

	it("returns false for at least 185 paths of ordinary files, of templates, and of public keys", () => {
		expect(HARMLESS_PATHS.length).toBeGreaterThanOrEqual(185)
		expect(secretAmong(HARMLESS_PATHS)).toEqual([])
	})

	it("ignores the case of letters", () => {
		expect(secretAmong([".ENV", "TLS.KEY", "Sub/.GIT/HEAD", "Id_Rsa.OLD"])).toHaveLength(4)
	})

	it("returns false for the workspace folder itself", () => {
		expect(isSecret([])).toBe(false)
	})
})

it("docs/workspace-tools.md publishes exactly the names of the secret files and folders", () => {
	const page = readFileSync(join(import.meta.dirname, "../../../docs/workspace-tools.md"), "utf8")
	const list = page.slice(page.indexOf("## Names of secret files"))
	const published = [...list.matchAll(/`([^`]+)`/g)].map(([, name]) => name)
	expect(published).toEqual([...SECRET_FOLDERS, ...Object.values(SECRET_FILES).flat()])
})
