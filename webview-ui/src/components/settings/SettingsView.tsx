import { knownRegions, REQUEST_APIS, ROUTE_SETTINGS } from "@bedrock-tiers/core"
import { HTTP_PROTOCOLS, MAX_TASK_LIMIT_USD, pricedRegion, refusalsFor, type ViewState } from "@bedrock-tiers/protocol"
import { useEffect, useRef, useState } from "react"
import { activeProfile } from "../../state/active-profile"
import { changedElsewhere, isDirty, isSavable, newDraft } from "../../state/settings-draft"
import { useLocale } from "../../locale"
import { useStore, useViewState } from "../store-context"
import { Button } from "../ui/Button"
import { TextField } from "../ui/TextField"
import { AnswerSection } from "./AnswerSection"
import { BackgroundSection } from "./BackgroundSection"
import { ConnectionTest } from "./ConnectionTest"
import { CredentialsFields } from "./CredentialsFields"
import { DeclaredModelField } from "./DeclaredModelField"
import { DraftNumberField } from "./DraftNumberField"
import type { EditorProps } from "./editor-props"
import { errorAt } from "./field-error"
import { ImportPreview } from "./ImportPreview"
import { LastTask } from "./LastTask"
import { ModelField } from "./ModelField"
import { PricesSection } from "./PricesSection"
import { ProfileField } from "./ProfileField"
import { routeMessage } from "./route-message"
import { SaveBar } from "./SaveBar"
import { SettingDropdown } from "./SettingDropdown"
import { TierFallbackField } from "./TierFallbackField"
import { TierField } from "./TierField"
import { TransferSection } from "./TransferSection"

const REGIONS = knownRegions().map((region) => ({ value: region, text: region }))

/** USD. At least one cent, because a single request can cost more than a smaller limit. */
const TASK_LIMITS = { min: 0.01, max: MAX_TASK_LIMIT_USD } as const

export function SettingsView({ host }: { readonly host: ViewState }) {
	const { drafts, save, profileEdit, connectionTest, exportReport } = useViewState()
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
	const dirty = isDirty(draft, stored)
	const editor: EditorProps = {
		draft,
		error: errorAt(save, id, locale),
		onEdit: (change) => store.editSettings(id, change),
		onChange: (part) => store.editSettings(id, (before) => ({ ...before, edited: { ...before.edited, ...part } })),
	}
	const discard = () => {
		setDiscardCount(discardCount + 1)
		store.discardSettings(id)
	}
	const route = routeMessage(settings, locale)

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
				<ProfileField profile={profile} profiles={host.profiles} edit={profileEdit} dirty={dirty} />
				{profile.kind === "demo" && <p className="hint">{t("app.demo")}</p>}
				<div className="field">
					<span className="field-label">{t("settings.provider")}</span>
					<span>{t("settings.bedrock")}</span>
				</div>
				<SettingDropdown {...editor} setting="region" label={t("settings.region")} options={REGIONS} />
				<ModelField
					// A new key resets the field after Discard: a listed model is an option again, not typed text.
					key={`${id} ${discardCount}`}
					{...editor}
					storedModelId={stored.modelId}
					refreshed={host.refreshedPrices}
				/>
				<DeclaredModelField {...editor} />
				<SettingDropdown
					{...editor}
					setting="route"
					label={t("routeField.label")}
					options={ROUTE_SETTINGS.map((value) => ({ value, text: t(`routeField.${value}`) }))}
					hint={route.text !== "" && <p className={route.works ? "hint" : "warning"}>{route.text}</p>}
				/>
				<SettingDropdown
					{...editor}
					setting="api"
					label={t("apiField.label")}
					options={REQUEST_APIS.map((value) => ({ value, text: t(`apiField.${value}`) }))}
					hint={settings.api === "invoke-model" && t("apiField.invokeModelHint")}
				/>
				<hr />
				<TierField
					{...editor}
					storedTier={stored.serviceTier}
					knowsPriority={profile.knowsPriority ?? false}
					refreshed={host.refreshedPrices}
					refusals={refusalsFor(host.refusals, id, settings)}>
					<LastTask chat={host.chat} settings={settings} refreshed={host.refreshedPrices} />
				</TierField>
				<TierFallbackField {...editor} />
				<PricesSection
					{...editor}
					savedRegion={pricedRegion(stored)}
					refreshed={host.refreshedPrices}
					refreshing={host.refreshing}
				/>
				<DraftNumberField
					{...editor}
					setting="taskLimitUsd"
					label={t("taskLimit.label")}
					limits={TASK_LIMITS}
					example="2.5"
					hint={t("taskLimit.hint")}
				/>
				<AnswerSection {...editor} />
				<BackgroundSection {...editor} />
				{profile.kind === "aws" && (
					<>
						<hr />
						<CredentialsFields
							{...editor}
							apiKeyIsSet={host.apiKeySetFor.includes(id)}
							staticKeysAreSet={host.staticKeysSetFor.includes(id)}
						/>
						<TextField
							label={t("settings.endpoint")}
							value={settings.endpoint ?? ""}
							placeholder="https://"
							hint={t("settings.endpointHint")}
							error={editor.error("settings.endpoint")}
							onChange={(text) => editor.onChange({ endpoint: text.trim() || null })}
						/>
						<SettingDropdown
							{...editor}
							setting="http"
							label={t("settings.http")}
							options={HTTP_PROTOCOLS.map((value) => ({ value, text: t(`settings.${value}`) }))}
							hint={t("settings.httpHint")}
						/>
					</>
				)}
				<hr />
				<ConnectionTest
					profileId={id}
					billed={profile.kind === "aws"}
					test={connectionTest?.profileId === id ? connectionTest.test : null}
					dirty={dirty}
				/>
				<hr />
				<TransferSection profiles={host.profiles} report={exportReport} />
			</div>
			<SaveBar
				save={save}
				profileId={id}
				dirty={dirty}
				blocked={!isSavable(draft)}
				touched={drafts[id] !== undefined}
				onDiscard={discard}
			/>
		</main>
	)
}
