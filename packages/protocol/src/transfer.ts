import { SELECTABLE_TIERS } from "@bedrock-tiers/core"
import * as z from "zod/mini"
import { CREDENTIAL_METHODS } from "./settings"

/** Profiles in a file of Roo Code's settings, before any of them is added. Without the secrets that lie in it. */
export const importPreviewSchema = z.strictObject({
	fileName: z.string(),
	profiles: z.array(
		z.strictObject({
			/** In the file. */
			name: z.string(),
			/** Under which it would be added: no other profile has it. */
			newName: z.string(),
			modelId: z.string(),
			region: z.string(),
			serviceTier: z.enum(SELECTABLE_TIERS),
			method: z.enum(CREDENTIAL_METHODS),
			/** Keys lie in the file, and would go into the secret store. */
			hasSecrets: z.boolean(),
			/** What cannot be taken over as it is, a sentence each. */
			notes: z.array(z.string()),
		}),
	),
	/** Profiles that cannot be added, and why. */
	leftOut: z.array(z.strictObject({ name: z.string(), reason: z.string() })),
})
export type ImportPreview = z.infer<typeof importPreviewSchema>

export const exportReportSchema = z.strictObject({
	/** Where the file lies. */
	file: z.string(),
	profiles: z.array(z.strictObject({ name: z.string(), notes: z.array(z.string()) })),
})
export type ExportReport = z.infer<typeof exportReportSchema>
