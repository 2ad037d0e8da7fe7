import { z } from "zod"
import { changedFiles } from "./git"
import type { FileTree, Write } from "./checkout"
import { CheckoutFiles } from "./checkout-files"
import { hasServiceTiers, SDK, SDK_RANGE } from "./edits/package-json"
import { parseRecord } from "./parse-record"
import type { Payload } from "./payload"
import { planPatch, type Plan } from "./plan"
import { assertSupported, isOlder, recognizeProduct, type Product } from "./product"
import { digest, RECORD, recordFile, withoutPatch, type PatchRecord } from "./record"
import { Refusal } from "./refusal"
import { assertNoActiveRun, RUN_FOLDER } from "./run-folder"
import { writeFiles } from "./write-files"

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
	readonly product: Product
	readonly generation: Plan["generation"] | null
	/** Why the next `patch` needs `--force`, as sentences. Empty: it does not, or there is nothing to write. */
	readonly needsForce: readonly string[]
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
	const run = planRun(new CheckoutFiles(root), payload)
	return report(run, run.hasWork ? "would-apply" : "already-applied", payload)
}

/**
 * Adds the feature to the checkout, completely or not at all. A second run changes nothing; an older version of the
 * patch is replaced.
 * @throws AnchorMiss, Refusal when nothing has been written; RolledBack when writes had to be undone
 */
export function applyPatch(root: string, payload: Payload, { force = false }: PatchOptions = {}): PatchReport {
	const run = planRun(new CheckoutFiles(root), payload)
	if (!run.hasWork) return report(run, "already-applied", payload)
	const reasons = run.forceReasons()
	if (!force && reasons.length > 0) throw new Refusal(reasons.join(" "))
	writeFiles(run.files, run.writes)
	return report({ ...run, forceReasons: () => [] }, "applied", payload)
}

/**
 * Removes the patch: restores the original bytes and deletes the new files. A user's own changes to an edited file are
 * preserved if the edited places can still be found in it.
 * @throws AnchorMiss, Refusal when nothing has been written; RolledBack when writes had to be undone
 */
export function revertPatch(root: string, payload: Payload, { force = false }: PatchOptions = {}): PatchReport {
	const checkout = new CheckoutFiles(root)
	assertNoActiveRun(checkout)
	const record = readRecord(checkout)
	const shared = { product: recognizeProduct(checkout), generation: null, needsForce: [] }
	if (!record) {
		if (checkout.list(RUN_FOLDER)) writeFiles(checkout, [])
		return { ...shared, status: "not-applied", version: payload.version, files: [], sdk: sdkReport(checkout) }
	}
	const before = new UnpatchedTree(checkout, record)
	const restored = Object.keys(record.edited).map((path) => ({ path, ...before.original(path) }))
	const [changed] = force ? [] : changedByUser(checkout, record)
	if (changed !== undefined) throw new Refusal(changed)
	// The record is deleted last, so that an interrupted run can be repeated.
	const removed = [...Object.keys(record.created), RECORD]
	writeFiles(checkout, [
		...restored.map(({ path, text }) => [path, text] as const),
		...removed.map((path) => [path, null] as const),
	])
	const files: FileReport[] = [
		...restored.map(({ path, exact }) => ({ path, action: "restore" as const, changes: [], exact })),
		...removed.map((path) => ({ path, action: "remove" as const, changes: [], exact: true })),
	]
	return { ...shared, status: "reverted", version: record.version, files, sdk: sdkReport(checkout) }
}

type Run = {
	readonly files: CheckoutFiles
	readonly product: Product
	readonly plan: Plan
	/** After them the checkout has this version of the patch. */
	readonly writes: readonly Write[]
	/** Whether there are writes, or files that an interrupted run has left. */
	readonly hasWork: boolean
	readonly forceReasons: () => readonly string[]
}

