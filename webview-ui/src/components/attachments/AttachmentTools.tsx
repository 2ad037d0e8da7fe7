import { imageRefusal, MAX_IMAGES_PER_MESSAGE } from "@bedrock-tiers/core"
import { attachmentName, IMAGE_TYPES, profileTierChoice, type Attachment } from "@bedrock-tiers/protocol"
import { useRef } from "react"
import { activeProfile } from "../../state/active-profile"
import type { Into, PageState } from "../../state/webview-state"
import { useLocale, type Locale } from "../../locale"
import { useStore, useViewState } from "../store-context"
import { Button } from "../ui/Button"
import { UnsentAttachments } from "./UnsentAttachments"
import { useImageFiles } from "./use-image-files"

type AttachmentToolsProps = {
	/** Contains the text box; images can be pasted and dropped there. `null` until it is in the page. */
	readonly zone: HTMLElement | null
	readonly into: Into
	readonly attachments: readonly Attachment[]
}

/** The attachments of a question that is being written, and the buttons that add more. */
export function AttachmentTools({ zone, into, attachments }: AttachmentToolsProps) {
	const locale = useLocale()
	const { t } = locale
	const store = useStore()
	const state = useViewState()
	const addFiles = useImageFiles(zone, into)
	const input = useRef<HTMLInputElement>(null)
	const { pending, problem } = state.attaching
	const isAdding = pending.some((one) => one.into === into)
	const notes = [...imageNotes(attachments, state, locale), ...secretNotes(attachments, locale)]

	return (
		<div className="stack attachment-tools">
			<UnsentAttachments
				attachments={attachments}
				onRemove={(id) => store.removeAttachment(into, id)}
				onEmpty={() => zone?.querySelector<HTMLElement>("vscode-text-area")?.focus()}
			/>
			{notes.map((note) => (
				<p key={note} className="warning">
					{note}
				</p>
			))}
			{problem?.into === into && (
				<p className="warning" role="alert">
					{locale.details(problem.details)}
				</p>
			)}
			<div className="attachment-buttons">
				<input
					ref={input}
					type="file"
					hidden
					multiple
					// The host determines the actual type from the file's bytes.
					accept={Object.keys(IMAGE_TYPES).join(",")}
					onChange={(event) => {
						void addFiles([...(event.target.files ?? [])])
						// Without this, choosing the same file again would not dispatch `change`.
						event.target.value = ""
					}}
				/>
				<Button look="quiet" onClick={() => input.current?.click()} label={t("attach.addImage")}>
					{`+ ${t("attach.image")}`}
				</Button>
				<Button
					look="quiet"
					onClick={() => store.attachText(into, "selection")}
					label={t("attach.addSelection")}>
					{`+ ${t("attach.selection")}`}
				</Button>
				<Button look="quiet" onClick={() => store.attachText(into, "file")} label={t("attach.addFile")}>
					{`+ ${t("attach.file")}`}
				</Button>
				<span className="caption" role="status">
					{isAdding
						? t("attach.adding")
						: attachments.length > 0
							? t("attach.count", { count: attachments.length })
							: ""}
				</span>
			</div>
		</div>
	)
}

/** Why the host would refuse the images, shown before they are sent. */
function imageNotes(attachments: readonly Attachment[], { host }: PageState, { t }: Locale): string[] {
	const settings = host && activeProfile(host)?.settings
	if (!settings) return []
	const { model } = profileTierChoice(settings, null)
	const images = attachments.filter((one) => one.kind === "image")
	const refusal = imageRefusal(images, model?.images ?? null)
	if (refusal === null) return []
	return [t(`attach.${refusal}`, { model: model?.name ?? settings.modelId, most: MAX_IMAGES_PER_MESSAGE })]
}

function secretNotes(attachments: readonly Attachment[], { t }: Locale): string[] {
	return attachments
		.filter((one) => one.kind === "text" && one.mayBeSecret)
		.map((one) => t("attach.mayBeSecret", { name: attachmentName(one) }))
}
