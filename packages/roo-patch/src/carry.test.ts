import { builtinModules } from "node:module"
import { join, posix, resolve } from "node:path"
import { check } from "prettier"
import ts from "typescript"
import { describe, expect, it } from "vitest"
import { version } from "../../../package.json"
import { readPayload } from "./carry"

const { files, version: carriedVersion } = readPayload(resolve(import.meta.dirname, "../../.."))
const entries = Object.entries(files)
const CARRIED = "packages/types/src/bedrock-tiers/"

/** Roo Code's own options, because its formatter runs over committed files. */
const HOST_STYLE = { tabWidth: 4, useTabs: true, printWidth: 120, semi: false, bracketSameLine: true } as const

const moduleNames = (text: string) => ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName)

describe("readPayload", () => {
	it("names the origin and the version in each file", () => {
		expect(carriedVersion).toBe(version)
		for (const [path, text] of entries) expect(text, path).toMatch(`// From bedrock-tiers ${version} (`)
	})

	it("includes only the modules of core that are needed", () => {
		const core = entries.map(([path]) => path).filter((path) => path.startsWith(join(CARRIED, "core/")))
		expect(core).toContain(`${CARRIED}core/prices/find-price-card.ts`)
		expect(core).toContain(`${CARRIED}core/generated/catalog.ts`)
		expect(core).not.toContain(`${CARRIED}core/cost/usage-ledger.ts`)
		expect(core.filter((path) => path.includes(".test."))).toEqual([])
	})

	it("imports in the types package only modules that exist there, with their file extension", () => {
		for (const [path, text] of entries.filter(([each]) => each.startsWith(CARRIED)))
			for (const name of moduleNames(text)) {
				expect(name, path).toMatch(/^\.{1,2}\/.*\.js$/)
				const target = posix.join(posix.dirname(path), name.replace(/\.js$/, ".ts"))
				expect(
					target in files || target === "packages/types/src/providers/bedrock.ts",
					`${path}: ${name}`,
				).toBe(true)
			}
	})

	it("imports no Node module in code that the webview runs", () => {
		for (const [path, text] of entries.filter(([each]) => !each.startsWith("src/")))
			for (const name of moduleNames(text))
				expect(builtinModules.includes(name.replace(/^node:/, "")), `${path}: ${name}`).toBe(false)
	})

	it("returns files that Roo Code's formatter does not change", async () => {
		for (const [filepath, text] of entries)
			expect(await check(text, { ...HOST_STYLE, filepath }), filepath).toBe(true)
	})
})
