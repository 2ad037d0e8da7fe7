import { detailsOf, type ErrorDetail } from "@bedrock-tiers/error-details"
import { hasAnySecret, uniqueName, type ExportReport, type ImportPreview, type Profile } from "@bedrock-tiers/protocol"
import type { ChosenFiles } from "../ports"
import { nameFromRoo, readRooFile, writeRooFile, type RooFile, type RooFileProfile } from "./roo-code/roo-file"
import type { Settings } from "./settings"

type ParsedFile = { readonly fileName: string; readonly content: Extract<RooFile, { ok: true }> }

const FILE_NAME = "roo-code-settings.json"

/**
 * Imports profiles from a Roo Code settings file and exports them to one. A chosen file is held until it is imported or
 * discarded.
 */
export class SettingsTransfer {
	readonly #settings: Settings
	readonly #files: ChosenFiles
	#file: ParsedFile | undefined

	constructor(settings: Settings, files: ChosenFiles) {
		this.#settings = settings
		this.#files = files
	}

	/** Preview of the chosen file; `null` when no file is chosen or its profiles were added. */
	get preview(): ImportPreview | null {
		if (!this.#file) return null
		const { fileName, content } = this.#file
		const names = newNames(content.profiles, this.#settings.profiles)
		return {
			fileName,
			profiles: content.profiles.map(({ name, settings, secrets, skipped }, index) => ({
				name,
				newName: names[index] ?? name,
				modelId: settings.modelId,
				region: settings.region,
				serviceTier: settings.serviceTier,
				method: settings.credentials.method,
				hasSecrets: hasAnySecret(secrets),
				notes: skipped.map(({ detail }) => detail),
			})),
			leftOut: [...content.leftOut],
		}
	}

	/**
	 * Lets the user choose a file, which replaces a previously chosen one.
	 * @returns why the file cannot be used; `undefined` when it can, or when none was chosen
	 */
	async choose(): Promise<readonly ErrorDetail[] | undefined> {
		let file: Awaited<ReturnType<ChosenFiles["open"]>>
		try {
			file = await this.#files.open()
		} catch (error) {
			return detailsOf(error)
		}
		if (!file) return undefined
		const content = readRooFile(file.text)
		if (!content.ok) return [content.detail]
		this.#file = { fileName: file.name, content }
		return undefined
	}

	leave(): void {
		this.#file = undefined
	}

	/**
	 * Adds the profiles of the chosen file that have one of these names. Their keys are stored in the secret store
	 * only.
	 */
	async add(names: readonly string[]): Promise<void> {
		const chosen = this.#file?.content.profiles.filter(({ name }) => names.includes(name)) ?? []
		await this.#settings.import(chosen.map(({ name, ...rest }) => ({ ...rest, name: nameFromRoo(name) })))
		this.leave()
	}

	/** @returns `undefined` when the user canceled */
	async export(profileIds: readonly string[], withSecrets: boolean): Promise<ExportReport | undefined> {
		const { profiles, activeProfile } = this.#settings
		const chosen = profiles.filter(({ id, kind }) => profileIds.includes(id) && kind === "aws")
		const entries = await Promise.all(
			chosen.map(async (profile) =>
				withSecrets ? { profile, secrets: await this.#settings.secrets(profile.id) } : { profile },
			),
		)
		const written = writeRooFile(entries, activeProfile.name)
		const file = await this.#files.save(FILE_NAME, written.text)
		if (file === undefined) return undefined
		return {
			file,
			profiles: written.profiles.map(({ name, skipped }) => ({
				name,
				notes: skipped.map(({ detail }) => detail),
			})),
		}
	}
}

/** Unique names under which the profiles of a file can be added. */
export function newNames(profiles: readonly Pick<RooFileProfile, "name">[], existing: readonly Profile[]): string[] {
	const named: { name: string }[] = [...existing]
	for (const { name } of profiles) named.push({ name: uniqueName(nameFromRoo(name), named) })
	return named.slice(existing.length).map(({ name }) => name)
}
