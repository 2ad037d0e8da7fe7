/**
 * Prefixes of system-defined inference profiles. Every prefix except `global` names a geography.
 * Source: AWS user guide, model cards and inference-profile pages, about October 2026.
 */
export const KNOWN_PROFILE_PREFIXES: readonly string[] = [
	"us",
	"eu",
	"apac",
	"jp",
	"au",
	"in",
	"ca",
	"us-gov",
	"global",
]
