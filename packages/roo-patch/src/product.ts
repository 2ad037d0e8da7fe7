import { z } from "zod"
import { AnchorMiss } from "./anchor-miss"
import type { FileTree } from "./checkout"
import { Refusal } from "./refusal"

/** The product that a checkout contains. */
export type Product = {
	/** `null` for a product that the patch does not know. */
	readonly name: string | null
	/** `null` when the manifest has none. */
	readonly version: string | null
	/** Whether the patch was tested with this version. */
	readonly isTested: boolean
}

type KnownProduct = {
	readonly name: string
	/** The oldest and the newest tested version; `null` for a product that was not tested. */
	readonly tested: readonly [oldest: string, newest: string] | null
}

/** By the name in the extension's manifest. */
const PRODUCTS: Readonly<Record<string, KnownProduct>> = {
	"roo-cline": { name: "Roo Code", tested: ["3.28.0", "3.52.1"] },
	"zoo-code": { name: "Zoo Code", tested: ["3.54.0", "3.80.0"] },
	"kilo-code": { name: "Kilo Code", tested: null },
}

const SUPPORTED = Object.values(PRODUCTS)
	.flatMap(({ name, tested }) => (tested ? [`${name} ${tested.join(" to ")}`] : []))
	.join(" and ")

/** Releases before `src/` became a package have the extension's manifest in the root folder. */
const MANIFESTS = ["src/package.json", "package.json"]

const manifestSchema = z.object({
	name: z.string(),
	version: z
		.string()
		.regex(/^\d+\.\d+\.\d+/)
		.optional(),
})

export function recognizeProduct(tree: FileTree): Product {
	const { name: id = "", version = null } = readManifest(tree) ?? {}
	const { name = null, tested = null } = (Object.hasOwn(PRODUCTS, id) ? PRODUCTS[id] : undefined) ?? {}
	if (version === null || tested === null) return { name, version, isTested: false }
	const [oldest, newest] = tested
	return { name, version, isTested: !isOlder(version, oldest) && !isOlder(newest, version) }
}

/** @throws Refusal when the patch never supported this version */
export function assertSupported({ name, version }: Product): void {
	const [oldest] = Object.values(PRODUCTS).find((each) => each.name === name)?.tested ?? []
	if (version !== null && oldest !== undefined && isOlder(version, oldest))
		throw new Refusal(`This is ${name} ${version}, which is too old. The patch supports ${SUPPORTED}.`)
}

function readManifest(tree: FileTree) {
	const path = MANIFESTS.find((each) => tree.has(each))
	if (path === undefined) return null
	try {
		return manifestSchema.safeParse(JSON.parse(tree.read(path))).data ?? null
	} catch (error) {
		if (error instanceof AnchorMiss || error instanceof SyntaxError) return null
		throw error
	}
}

export function isOlder(version: string, than: string): boolean {
	return version.localeCompare(than, "en", { numeric: true }) < 0
}
