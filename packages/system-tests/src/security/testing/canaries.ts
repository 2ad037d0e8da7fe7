import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { inspect } from "node:util"

/** Distinct fake secrets. Finding one of them anywhere means that this secret leaked. */
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

/** Number of characters that are enough to identify a canary. */
const PIECE_LENGTH = 12

/**
 * @returns encodings of a canary to search for: pieces, URL-encoded, JSON, hex, and base64 at each of the three byte
 * offsets
 */
function encodings(canary: string): string[] {
	const pieces = [
		canary.slice(0, PIECE_LENGTH),
		canary.slice(-PIECE_LENGTH),
		canary.slice((canary.length - PIECE_LENGTH) / 2).slice(0, PIECE_LENGTH),
	]
	const bytes = Buffer.from(canary)
	const inBase64 = [0, 1, 2].flatMap((before) => {
		const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64")
		// Omits the characters that also depend on neighbouring bytes.
		const independent = text.slice(before === 0 ? 0 : 4, -4)
		const urlSafe = independent.replaceAll("+", "-").replaceAll("/", "_")
		return [independent, urlSafe].map((encoding) => encoding.slice(0, 2 * PIECE_LENGTH))
	})
	const others = [encodeURIComponent(canary), bytes.toString("hex"), JSON.stringify(canary).slice(1, -1)]
	return [...new Set([...pieces, ...pieces.map(encodeURIComponent), ...inBase64, ...others])]
}

const ENCODINGS = Object.entries(CANARIES).map(([name, canary]) => [name as CanaryName, encodings(canary)] as const)

/** @returns the canaries that a text contains, whole or in part */
export function findCanaries(text: string): CanaryName[] {
	return ENCODINGS.flatMap(([name, encodings]) =>
		encodings.some((encoding) => text.includes(encoding)) ? [name] : [],
	)
}

/** Serializes a value in the ways in which code may log it: JSON, Node's `inspect`, and an error's stack and causes. */
export function serialize(value: unknown): string {
	const inspected = inspect(value, { depth: 20, maxStringLength: null, maxArrayLength: null, breakLength: Infinity })
	return [inspected, toJson(value), value instanceof Error ? String(value.stack) : ""].join("\n")
}

function toJson(value: unknown): string {
	const seen = new Set<unknown>()
	return (
		JSON.stringify(value, (_key, member: unknown) => {
			if (typeof member !== "object" || member === null)
				return typeof member === "bigint" ? String(member) : member
			if (seen.has(member)) return undefined
			seen.add(member)
			if (!(member instanceof Error)) return member
			const { name, message, stack, cause } = member
			return { ...member, name, message, stack, cause }
		}) ?? ""
	)
}

/** @returns paths and contents of all files in a folder and its subfolders */
export function readFilesIn(folder: string): { readonly path: string; readonly text: string }[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.map((path) => ({ path, text: readFileSync(path, "latin1") }))
}
