import type { ExportReport, Profile } from "@bedrock-tiers/protocol"
import { useState } from "react"
import { useLocale } from "../../locale"
import { useStore } from "../store-context"
import { Button } from "../ui/Button"
import { Checkbox } from "../ui/Checkbox"
import { FoldedSection } from "../ui/FoldedSection"
import { StatusLine } from "../ui/StatusLine"
import { Notes } from "./Notes"

type TransferSectionProps = {
	readonly profiles: readonly Profile[]
	readonly report: ExportReport | null
	readonly open: boolean
	readonly onOpen: (open: boolean) => void
}

/** Profiles from Roo Code's exported settings, and into a file for it. */
export function TransferSection({ profiles, report, open, onOpen }: TransferSectionProps) {
	const { t } = useLocale()
	const store = useStore()
	const [left, setLeft] = useState<readonly string[]>([])
	const [withSecrets, setWithSecrets] = useState(false)
	// The demo's connection is the emulator's.
	const own = profiles.filter(({ kind }) => kind === "aws")
	const ids = own.map(({ id }) => id).filter((id) => !left.includes(id))
	return (
		<FoldedSection title={t("transfer.title")} summary={[]} open={open} onOpen={onOpen}>
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
				{own.map(({ id, name }) => (
					<Checkbox
						key={id}
						label={name}
						checked={ids.includes(id)}
						onChange={(checked) => setLeft(checked ? left.filter((other) => other !== id) : [...left, id])}
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
						disabled={ids.length === 0}
						onClick={() => store.exportProfiles(ids, withSecrets)}>
						{t("transfer.write")}
					</Button>
				</div>
				<StatusLine>{report && t("transfer.written", { file: report.file })}</StatusLine>
				{report?.profiles.map(({ name, notes }) => (
					<Notes key={name} title={t("transfer.notesOf", { name, count: notes.length })} notes={notes} />
				))}
			</section>
		</FoldedSection>
	)
}
