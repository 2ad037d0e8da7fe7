import * as z from "zod/mini"
import type { Profile } from "./settings"
import { problem } from "./problem"

export const MAX_PROFILE_NAME = 80

/** One line, trimmed. Does not check whether another profile has the name: see `hasName`. */
export const profileNameSchema = z
	.string()
	.check(z.trim(), z.minLength(1), z.maxLength(MAX_PROFILE_NAME), z.regex(/^\P{Cc}*$/u, problem("control-character")))

/** Id of the running emulator's profile, which exists only while the emulator runs. */
export const DEMO_PROFILE_ID = "demo"

/** Whether a profile has the name. Case is ignored, because users do not distinguish names by case. */
export function hasName({ name }: Pick<Profile, "name">, other: string): boolean {
	return name.trim().toLowerCase() === other.trim().toLowerCase()
}

/** The name, or, when a profile already has it, the name with the first number that makes it unique. */
export function uniqueName(name: string, profiles: readonly Pick<Profile, "name">[]): string {
	const start = name.slice(0, MAX_PROFILE_NAME)
	for (let number = 1; ; number++) {
		const end = number === 1 ? "" : ` (${number})`
		const candidate = `${start.slice(0, MAX_PROFILE_NAME - end.length).trimEnd()}${end}`
		if (!profiles.some((profile) => hasName(profile, candidate))) return candidate
	}
}

/** The last AWS profile cannot be deleted, nor can the emulator's profile while the emulator runs. */
export function isDeletable({ id, kind }: Profile, profiles: readonly Profile[]): boolean {
	if (kind === "demo") return id !== DEMO_PROFILE_ID
	return profiles.filter((profile) => profile.kind === "aws").length > 1
}
