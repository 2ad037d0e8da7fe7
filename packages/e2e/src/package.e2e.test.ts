import { statSync } from "node:fs"
import { resolve } from "node:path"
import { expect, test } from "vitest"
import { openPromise } from "yauzl"

/** The packaged extension is small, and contains nothing that only the demo or the build needs. */

const VSIX = resolve(import.meta.dirname, "../../../dist/bedrock-tiers.vsix")

async function entryNames(file: string): Promise<string[]> {
	const zip = await openPromise(file)
	const names: string[] = []
	for await (const entry of zip.eachEntry()) names.push(entry.fileName)
	return names
}

test("the .vsix is under 2 MB", () => {
	expect(statSync(VSIX).size).toBeLessThan(2_000_000)
})

test("the .vsix contains the extension, the provider, the webview, documents and licenses, and nothing else", async () => {
	const names = (await entryNames(VSIX)).filter((name) => name.startsWith("extension/"))
	const expected =
		/^extension\/(package(\.nls(\.[a-z-]+)?)?\.json|readme\.md|changelog\.md|LICENSE\.txt|LICENSE|media\/[a-z-]+\.(svg|png)|dist\/(l10n\/bundle\.l10n\.[a-z-]+\.json|THIRD_PARTY_NOTICES\.md|extension\.js|(bedrock|price-list|workspace-tools)\.cjs|webview\/(main\.css|[A-Za-z-]+\.js)))$/i
	expect(names.filter((name) => !expected.test(name))).toEqual([])
	expect(names).toContain("extension/dist/bedrock.cjs")
	expect(names).toContain("extension/dist/workspace-tools.cjs")
	expect(names).toContain("extension/dist/THIRD_PARTY_NOTICES.md")
})
