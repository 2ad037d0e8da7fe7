import { Checkout, TEMPORARY_SUFFIX, type FileTree, type Write } from "./checkout"
import { hasServiceTiers, SDK, SDK_RANGE } from "./edits/package-json"
import type { Payload } from "./payload"
import { planPatch, type Plan } from "./plan"
import { digest, RECORD, recordFile, withoutPatch, type PatchRecord } from "./record"

/** Thrown when the patch refuses to change the checkout in its current state. Nothing has been written then. */
export class Refusal extends Error {
	override readonly name = "Refusal"
}

export type PatchOptions = {
	/** Accepts a tree with other changes or without git, and overwrites changed files of the patch. */
	readonly force?: boolean
}

export type PatchReport = {
	/**
	 * `applied`, `reverted`: by this run. `already-applied`: by an earlier run; nothing was changed. `would-apply`: the
	 * patch can be applied. `not-applied`: there is nothing to revert.
	 */
	readonly status: "applied" | "already-applied" | "would-apply" | "reverted" | "not-applied"
	readonly version: string
	readonly generation: Plan["generation"] | null
	readonly files: readonly FileReport[]
	readonly sdk: SdkReport
}

export type FileReport = {
	readonly path: string
	readonly action: "edit" | "create" | "restore" | "remove"
	/** What each edit finds and changes. */
	readonly changes: Plan["edited"][number]["changes"]
	/** False when a user's own changes near the patch were preserved, so that the bytes are not the original ones. */
	readonly exact: boolean
}

export type SdkReport = {
	readonly range: string
	/** The release in node_modules; `null` when none is installed. */
	readonly installed: string | null
	/** Whether no release is installed or it would drop the tier, so that the user has to install another. */
	readonly needsInstall: boolean
}

/** Reports what applyPatch would do. Writes nothing. */
export function checkPatch(root: string, payload: Payload): PatchReport {
	const { plan, writes } = planWrites(new Checkout(root), payload, { force: true })
	return report(root, writes.length === 0 ? "already-applied" : "would-apply", payload.version, plan)
}

/**
 * Adds the feature to the checkout, completely or not at all. A second run changes nothing; an older version of the
 * patch is replaced.
 * @throws AnchorMiss, Refusal; nothing has been written then
 */
export function applyPatch(root: string, payload: Payload, options: PatchOptions = {}): PatchReport {
	const checkout = new Checkout(root)
	const { plan, writes, record } = planWrites(checkout, payload, options)
	if (writes.length === 0) return report(root, "already-applied", payload.version, plan)
	if (!options.force) assertClean(checkout, record)
	checkout.write(writes)
	return report(root, "applied", payload.version, plan)
}

/**
 * Removes the patch: restores the original bytes and deletes the new files. A user's own changes to an edited file are
 * preserved if the edited places can still be found in it.
 * @throws AnchorMiss, Refusal; nothing has been written then
 */
export function revertPatch(root: string, payload: Payload, { force = false }: PatchOptions = {}): PatchReport {
	const checkout = new Checkout(root)
	const record = readRecord(checkout)
	if (!record) {
		if (checkout.has(RECORD + TEMPORARY_SUFFIX)) checkout.write([[RECORD, null]])
		return report(root, "not-applied", payload.version, null)
	}
	const before = new UnpatchedTree(checkout, record)
	const restored = Object.keys(record.edited).map((path) => ({ path, ...before.original(path) }))
	const created = Object.keys(record.created)
	if (!force) for (const path of created) if (checkout.has(path)) assertUnchanged(checkout, path, record)
	// The record is deleted last, so that an interrupted run can be repeated.
	const removed = [...created, RECORD]
	checkout.write([
		...restored.map(({ path, text }) => [path, text] as const),
		...removed.map((path) => [path, null] as const),
	])
	const files: FileReport[] = [
		...restored.map(({ path, exact }) => ({ path, action: "restore" as const, changes: [], exact })),
		...removed.map((path) => ({ path, action: "remove" as const, changes: [], exact: true })),
	]
	return { status: "reverted", version: record.version, generation: null, files, sdk: sdkReport(checkout) }
}

