import { openPromise } from "yauzl"
import type { ExtensionUnderTest } from "./extension-under-test"

/** A package of Roo Code or of its fork Zoo Code, which was built beforehand. */
export interface RooPackage extends ExtensionUnderTest {
	/** Of its manifest, such as `roo-cline`. */
	name: string
	/** The VS Code setting with the path of the file that it imports at startup. */
	importSetting: string
}

type Manifest = {
	name: string
	publisher: string
	contributes: {
		viewsContainers: { activitybar: { title: string }[] }
		configuration: { properties: Record<string, unknown> }
	}
}

/** Reads from the manifest in the package what the tests need to know. */
export async function readRooPackage(vsix: string): Promise<RooPackage> {
	const entries = await readEntries(vsix, ["extension/package.json", "extension/package.nls.json"])
	const [manifest, texts] = entries.map((text) => JSON.parse(text) as unknown) as [Manifest, Record<string, string>]
	const { name, publisher, contributes } = manifest
	const importSetting = `${name}.autoImportSettingsPath`
	const title = contributes.viewsContainers.activitybar[0]?.title ?? ""
	const viewTitle = title.replace(/^%(.*)%$/, (_, key: string) => texts[key] ?? "")
	if (!viewTitle || !(importSetting in contributes.configuration.properties))
		throw new Error(`${vsix} has no title in the activity bar, or no setting ${importSetting}`)
	return { id: `${publisher}.${name}`, vsix, viewTitle, name, importSetting }
}

/** Returns the texts of the entries, in the order of their names. */
async function readEntries(vsix: string, names: readonly string[]): Promise<string[]> {
	const texts = new Map<string, string>()
	const zip = await openPromise(vsix)
	for await (const entry of zip.eachEntry()) {
		if (!names.includes(entry.fileName)) continue
		const chunks: Buffer[] = []
		for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
		texts.set(entry.fileName, Buffer.concat(chunks).toString("utf8"))
	}
	return names.map((name) => texts.get(name) ?? "{}")
}
