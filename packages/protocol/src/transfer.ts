import { SELECTABLE_TIERS } from "@bedrock-tiers/core"
import * as z from "zod/mini"
import { errorDetailsSchema } from "./error-detail-schema"
import { CREDENTIAL_METHODS } from "./settings"

/** Profiles in a Roo Code settings file, before any of them is imported. Secrets in the file are not included. */
export const importPreviewSchema = z.strictObject({
	fileName: z.string(),
	profiles: z.array(
		z.strictObject({
			/** Name in the file. */
			name: z.string(),
			/** Name of the imported profile, which no other profile has. */
			newName: z.string(),
			modelId: z.string(),
			region: z.string(),
			serviceTier: z.enum(SELECTABLE_TIERS),
			method: z.enum(CREDENTIAL_METHODS),
			/** The file contains keys, which would be imported to SecretStorage. */
			hasSecrets: z.boolean(),
			/** One detail for each setting that cannot be imported unchanged. */
			notes: errorDetailsSchema,
		}),
	),
	/** Profiles that cannot be imported, with the reason. */
	leftOut: z.array(z.strictObject({ name: z.string(), reason: errorDetailsSchema })),
})
export type ImportPreview = z.infer<typeof importPreviewSchema>

export const exportReportSchema = z.strictObject({
	/** Path of the exported file. */
	file: z.string(),
	profiles: z.array(z.strictObject({ name: z.string(), notes: errorDetailsSchema })),
})
export type ExportReport = z.infer<typeof exportReportSchema>
