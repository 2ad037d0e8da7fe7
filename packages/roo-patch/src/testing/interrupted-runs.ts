import { applyPatch, revertPatch } from "../patch"
import type { Payload } from "../payload"
import { localePath, lookAlike, SMALL_PAYLOAD } from "./look-alike"
import { differences, TempTree } from "./temp-tree"

/** Runs of the patch on a small tree that can be interrupted. */
export const NEWER: Payload = { ...SMALL_PAYLOAD, locales: { en: { label: "Tier" } } }
const OLDER: Payload = {
	version: "0.9.0",
	files: {
		"packages/types/src/bedrock-tiers/index.ts": "export type BedrockTierUsage = number\n",
		"packages/types/src/bedrock-tiers/core/old.ts": "export const old = 1\n",
	},
	locales: { en: { label: "Older" } },
}
const files = Object.fromEntries(
	Object.entries(lookAlike("with-upstream-tiers")).filter(
		([path]) => !path.includes("/locales/") || path === localePath("en"),
	),
)

export const apply = (tree: TempTree, payload = NEWER) => applyPatch(tree.root, payload)
export const revert = (tree: TempTree) => revertPatch(tree.root, NEWER)

export const CLEAN = new TempTree(files)
export const PATCHED = CLEAN.copy()
apply(PATCHED)
const PATCHED_BY_OLDER = CLEAN.copy()
apply(PATCHED_BY_OLDER, OLDER)

export const RUNS = [
	{ name: "apply", start: CLEAN, run: apply, action: "apply", end: PATCHED },
	{ name: "revert", start: PATCHED, run: revert, action: "revert", end: CLEAN },
	{ name: "apply over an older version", start: PATCHED_BY_OLDER, run: apply, action: "apply", end: PATCHED },
]

/** The paths of files that differ. An empty folder may remain of a run that was ended; git does not track it. */
export const fileDifferences = (a: TempTree, b: TempTree) =>
	differences(a.snapshot(), b.snapshot()).filter((path) => !path.endsWith("/"))