/** Plans the writes after which the checkout has this version of the patch. */
function planWrites(checkout: Checkout, payload: Payload, { force = false }: PatchOptions) {
	const record = readRecord(checkout)
	const tree = record ? new UnpatchedTree(checkout, record) : checkout
	const plan = planPatch(tree, payload)
	if (record && !force)
		for (const path of Object.keys(record.created)) if (checkout.has(path)) assertUnchanged(checkout, path, record)
	const next: PatchRecord = {
		about: "What bedrock-tiers patch changed here. `bedrock-tiers patch --revert` reads it and takes it out again.",
		version: payload.version,
		edited: Object.fromEntries(plan.edited.map((file) => [file.path, recordFile(file)])),
		created: Object.fromEntries(Object.entries(plan.created).map(([path, text]) => [path, digest(text)])),
	}
	const targets = new Map<string, string | null>([[RECORD, `${JSON.stringify(next, null, "\t")}\n`]])
	for (const path of Object.keys(record?.created ?? {})) targets.set(path, null)
	for (const path of Object.keys(record?.edited ?? {})) targets.set(path, tree.read(path))
	for (const { path, after } of plan.edited) targets.set(path, after)
	for (const [path, text] of Object.entries(plan.created)) targets.set(path, text)
	for (const path of targets.keys()) checkout.assertWritable(path)
	const isUpToDate = ([path, text]: Write) =>
		text === (checkout.has(path) ? checkout.read(path) : null) && !checkout.has(path + TEMPORARY_SUFFIX)
	const changes = [...targets].filter((write) => !isUpToDate(write))
	return { plan, writes: orderWrites(changes, tree, record), record }
}

/**
 * Orders the writes so that a run can be interrupted anywhere and then be repeated or reverted: another version of the
 * patch is removed while its record exists, then this version's record is written, then its changes.
 */
function orderWrites(changes: readonly Write[], tree: FileTree, record: PatchRecord | null): readonly Write[] {
	if (!record || !changes.some(([path]) => path === RECORD)) return changes
	const removals = changes
		.filter(([path]) => path in record.edited || path in record.created)
		.map(([path]): Write => [path, path in record.edited ? tree.read(path) : null])
	return [...removals, ...changes.filter(([, text]) => text !== null)]
}

/** The checkout as it was before the patch. */
class UnpatchedTree implements FileTree {
	constructor(
		private readonly checkout: Checkout,
		private readonly record: PatchRecord,
	) {}

	has(path: string): boolean {
		return !(path in this.record.created) && this.checkout.has(path)
	}

	read(path: string): string {
		return path in this.record.edited ? this.original(path).text : this.checkout.read(path)
	}

	original(path: string): { text: string; exact: boolean } {
		const file = this.record.edited[path]
		const original = file && withoutPatch(this.checkout.read(path), file)
		if (!original)
			throw new Refusal(
				`${path} has been changed where the patch stands in it, so the patch cannot be taken out of it. ` +
					`Undo your changes to that place (git diff shows them) and run this again.`,
			)
		return original
	}
}

function readRecord(checkout: Checkout): PatchRecord | null {
	if (!checkout.has(RECORD)) return null
	try {
		const record = JSON.parse(checkout.read(RECORD)) as Partial<PatchRecord>
		if (record.edited && record.created && record.version) return record as PatchRecord
	} catch {
		// The error is thrown below.
	}
	throw new Refusal(`${RECORD} is damaged. Bring it back from version control, then run this again.`)
}

function assertUnchanged(checkout: Checkout, path: string, record: PatchRecord): void {
	if (digest(checkout.read(path)) !== record.created[path])
		throw new Refusal(`${path} came with the patch and has been changed since. --force gives your changes up.`)
}

function assertClean(checkout: Checkout, record: PatchRecord | null): void {
	const dirty = checkout.dirtyFiles()
	if (dirty === null)
		throw new Refusal("This is no git work tree, so changes could not be told apart. --force goes on.")
	const patchFiles = new Set([RECORD, ...Object.keys(record?.created ?? {}), ...Object.keys(record?.edited ?? {})])
	const others = dirty.filter((path) => !patchFiles.has(path.replace(TEMPORARY_SUFFIX, "")))
	if (others.length === 0) return
	const some = others.slice(0, 5).join(", ") + (others.length > 5 ? ` and ${others.length - 5} more` : "")
	throw new Refusal(`The work tree has changes of its own (${some}). Commit or stash them, or go on with --force.`)
}

function report(root: string, status: PatchReport["status"], version: string, plan: Plan | null): PatchReport {
	const files: FileReport[] = [
		...(plan?.edited ?? []).map(({ path, changes }) => ({ path, action: "edit" as const, changes, exact: true })),
		...Object.keys(plan?.created ?? {}).map((path) => ({
			path,
			action: "create" as const,
			changes: [],
			exact: true,
		})),
	]
	return { status, version, generation: plan?.generation ?? null, files, sdk: sdkReport(new Checkout(root)) }
}

function sdkReport(checkout: Checkout): SdkReport {
	const manifest = ["src/node_modules", "node_modules"]
		.map((folder) => `${folder}/${SDK}/package.json`)
		.find((path) => checkout.has(path))
	const installed = manifest ? (JSON.parse(checkout.read(manifest)) as { version: string }).version : null
	return { range: SDK_RANGE, installed, needsInstall: installed === null || !hasServiceTiers(installed) }
}
