const NAME_KEYS = new Map([
	["default", "settings:bedrockTier.standard"],
	["flex", "settings:bedrockTier.flex"],
	["priority", "settings:bedrockTier.priority"],
	["reserved", "settings:bedrockTier.reserved"],
])

/** The display name of a service tier; an unknown tier is returned unchanged. */
export function bedrockTierName(t: (key: string) => string, tier: string): string {
	const key = NAME_KEYS.get(tier)
	return key ? t(key) : tier
}
