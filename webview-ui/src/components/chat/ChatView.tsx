import type { Attachment, ViewState } from "@bedrock-tiers/protocol"
import { useMemo } from "react"
import { activeProfile, chatSettings } from "../../state/active-profile"
import type { EditedQuestion } from "../../state/webview-state"
import { useLocale } from "../../locale"
import { useStore } from "../store-context"
import { AnswerStatus } from "./AnswerStatus"
import { ChatTierField } from "./ChatTierField"
import { Composer } from "./Composer"
import { MessageList } from "./MessageList"
import { ProfileSwitch } from "./ProfileSwitch"
import { TaskHeader } from "./TaskHeader"
import { ToolsPermission } from "./ToolsPermission"

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
	const { profiles, activeProfileId, chat } = host
	const { tier } = chat
	const requestSettings = useMemo(
		() => chatSettings({ profiles, activeProfileId, tier }),
		[profiles, activeProfileId, tier],
	)
	return (
		<main className="chat">
			<h1 className="visually-hidden">{t("app.chat")}</h1>
			{requestSettings && <TaskHeader chat={host.chat} settings={requestSettings} />}
			<MessageList key={host.chat.id} chat={host.chat} settings={requestSettings} editing={editing} />
			<AnswerStatus chat={host.chat} />
			{host.chat.answeredElsewhere && (
				<div className="notice" role="status">
					<p>{t("chat.answeredElsewhere")}</p>
				</div>
			)}
			<div className="chat-options">
				<div className="chat-fields">
					<ProfileSwitch
						profiles={host.profiles}
						activeProfileId={host.activeProfileId}
						onSelect={store.selectProfile}
					/>
					{profile && (
						<ChatTierField
							settings={profile.settings}
							tier={host.chat.tier}
							onChange={store.chooseChatTier}
						/>
					)}
				</div>
				<ToolsPermission
					allowed={host.chat.toolsAllowed}
					workspaceOpen={host.workspaceOpen}
					onAllow={store.allowTools}
				/>
			</div>
			<Composer
				text={composerText}
				attachments={attachments}
				adding={adding}
				busy={host.chat.busy}
				onType={store.typeMessage}
				onSend={store.sendMessage}
				onStop={store.stop}
			/>
		</main>
	)
}
