import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { inspect } from "node:util"

/** Words that stand for secrets, each another: wherever one of them is found, that secret came out. */
const CANARIES = {
	apiKey: "ABSKZx81/Kq+w77vRt5mNa2LpYc9DhUe4GsBo3Fj6TiXk",
	accessKeyId: "AKIAQ7ZC4NARYF2WLMXD",
	secretAccessKey: "wJa1rXUt/nFEM+7K3DENG/cPxRfi8CYcanaryKEYq",
	sessionToken: "FwoGZXIvYXdzEB+4aDHq/7cAnArYtOkEnLm5Wz2pQ9sV8rYx0uT6iS3gHk==",
	environmentApiKey: "eNvKey0Pw93/Lm+c44tHb6zXe1QyUs7GfRk8NvJd5",
	environmentKeyId: "AKIAE5NVC4N4RY7TQKLW",
	environmentSecret: "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",
	environmentToken: "IQoJb3JpZ2luX2VjENV+canary/8sLk2Jd7Fp0Qm4Zx6Vn==",
	fileKeyId: "AKIAF1LEC4N4RYXQ5ZTB",
	fileSecret: "sH4redF1le/sEcReT+cAnArYm8NbVcX3zLkJhGf5",
	fileToken: "FwoDYXdzFILEcanary/3kT9pLw+7RmQz2Xv5Bn8Hs==",
	rooApiKey: "rOoKey1Bn52/Xc+v88wSt6qMz3KpRd1LyGh7JfTu9",
	rooKeyId: "AKIAR00C4N4RYH8PVWJM",
	rooSecret: "r00C0de/sEcReT+cAnArY6TgBnHyUjMk9LoPqAz2",
	rooToken: "FwoROOcanary/5jHs8Kd+2LpQw7Zx0Cv4Bm6Nt9Rg==",
	endpointPassword: "eNdPo1nt-pAsSw0rD-cAnArY-7kQz",
	proxyPassword: "pR0xY-pAsSw0rD-cAnArY-3mXw",
} as const
export type CanaryName = keyof typeof CANARIES
export const CANARY: Readonly<Record<CanaryName, string>> = CANARIES

/** Of a canary, so many characters are enough to know it by. */
const PIECE = 12

/** What stands for a canary in a text: its pieces, as it is, in an address, in JSON, in base64 at each of the three places. */
function forms(canary: string): string[] {
	const pieces = [
		canary.slice(0, PIECE),
		canary.slice(-PIECE),
		canary.slice((canary.length - PIECE) / 2).slice(0, PIECE),
	]
	const bytes = Buffer.from(canary)
	const inBase64 = [0, 1, 2].flatMap((before) => {
		const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64")
		// What the neighbours have a part in is left out.
		const own = text.slice(before === 0 ? 0 : 4, -4)
		return [own, own.replaceAll("+", "-").replaceAll("/", "_")].map((form) => form.slice(0, 2 * PIECE))
	})
	const others = [encodeURIComponent(canary), bytes.toString("hex"), JSON.stringify(canary).slice(1, -1)]
	return [...new Set([...pieces, ...pieces.map(encodeURIComponent), ...inBase64, ...others])]
}

const FORMS = Object.entries(CANARIES).map(([name, canary]) => [name as CanaryName, forms(canary)] as const)

/** The canaries that a text holds, whole or in a piece. */
export function canariesIn(text: string): CanaryName[] {
	return FORMS.flatMap(([name, forms]) => (forms.some((form) => text.includes(form)) ? [name] : []))
}

/** A value as somebody may come to write it down: as JSON, and as Node shows it, an error with its stack and its causes. */
export function writtenDown(value: unknown): string {
	const shown = inspect(value, { depth: 20, maxStringLength: null, maxArrayLength: null, breakLength: Infinity })
	return [shown, inJson(value), value instanceof Error ? String(value.stack) : ""].join("\n")
}

function inJson(value: unknown): string {
	const seen = new Set<unknown>()
	return (
		JSON.stringify(value, (_key, one: unknown) => {
			if (typeof one !== "object" || one === null) return typeof one === "bigint" ? String(one) : one
			if (seen.has(one)) return undefined
			seen.add(one)
			if (!(one instanceof Error)) return one
			return { ...one, name: one.name, message: one.message, stack: one.stack, cause: one.cause }
		}) ?? ""
	)
}

/** All files below a folder, with what is in them. */
export function filesBelow(folder: string): { readonly path: string; readonly text: string }[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.map((path) => ({ path, text: readFileSync(path, "latin1") }))
}
