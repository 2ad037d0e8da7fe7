import { builtinModules } from "node:module"
import { join, posix, resolve } from "node:path"
import { check } from "prettier"
import ts from "typescript"
import { describe, expect, it } from "vitest"
import { version } from "../../../package.json"
import { readPayload } from "./carry"

const { files, version: carriedVersion } = readPayload(resolve(import.meta.dirname, "../../.."))
const all = Object.entries(files)
const CARRIED = "packages/types/src/bedrock-tiers/"

/** The host's own options: what is committed there goes through its formatter. */
const HOST_STYLE = { tabWidth: 4, useTabs: true, printWidth: 120, semi: false, bracketSameLine: true } as const

const moduleNames = (text: string) => ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName)

describe("what the patch brings", () => {
	it("says in each file where it is from, and in which version", () => {
		expect(carriedVersion).toBe(version)
		for (const [path, text] of all) expect(text, path).toMatch(`// From bedrock-tiers ${version} (`)
	})

	it("holds the parts of the core that are needed, and no others", () => {
		const core = all.map(([path]) => path).filter((path) => path.startsWith(join(CARRIED, "core/")))
		expect(core).toContain(`${CARRIED}core/prices/find-price-card.ts`)
		expect(core).toContain(`${CARRIED}core/generated/catalog.ts`)
		expect(core).not.toContain(`${CARRIED}core/cost/usage-ledger.ts`)
		expect(core.filter((path) => path.includes(".test."))).toEqual([])
	})

	it("imports in the types package only what is carried too, by its whole name", () => {
		for (const [path, text] of all.filter(([each]) => each.startsWith(CARRIED)))
			for (const name of moduleNames(text)) {
				expect(name, path).toMatch(/^\.{1,2}\/.*\.js$/)
				const target = posix.join(posix.dirname(path), name.replace(/\.js$/, ".ts"))
				expect(
					target in files || target === "packages/types/src/providers/bedrock.ts",
					`${path}: ${name}`,
				).toBe(true)
			}
	})

	it("brings nothing of Node's into what the webview runs", () => {
		for (const [path, text] of all.filter(([each]) => !each.startsWith("src/")))
			for (const name of moduleNames(text))
				expect(builtinModules.includes(name.replace(/^node:/, "")), `${path}: ${name}`).toBe(false)
	})

	it("stays as it is when the host's formatter runs over it", async () => {
		for (const [filepath, text] of all) expect(await check(text, { ...HOST_STYLE, filepath }), filepath).toBe(true)
	})
})
