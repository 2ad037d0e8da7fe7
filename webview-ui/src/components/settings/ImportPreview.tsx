import type { ImportPreview as Preview } from "@bedrock-tiers/protocol"
import { useEffect, useId, useRef, useState } from "react"
import { useLocale, type Locale } from "../../locale"
import { useStore } from "../store-context"
import { Button } from "../ui/Button"
import { Checkbox } from "../ui/Checkbox"
import { Notes } from "./Notes"

/** Profiles of a chosen settings file, shown before any of them is added. */
export function ImportPreview({ preview }: { readonly preview: Preview }) {
	const locale = useLocale()
	const { t } = locale
	const store = useStore()
	const titleId = useId()
	const title = useRef<HTMLHeadingElement>(null)
	const { fileName, profiles, leftOut } = preview
	const [excludedNames, setExcludedNames] = useState<readonly string[]>([])
	const selectedNames = profiles.map(({ name }) => name).filter((name) => !excludedNames.includes(name))
	useEffect(() => title.current?.focus(), [preview.fileName])
	return (
		<section className="transfer-box" aria-labelledby={titleId}>
			<h2 ref={title} id={titleId} tabIndex={-1}>
				{t("transfer.found", { file: fileName })}
			</h2>
			{profiles.length === 0 && <p>{t("transfer.none")}</p>}
			{profiles.map((profile) => (
				<div key={profile.name} className="transfer-profile">
					<Checkbox
						label={profile.newName}
						checked={selectedNames.includes(profile.name)}
						hint={summary(profile, locale)}
						onChange={(checked) =>
							setExcludedNames(
								checked
									? excludedNames.filter((name) => name !== profile.name)
									: [...excludedNames, profile.name],
							)
						}
					/>
					<Notes
						title={t("transfer.notes", { count: profile.notes.length })}
						notes={profile.notes.map((note) => locale.details([note]))}
					/>
				</div>
			))}
			<Notes
				title={t("transfer.leftOut", { count: leftOut.length })}
				notes={leftOut.map(({ name, reason }) =>
					t("transfer.leftOutProfile", { name, reason: locale.details(reason) }),
				)}
			/>
			<div className="button-row">
				<Button disabled={selectedNames.length === 0} onClick={() => store.importProfiles(selectedNames)}>
					{t("transfer.add", { count: selectedNames.length })}
				</Button>
				<Button look="secondary" onClick={store.leaveImport}>
					{t("profiles.cancel")}
				</Button>
			</div>
		</section>
	)
}

function summary(profile: Preview["profiles"][number], { t, tier }: Locale): string {
	const { name, newName, modelId, region, serviceTier, method, hasSecrets } = profile
	const parts = [
		...(name === newName ? [] : [t("transfer.named", { name })]),
		modelId,
		region,
		tier(serviceTier),
		t(`credentials.${method}`),
		...(hasSecrets ? [t("transfer.hasSecrets")] : []),
	]
	return parts.join(" · ")
}
