const NAME_KEYS = new Map([
	["default", "settings:bedrockTier.standard"],
	["flex", "settings:bedrockTier.flex"],
	["priority", "settings:bedrockTier.priority"],
	["reserved", "settings:bedrockTier.reserved"],
])

/** A service tier's name for people; a word that nobody knows is its own name. */
export function bedrockTierName(t: (key: string) => string, tier: string): string {
	const key = NAME_KEYS.get(tier)
	return key ? t(key) : tier
}
