import type { ReactNode } from "react"
import type { Section } from "../../state/webview-state"
import { useStore, useViewState } from "../store-context"

type SettingsSectionProps = {
	readonly section: Section
	readonly title: string
	/** Settings in effect, as short texts that stay visible while the section is collapsed. */
	readonly summary?: readonly string[]
	readonly children: ReactNode
}

/** Part of the page that most users do not need; collapsed at first. */
export function SettingsSection({ section, title, summary = [], children }: SettingsSectionProps) {
	const store = useStore()
	const { openSections } = useViewState()
	return (
		<details
			className="section"
			open={openSections.includes(section)}
			onToggle={(event) => store.openSection(section, event.currentTarget.open)}>
			<summary>
				<span className="section-title">{title}</span> {summary.join(" · ")}
			</summary>
			<div className="section-fields">{children}</div>
		</details>
	)
}
