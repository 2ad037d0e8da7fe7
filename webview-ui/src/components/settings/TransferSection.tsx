import type { ExportReport, Profile } from "@bedrock-tiers/protocol"
import { useState } from "react"
import { useLocale } from "../../locale"
import { useStore } from "../store-context"
import { Button } from "../ui/Button"
import { Checkbox } from "../ui/Checkbox"
import { StatusLine } from "../ui/StatusLine"
import { Notes } from "./Notes"
import { SettingsSection } from "./SettingsSection"

type TransferSectionProps = {
	readonly profiles: readonly Profile[]
	readonly report: ExportReport | null
}

/** Import of profiles from settings that Roo Code exported, and export of profiles to a file for Roo Code. */
export function TransferSection({ profiles, report }: TransferSectionProps) {
	const { t, details } = useLocale()
	const store = useStore()
	const [excludedIds, setExcludedIds] = useState<readonly string[]>([])
	const [withSecrets, setWithSecrets] = useState(false)
	// The demo profile is not exported: its connection is to the emulator.
	const exportable = profiles.filter(({ kind }) => kind === "aws")
	const selectedIds = exportable.map(({ id }) => id).filter((id) => !excludedIds.includes(id))
	return (
		<SettingsSection section="transfer" title={t("transfer.title")}>
			<section className="subsection">
				<h2>{t("transfer.import")}</h2>
				<p className="hint">{t("transfer.importHint")}</p>
				<div className="button-row">
					<Button look="secondary" onClick={store.chooseImport}>
						{t("transfer.choose")}
					</Button>
				</div>
			</section>
			<section className="subsection">
				<h2>{t("transfer.export")}</h2>
				<p className="hint">{t("transfer.exportHint")}</p>
				{exportable.map(({ id, name }) => (
					<Checkbox
						key={id}
						label={name}
						checked={selectedIds.includes(id)}
						onChange={(checked) =>
							setExcludedIds(checked ? excludedIds.filter((other) => other !== id) : [...excludedIds, id])
						}
					/>
				))}
				<Checkbox
					label={t("transfer.withSecrets")}
					checked={withSecrets}
					hint={<p className={withSecrets ? "warning" : "hint"}>{t("transfer.withSecretsHint")}</p>}
					onChange={setWithSecrets}
				/>
				<div className="button-row">
					<Button
						look="secondary"
						disabled={selectedIds.length === 0}
						onClick={() => store.exportProfiles(selectedIds, withSecrets)}>
						{t("transfer.write")}
					</Button>
				</div>
				<StatusLine>{report && t("transfer.written", { file: report.file })}</StatusLine>
				{report?.profiles.map(({ name, notes }) => (
					<Notes
						key={name}
						title={t("transfer.notesOf", { name, count: notes.length })}
						notes={notes.map((note) => details([note]))}
					/>
				))}
			</section>
		</SettingsSection>
	)
}
