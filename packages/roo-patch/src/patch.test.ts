import { describe, expect, it } from "vitest"
import { applyPatch, checkPatch, revertPatch } from "./patch"
import type { Payload } from "./payload"
import { RECORD } from "./record"
import {
	replaceOnce,
	GENERATIONS,
	LANGUAGES,
	SMALL_LANGUAGES,
	lookAlike,
	localePath,
	realPayload,
	SMALL_PAYLOAD,
	withCrlf,
	type Generation,
} from "./testing/look-alike"
import * as paths from "./testing/paths"
import { differences, createCheckout, TempTree } from "./testing/temp-tree"

/** Applies, checks, reverts and replaces the patch on disk. Refusals are in refusals.test.ts. */

const WITH = "with-upstream-tiers"

const ALWAYS_EDITED = [
	paths.TYPES_INDEX,
	paths.STREAM,
	paths.HANDLER,
	paths.TASK,
	paths.MANIFEST,
	paths.PANEL,
	paths.MODEL_INFO,
	paths.SELECTED_MODEL,
	paths.CHAT_ROW,
]
const EDITED: Record<Generation, string[]> = {
	"before-upstream-tiers": [...ALWAYS_EDITED, paths.SETTINGS, paths.OLD_HOST_MESSAGES],
	"with-upstream-tiers": [...ALWAYS_EDITED, paths.MODEL_LISTS, paths.HOST_MESSAGES, paths.SPEC],
	zoo: [...ALWAYS_EDITED, paths.MODEL_LISTS, paths.HOST_MESSAGES, paths.SPEC],
}
const TRANSLATIONS = SMALL_LANGUAGES.map(localePath)
const CREATED = ["packages/types/src/bedrock-tiers/index.ts", "src/api/providers/bedrock-service-tier.ts"]

const filesOf = (snapshot: Record<string, string>) => Object.keys(snapshot).filter((path) => !path.endsWith("/"))

describe.each(GENERATIONS)("a checkout of %s", (generation) => {
	it("is changed by apply as reported, and in no other file", () => {
		const tree = createCheckout(generation)
		const before = tree.snapshot()
		const report = applyPatch(tree.root, SMALL_PAYLOAD)
		const changedFiles = differences(before, tree.snapshot()).filter((path) => !path.endsWith("/"))
		expect(changedFiles).toEqual([...EDITED[generation], ...TRANSLATIONS, ...CREATED, RECORD].sort())
		expect(
			report.files
				.filter(({ action }) => action === "edit")
				.map(({ path }) => path)
				.sort(),
		).toEqual([...EDITED[generation], ...TRANSLATIONS].sort())
		expect(report.files.filter(({ action }) => action === "create").map(({ path }) => path)).toEqual(CREATED)
		expect(report).toMatchObject({
			status: "applied",
			version: "1.0.0",
			generation: generation === "zoo" ? WITH : generation,
		})
	})

	it("is not written again by a second apply", () => {
		const tree = createCheckout(generation)
		applyPatch(tree.root, SMALL_PAYLOAD)
		const [before, times] = [tree.snapshot(), tree.times()]
		expect(applyPatch(tree.root, SMALL_PAYLOAD).status).toBe("already-applied")
		expect(differences(before, tree.snapshot())).toEqual([])
		expect(tree.times()).toEqual(times)
	})

	it("is not written by check, which reports whether the patch would be applied", () => {
		const tree = createCheckout(generation)
		for (const status of ["would-apply", "already-applied"]) {
			const [before, times] = [tree.snapshot(), tree.times()]
			expect(checkPatch(tree.root, SMALL_PAYLOAD).status).toBe(status)
			expect(differences(before, tree.snapshot())).toEqual([])
			expect(tree.times()).toEqual(times)
			applyPatch(tree.root, SMALL_PAYLOAD)
		}
	})

	it("has its original bytes after revert, and no file or folder of the patch", () => {
		const tree = createCheckout(generation)
		const before = tree.snapshot()
		applyPatch(tree.root, SMALL_PAYLOAD)
		const report = revertPatch(tree.root, SMALL_PAYLOAD)
		expect(differences(before, tree.snapshot())).toEqual([])
		expect(tree.git("status", "--porcelain")).toBe("")
		expect(report.status).toBe("reverted")
		expect(report.files.filter(({ action }) => action === "remove").map(({ path }) => path)).toEqual([
			...CREATED,
			RECORD,
		])
		expect(report.files.every(({ exact }) => exact)).toBe(true)
	})

	it("is patched with the complete payload only once, and revert removes it completely", () => {
		const tree = createCheckout(generation)
		const payload = realPayload()
		const before = tree.snapshot()
		const { files } = applyPatch(tree.root, payload)
		const edited = files.filter(({ action }) => action === "edit").map(({ path }) => path)
		expect(edited.sort()).toEqual([...EDITED[generation], ...LANGUAGES.map(localePath)].sort())
		expect(filesOf(tree.snapshot()).sort()).toEqual(
			[...filesOf(before), ...Object.keys(payload.files), RECORD].sort(),
		)
		expect(applyPatch(tree.root, payload).status).toBe("already-applied")
		revertPatch(tree.root, payload)
		expect(differences(before, tree.snapshot())).toEqual([])
	})
})

