import {
	HTTP_PROTOCOLS,
	pricedRegion,
	refusalsFor,
	type ProfileSettings,
	type ViewState,
} from "@bedrock-tiers/protocol"
import { useEffect, useRef, useState } from "react"
import { activeProfile } from "../../state/active-profile"
import { changedElsewhere, isDirty, isSavable, newDraft, type SettingsDraft } from "../../state/settings-draft"
import type { SaveState, Section, WebviewState } from "../../state/webview-state"
import { useLocale } from "../../locale"
import { useStore } from "../store-context"
import { Button } from "../ui/Button"
import { Dropdown } from "../ui/Dropdown"
import { TextField } from "../ui/TextField"
import { AnswerSection } from "./AnswerSection"
import { ApiField } from "./ApiField"
import { BackgroundSection } from "./BackgroundSection"
import { ConnectionTest } from "./ConnectionTest"
import { CredentialsFields } from "./CredentialsFields"
import { errorAt } from "./field-error"
import { ImportPreview } from "./ImportPreview"
import { LastTask } from "./LastTask"
import { ModelField } from "./ModelField"
import { PricesSection } from "./PricesSection"
import { ProfileField } from "./ProfileField"
import { RegionField } from "./RegionField"
import { RouteField } from "./RouteField"
import { SaveBar } from "./SaveBar"
import { DeclaredModelField } from "./DeclaredModelField"
import { TaskLimitField } from "./TaskLimitField"
import { TierFallbackField } from "./TierFallbackField"
import { TierField } from "./TierField"
import { TransferSection } from "./TransferSection"

type SettingsViewProps = {
	readonly host: ViewState
	readonly drafts: WebviewState["drafts"]
	readonly save: SaveState
	readonly openSections: WebviewState["openSections"]
	readonly profileEdit: WebviewState["profileEdit"]
	readonly connectionTest: WebviewState["connectionTest"]
	readonly exportReport: WebviewState["exportReport"]
}

