import { hasAnySecret, uniqueName, type ExportReport, type ImportPreview, type Profile } from "@bedrock-tiers/protocol"
import type { ChosenFiles } from "../ports"
import { nameFromRoo, readRooFile, writeRooFile, type RooFile, type RooFileProfile } from "./roo-code/roo-file"
import type { Settings } from "./settings"
import { errorMessage } from "../storage/error-message"

type ReadFile = { readonly fileName: string; readonly content: Extract<RooFile, { ok: true }> }

const FILE_NAME = "roo-code-settings.json"

/** Profiles from a file of Roo Code's settings, and into one. What lies in a chosen file stays here until it is added or left. */
export class SettingsTransfer {
	readonly #settings: Settings
	readonly #files: ChosenFiles
	#read: ReadFile | undefined

	constructor(settings: Settings, files: ChosenFiles) {
		this.#settings = settings
		this.#files = files
	}

	/** What is in the chosen file and was not added yet; null = none is chosen. */
	get preview(): ImportPreview | null {
		if (!this.#read) return null
		const { fileName, content } = this.#read
		const names = newNames(content.profiles, this.#settings.profiles)
		return {
			fileName,
			profiles: content.profiles.map(({ name, settings, secrets, untaken }, index) => ({
				name,
				newName: names[index] ?? name,
				modelId: settings.modelId,
				region: settings.region,
				serviceTier: settings.serviceTier,
				method: settings.credentials.method,
				hasSecrets: hasAnySecret(secrets),
				notes: untaken.map(({ sentence }) => sentence),
			})),
			leftOut: [...content.leftOut],
		}
	}

	/**
	 * Lets the person choose a file; one that was chosen before gives way.
	 * @returns the sentence that says why the file cannot be used; undefined = it can, or none was chosen
	 */
	async choose(): Promise<string | undefined> {
		let file: Awaited<ReturnType<ChosenFiles["open"]>>
		try {
			file = await this.#files.open()
		} catch (error) {
			return errorMessage(error)
		}
		if (!file) return undefined
		const content = readRooFile(file.text)
		if (!content.ok) return content.sentence
		this.#read = { fileName: file.name, content }
		return undefined
	}

	leave(): void {
		this.#read = undefined
	}

	/** Adds those of the chosen file that have one of the names in it. Their keys go into the secret store alone. */
	async add(names: readonly string[]): Promise<void> {
		const chosen = this.#read?.content.profiles.filter(({ name }) => names.includes(name)) ?? []
		await this.#settings.import(chosen.map(({ name, ...rest }) => ({ ...rest, name: nameFromRoo(name) })))
		this.leave()
	}

	/** @returns undefined when the person called it off */
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
			profiles: written.profiles.map(({ name, untaken }) => ({
				name,
				notes: untaken.map(({ sentence }) => sentence),
			})),
		}
	}
}

/** The names under which profiles of a file can be added, each another. */
export function newNames(profiles: readonly Pick<RooFileProfile, "name">[], existing: readonly Profile[]): string[] {
	const taken: { name: string }[] = [...existing]
	for (const { name } of profiles) taken.push({ name: uniqueName(nameFromRoo(name), taken) })
	return taken.slice(existing.length).map(({ name }) => name)
}
