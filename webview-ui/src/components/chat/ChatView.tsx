import type { Attachment, ViewState } from "@bedrock-tiers/protocol"
import { useMemo } from "react"
import { activeProfile, chatSettings } from "../../state/active-profile"
import type { EditedQuestion } from "../../state/webview-state"
import { useLocale } from "../../locale"
import { useStore } from "../store-context"
import { Checkbox } from "../ui/Checkbox"
import { Dropdown } from "../ui/Dropdown"
import { AnswerStatus } from "./AnswerStatus"
import { ChatTierField } from "./ChatTierField"
import { Composer } from "./Composer"
import { MessageList } from "./MessageList"
import { TaskHeader } from "./TaskHeader"

type ChatViewProps = {
	readonly host: ViewState
	readonly composerText: string
	readonly attachments: readonly Attachment[]
	readonly adding: boolean
	readonly editing: EditedQuestion | null
}

export function ChatView({ host, composerText, attachments, adding, editing }: ChatViewProps) {
	const store = useStore()
	const { t } = useLocale()
	const profile = activeProfile(host)
	// The same object as long as nothing in it changes, so that the message list is not rendered again.
	const { profiles, activeProfileId, chat, workspaceOpen } = host
	const { tier } = chat
	const requestSettings = useMemo(
		() => chatSettings({ profiles, activeProfileId, tier }),
		[profiles, activeProfileId, tier],
	)
	return (
		<main className="chat">
			<h1 className="visually-hidden">{t("app.chat")}</h1>
			{requestSettings && <TaskHeader chat={chat} settings={requestSettings} />}
			<MessageList key={chat.id} chat={chat} settings={requestSettings} editing={editing} />
			<AnswerStatus chat={chat} />
			{chat.answeredElsewhere && (
				<div className="notice" role="status">
					<p>{t("chat.answeredElsewhere")}</p>
				</div>
			)}
			<div className="stack chat-options">
				<div className="chat-fields">
					{profiles.length > 1 && (
						<Dropdown
							label={t("app.profile")}
							value={activeProfileId}
							options={profiles.map(({ id, name }) => ({ value: id, text: name }))}
							onChange={store.selectProfile}
						/>
					)}
					{profile && <ChatTierField settings={profile.settings} tier={tier} />}
				</div>
				<Checkbox
					label={t("tool.allow")}
					checked={chat.toolsAllowed}
					disabled={!workspaceOpen}
					hint={<span className="caption">{t(workspaceOpen ? "tool.allowHint" : "tool.noFolder")}</span>}
					onChange={store.allowTools}
				/>
			</div>
			<Composer text={composerText} attachments={attachments} adding={adding} busy={chat.busy} />
		</main>
	)
}
