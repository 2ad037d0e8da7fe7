/**
 * The paths that a version of the patch may have changed. A record with another path was not written by the patch. A
 * path is never removed from these lists, because checkouts keep the records of older versions.
 */

const EDITED_FILES: ReadonlySet<string> = new Set([
	"packages/types/src/index.ts",
	"packages/types/src/provider-settings.ts",
	"packages/types/src/provider-settings/bedrock.ts",
	"packages/types/src/providers/bedrock.ts",
	"packages/types/src/vscode-extension-host.ts",
	"src/api/providers/__tests__/bedrock.spec.ts",
	"src/api/providers/bedrock.ts",
	"src/api/transform/stream.ts",
	"src/core/task/Task.ts",
	"src/package.json",
	"src/shared/ExtensionMessage.ts",
	"webview-ui/src/components/chat/ChatRow.tsx",
	"webview-ui/src/components/settings/ModelInfoView.tsx",
	"webview-ui/src/components/settings/providers/Bedrock.tsx",
	"webview-ui/src/components/ui/hooks/useSelectedModel.ts",
])

const CREATED_FILES: ReadonlySet<string> = new Set([
	"packages/types/src/bedrock-tiers/index.ts",
	"packages/types/src/bedrock-tiers/tier-model-ids.ts",
	"src/api/providers/__tests__/bedrock-service-tier.spec.ts",
	"src/api/providers/bedrock-service-tier.ts",
	"webview-ui/src/components/chat/BedrockTierLabel.tsx",
	"webview-ui/src/components/chat/__tests__/BedrockTierLabel.spec.tsx",
	"webview-ui/src/components/settings/providers/BedrockServiceTier.tsx",
	"webview-ui/src/components/settings/providers/__tests__/BedrockServiceTier.spec.tsx",
	"webview-ui/src/utils/bedrockTierName.ts",
	"webview-ui/src/utils/formatModelPrice.ts",
])

const LOCALE_FILE = /^webview-ui\/src\/i18n\/locales\/[a-z]{2,3}(?:-[A-Z]{2})?\/settings\.json$/

/** The modules of core, in a folder that only the patch has. */
const CORE_FILE = /^packages\/types\/src\/bedrock-tiers\/core\/(?:[a-z][a-z-]*\/)?[a-z][a-z-]*\.ts$/

export function isEditedPath(path: string): boolean {
	return EDITED_FILES.has(path) || LOCALE_FILE.test(path)
}

export function isCreatedPath(path: string): boolean {
	return CREATED_FILES.has(path) || CORE_FILE.test(path)
}