export function SettingsView(props: SettingsViewProps) {
	const { host, drafts, save, openSections, profileEdit, connectionTest, exportReport } = props
	const locale = useLocale()
	const { t } = locale
	const store = useStore()
	const profile = activeProfile(host)
	const fields = useRef<HTMLDivElement>(null)
	useEffect(() => {
		if (save.kind !== "refused") return
		const firstError = fields.current?.querySelector(".field-error")
		firstError?.closest("details")?.setAttribute("open", "")
		firstError?.scrollIntoView({ block: "center" })
	}, [save])
	const [discardCount, setDiscardCount] = useState(0)
	if (!profile) return null
	const { id, settings: stored } = profile
	const draft = drafts[id] ?? newDraft(stored)
	const settings = draft.edited
	const error = errorAt(save, id, locale)
	const edit = (change: (draft: SettingsDraft) => SettingsDraft) => store.editSettings(id, change)
	const change = (part: Partial<ProfileSettings>) =>
		edit((before) => ({ ...before, edited: { ...before.edited, ...part } }))
	const sectionProps = (section: Section) => ({
		open: openSections.includes(section),
		onOpen: (open: boolean) => store.openSection(section, open),
	})
	const discard = () => {
		setDiscardCount(discardCount + 1)
		store.discardSettings(id)
	}

	return (
		<main className="settings">
			<div ref={fields} className="settings-fields">
				{changedElsewhere(draft, stored) && (
					<div className="notice" role="status">
						<p>{t("settings.changedElsewhere")}</p>
						<Button look="secondary" onClick={discard}>
							{t("settings.reload")}
						</Button>
					</div>
				)}
				{host.importPreview && <ImportPreview preview={host.importPreview} />}
				<ProfileField
					profile={profile}
					profiles={host.profiles}
					edit={profileEdit}
					dirty={isDirty(draft, stored)}
				/>
				{profile.kind === "demo" && <p className="hint">{t("app.demo")}</p>}
				<div className="field">
					<span className="field-label">{t("settings.provider")}</span>
					<span>{t("settings.bedrock")}</span>
				</div>
				<RegionField
					region={settings.region}
					error={error("settings.region")}
					onChange={(region) => change({ region })}
				/>
				<ModelField
					// A new key resets the field after Discard: a listed model is an option again, not typed text.
					key={`${id} ${discardCount}`}
					settings={settings}
					storedModelId={stored.modelId}
					refreshed={host.refreshedPrices}
					error={error("settings.modelId")}
					onChange={(modelId) => change({ modelId })}
				/>
				<DeclaredModelField
					settings={settings}
					error={error("settings.declaredModels")}
					onChange={(declaredModels) => change({ declaredModels })}
				/>
				<RouteField
					settings={settings}
					error={error("settings.route")}
					onChange={(route) => change({ route })}
				/>
				<ApiField api={settings.api} error={error("settings.api")} onChange={(api) => change({ api })} />
				<hr />
				<TierField
					settings={settings}
					storedTier={stored.serviceTier}
					knowsPriority={profile.knowsPriority ?? false}
					refreshed={host.refreshedPrices}
					refusals={refusalsFor(host.refusals, id, settings)}
					error={error("settings.serviceTier")}
					onChange={(serviceTier) => change({ serviceTier })}>
					<LastTask chat={host.chat} settings={settings} refreshed={host.refreshedPrices} />
				</TierField>
				<TierFallbackField
					settings={settings}
					error={error("settings.whenTierCannotServe")}
					onChange={(whenTierCannotServe) => change({ whenTierCannotServe })}
				/>
				<PricesSection
					draft={draft}
					savedRegion={pricedRegion(stored)}
					refreshed={host.refreshedPrices}
					refreshing={host.refreshing}
					{...sectionProps("prices")}
					error={error}
					onEdit={edit}
				/>
				<TaskLimitField draft={draft} error={error} onEdit={edit} />
				<AnswerSection {...sectionProps("answer")} draft={draft} error={error} onEdit={edit} />
				<BackgroundSection
					{...sectionProps("background")}
					settings={settings}
					error={error}
					onChange={change}
				/>
				{profile.kind === "aws" && (
					<>
						<hr />
						<CredentialsFields
							credentials={settings.credentials}
							secrets={draft}
							apiKeyIsSet={host.apiKeySetFor.includes(id)}
							staticKeysAreSet={host.staticKeysSetFor.includes(id)}
							error={error}
							onChange={(credentials) => change({ credentials })}
							onSecrets={(secrets) => edit((before) => ({ ...before, ...secrets }))}
						/>
						<TextField
							label={t("settings.endpoint")}
							value={settings.endpoint ?? ""}
							placeholder="https://"
							hint={<p className="hint">{t("settings.endpointHint")}</p>}
							error={error("settings.endpoint")}
							onChange={(text) => change({ endpoint: text.trim() === "" ? null : text.trim() })}
						/>
						<Dropdown
							label={t("settings.http")}
							value={settings.http}
							options={HTTP_PROTOCOLS.map((http) => ({ value: http, text: t(`settings.${http}`) }))}
							hint={<p className="hint">{t("settings.httpHint")}</p>}
							error={error("settings.http")}
							onChange={(http) => change({ http })}
						/>
					</>
				)}
				<hr />
				<ConnectionTest
					profileId={id}
					billed={profile.kind === "aws"}
					test={connectionTest?.profileId === id ? connectionTest.test : null}
					dirty={isDirty(draft, stored)}
				/>
				<hr />
				<TransferSection {...sectionProps("transfer")} profiles={host.profiles} report={exportReport} />
			</div>
			<SaveBar
				save={save}
				profileId={id}
				dirty={isDirty(draft, stored)}
				blocked={!isSavable(draft)}
				touched={drafts[id] !== undefined}
				onSave={() => store.saveSettings(id)}
				onDiscard={discard}
			/>
		</main>
	)
}