describe("revert", () => {
	it("does nothing when the patch is not applied", () => {
		const tree = createCheckout()
		const before = tree.snapshot()
		expect(revertPatch(tree.root, SMALL_PAYLOAD)).toMatchObject({ status: "not-applied", files: [] })
		expect(differences(before, tree.snapshot())).toEqual([])
	})

	it("restores files with CRLF byte for byte", () => {
		const files = Object.entries(lookAlike(WITH)).map(([path, text]) => [path, withCrlf(text)] as const)
		const tree = new TempTree(Object.fromEntries(files))
		const before = tree.snapshot()
		applyPatch(tree.root, SMALL_PAYLOAD)
		expect(differences(before, tree.snapshot()).length).toBeGreaterThan(10)
		revertPatch(tree.root, SMALL_PAYLOAD)
		expect(differences(before, tree.snapshot())).toEqual([])
	})

	it("preserves the mode of a file", () => {
		const tree = createCheckout()
		tree.chmod(paths.TASK, 0o775)
		tree.chmod(paths.STREAM, 0o600)
		tree.commit()
		applyPatch(tree.root, SMALL_PAYLOAD)
		expect([tree.mode(paths.TASK), tree.mode(paths.STREAM)]).toEqual([0o775, 0o600])
		revertPatch(tree.root, SMALL_PAYLOAD)
		expect([tree.mode(paths.TASK), tree.mode(paths.STREAM)]).toEqual([0o775, 0o600])
	})

	it("works in a clone of a repository in which the patch was committed", () => {
		const tree = createCheckout()
		const before = tree.snapshot()
		applyPatch(tree.root, SMALL_PAYLOAD)
		tree.commit()
		const clone = tree.clone()
		revertPatch(clone.root, SMALL_PAYLOAD)
		expect(differences(before, clone.snapshot())).toEqual([])
	})
})

describe("a user's change after the patch", () => {
	const fromTo = (from: string, to: string) => (text: string) => replaceOnce(text, from, to)

	it.each([
		["elsewhere", paths.HANDLER, fromTo('\t\treturn "GENERIC"\n', '\t\treturn "OTHER"\n')],
		["elsewhere", localePath("fr"), fromTo('"Back (fr)"', '"Retour"')],
		[
			"some lines above",
			paths.TASK,
			fromTo('\t\t\t\tcase "usage":\n', '\t\t\t\tcase "usage":\n\t\t\t\t\tcount(chunk)\n'),
		],
	] as const)("is preserved by revert: %s in %s", (_, path, change) => {
		const tree = createCheckout()
		const before = tree.read(path)
		applyPatch(tree.root, SMALL_PAYLOAD)
		tree.write(path, change(tree.read(path)))
		const { files } = revertPatch(tree.root, SMALL_PAYLOAD)
		expect(tree.read(path)).toBe(change(before))
		expect(files.filter(({ exact }) => !exact).map((file) => file.path)).toEqual([path])
	})

	it("is preserved by revert directly below an inserted line", () => {
		const tree = createCheckout()
		const before = tree.read(paths.STREAM)
		applyPatch(tree.root, SMALL_PAYLOAD)
		const inserted = "\tserviceTier?: BedrockTierUsage\n"
		tree.write(paths.STREAM, replaceOnce(tree.read(paths.STREAM), inserted, `${inserted}\ttheirs?: string\n`))
		revertPatch(tree.root, SMALL_PAYLOAD)
		expect(tree.read(paths.STREAM)).toBe(
			replaceOnce(before, "\ttotalCost?: number\n", "\ttotalCost?: number\n\ttheirs?: string\n"),
		)
	})

	it("is preserved by revert directly above an inserted line", () => {
		const tree = createCheckout()
		const before = tree.read(paths.CHAT_ROW)
		applyPatch(tree.root, SMALL_PAYLOAD)
		const userImport = 'import { theirs } from "./theirs"\n'
		tree.write(
			paths.CHAT_ROW,
			replaceOnce(
				tree.read(paths.CHAT_ROW),
				"import { BedrockTierLabel }",
				`${userImport}import { BedrockTierLabel }`,
			),
		)
		revertPatch(tree.root, SMALL_PAYLOAD)
		expect(tree.read(paths.CHAT_ROW)).toBe(
			replaceOnce(before, '"@src/lib/utils"\n', `"@src/lib/utils"\n${userImport}`),
		)
	})

	it("is preserved by a second apply, and a third apply changes nothing", () => {
		const tree = createCheckout()
		applyPatch(tree.root, SMALL_PAYLOAD)
		const edited = replaceOnce(tree.read(paths.TASK), "interruptAtText = false", "interruptAtText = true")
		tree.write(paths.TASK, edited)
		const before = tree.snapshot()
		expect(applyPatch(tree.root, SMALL_PAYLOAD).status).toBe("applied")
		expect(differences(before, tree.snapshot())).toEqual([RECORD])
		expect(applyPatch(tree.root, SMALL_PAYLOAD).status).toBe("already-applied")
	})

	it("that restores a file is undone by apply, and accepted by revert", () => {
		const tree = createCheckout()
		const before = tree.snapshot()
		applyPatch(tree.root, SMALL_PAYLOAD)
		const patched = tree.snapshot()
		tree.git("checkout", paths.HANDLER)
		expect(checkPatch(tree.root, SMALL_PAYLOAD).status).toBe("would-apply")
		applyPatch(tree.root, SMALL_PAYLOAD)
		expect(differences(patched, tree.snapshot())).toEqual([])
		tree.git("checkout", paths.TASK)
		revertPatch(tree.root, SMALL_PAYLOAD)
		expect(differences(before, tree.snapshot())).toEqual([])
	})

	it("that deletes a new file of the patch is undone by apply", () => {
		const tree = createCheckout()
		applyPatch(tree.root, SMALL_PAYLOAD)
		const patched = tree.snapshot()
		tree.remove("src/api/providers/bedrock-service-tier.ts")
		applyPatch(tree.root, SMALL_PAYLOAD)
		expect(differences(patched, tree.snapshot())).toEqual([])
	})
})