function planRun(files: CheckoutFiles, payload: Payload): Run {
	assertNoActiveRun(files)
	const record = readRecord(files)
	const product = recognizeProduct(files)
	assertSupported(product)
	const tree = record ? new UnpatchedTree(files, record) : files
	const plan = planPatch(tree, payload)
	const writes = planWrites(files, tree, plan, record, payload)
	const isInterrupted = files.list(RUN_FOLDER) !== null
	const hasWork = isInterrupted || writes.length > 0
	const forceReasons = () => [
		...(record ? changedByUser(files, record) : []),
		...olderVersion(record, payload),
		...otherChanges(files, record),
	]
	return { files, product, plan, writes, hasWork, forceReasons }
}

function planWrites(
	files: CheckoutFiles,
	tree: FileTree,
	plan: Plan,
	record: PatchRecord | null,
	payload: Payload,
): readonly Write[] {
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
	for (const path of targets.keys()) files.assertWritable(path)
	const changes = [...targets].filter(([path, text]) => text !== (files.has(path) ? files.read(path) : null))
	return orderWrites(changes, tree, record)
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
		private readonly checkout: CheckoutFiles,
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

function readRecord(checkout: CheckoutFiles): PatchRecord | null {
	return checkout.has(RECORD) ? parseRecord(checkout.read(RECORD)) : null
}

function changedByUser(files: CheckoutFiles, record: PatchRecord): string[] {
	return Object.entries(record.created)
		.filter(([path, recorded]) => files.has(path) && digest(files.read(path)) !== recorded)
		.map(([path]) => `${path} came with the patch and has been changed since. --force gives your changes up.`)
}

function olderVersion(record: PatchRecord | null, { version }: Payload): string[] {
	if (!record || !isOlder(version, record.version)) return []
	return [`The checkout has the patch of version ${record.version}. --force replaces it with the older ${version}.`]
}

/** The advised `pnpm install` changes it after the patch was applied. */
const LOCK_FILE = "pnpm-lock.yaml"

function otherChanges(files: CheckoutFiles, record: PatchRecord | null): string[] {
	const { paths, reason } = changedFiles(files.root)
	if (paths === null) return [`${reason} Changes of your own could not be recognized. --force goes on.`]
	const own = new Set(record ? [LOCK_FILE, ...Object.keys(record.created), ...Object.keys(record.edited)] : [])
	const others = paths.filter((path) => path !== RECORD && !own.has(path) && !path.startsWith(`${RUN_FOLDER}/`))
	if (others.length === 0) return []
	const some = others.slice(0, 5).join(", ") + (others.length > 5 ? ` and ${others.length - 5} more` : "")
	return [`The work tree has changes of its own (${some}). Commit or stash them, or go on with --force.`]
}

function report(run: Run, status: PatchReport["status"], { version }: Payload): PatchReport {
	const { files, product, plan, hasWork, forceReasons } = run
	const needsForce = hasWork ? forceReasons() : []
	const fileReports: FileReport[] = [
		...plan.edited.map(({ path, changes }) => ({ path, action: "edit" as const, changes, exact: true })),
		...Object.keys(plan.created).map((path) => ({ path, action: "create" as const, changes: [], exact: true })),
	]
	const { generation } = plan
	return { status, version, product, generation, needsForce, files: fileReports, sdk: sdkReport(files) }
}

const sdkManifestSchema = z.object({ version: z.string() })

/** An unreadable manifest is like none: the user has to install the SDK again. */
function sdkReport(files: CheckoutFiles): SdkReport {
	const manifest = ["src/node_modules", "node_modules"]
		.map((folder) => files.readPackageFile(`${folder}/${SDK}/package.json`))
		.find((text) => text !== null)
	const installed = manifest ? parseVersion(manifest) : null
	return { range: SDK_RANGE, installed, needsInstall: installed === null || !hasServiceTiers(installed) }
}

function parseVersion(manifest: string): string | null {
	try {
		return sdkManifestSchema.safeParse(JSON.parse(manifest)).data?.version ?? null
	} catch {
		return null
	}
}