/** Another version: one additional file, one fewer, one with another text, other translations, one more language. */
const OLDER: Payload = {
	version: "0.9.0",
	files: {
		"packages/types/src/bedrock-tiers/index.ts": "export type BedrockTierUsage = number\n",
		"packages/types/src/bedrock-tiers/core/old.ts": "export const old = 1\n",
	},
	locales: Object.fromEntries(
		[...SMALL_LANGUAGES, "pt-BR"].map((language) => [language, { label: "Older", more: "More" }]),
	),
}

describe("another version of the patch", () => {
	it("is replaced by apply without remains, and revert then restores the original bytes", () => {
		const [tree, alone] = [createCheckout(), createCheckout()]
		const before = tree.snapshot()
		applyPatch(tree.root, OLDER)
		expect(checkPatch(tree.root, SMALL_PAYLOAD).status).toBe("would-apply")
		expect(applyPatch(tree.root, SMALL_PAYLOAD)).toMatchObject({ status: "applied", version: "1.0.0" })
		applyPatch(alone.root, SMALL_PAYLOAD)
		expect(differences(alone.snapshot(), tree.snapshot())).toEqual([])
		expect(applyPatch(tree.root, SMALL_PAYLOAD).status).toBe("already-applied")
		revertPatch(tree.root, SMALL_PAYLOAD)
		expect(differences(before, tree.snapshot())).toEqual([])
	})

	it("can be reverted by this version", () => {
		const tree = createCheckout()
		const before = tree.snapshot()
		applyPatch(tree.root, OLDER)
		expect(revertPatch(tree.root, SMALL_PAYLOAD)).toMatchObject({ status: "reverted", version: "0.9.0" })
		expect(differences(before, tree.snapshot())).toEqual([])
	})

	it("is replaced by apply, which preserves a user's change in between", () => {
		const tree = createCheckout()
		applyPatch(tree.root, OLDER)
		tree.write(localePath("de"), replaceOnce(tree.read(localePath("de")), "Back (de)", "Zurück"))
		applyPatch(tree.root, SMALL_PAYLOAD)
		expect(JSON.parse(tree.read(localePath("de")))).toEqual({
			back: "Zurück",
			providers: { awsRegion: "Region" },
			bedrockTier: { label: "Tier (de)" },
		})
	})
})

describe("the AWS SDK in the report", () => {
	it.each([
		[null, true],
		["3.922.0", true],
		["3.933.9", true],
		["3.934.0", false],
		["3.967.0", false],
	])("with release %s installed has needsInstall %s", (installed, needsInstall) => {
		const tree = new TempTree(lookAlike(WITH), { git: false })
		const manifest = "src/node_modules/@aws-sdk/client-bedrock-runtime/package.json"
		if (installed) tree.write(manifest, JSON.stringify({ version: installed }))
		expect(checkPatch(tree.root, SMALL_PAYLOAD).sdk).toEqual({ range: "~3.967.0", installed, needsInstall })
	})
})
