import type { ViewState } from "@bedrock-tiers/protocol"
import type { StreamingAnswer } from "../../state/view-reducer"
import { activeProfile } from "../../state/active-profile"
import { useWords } from "../../words"
import { useStore } from "../store-context"
import { Composer } from "./Composer"
import { MessageList } from "./MessageList"
import { TaskHeader } from "./TaskHeader"
import { ToolsPermission } from "./ToolsPermission"

type ChatViewProps = {
	readonly host: ViewState
	readonly streaming: StreamingAnswer | null
	readonly composerText: string
}

export function ChatView({ host, streaming, composerText }: ChatViewProps) {
	const store = useStore()
	const { t } = useWords()
	const profile = activeProfile(host)
	return (
		<main className="chat">
			{profile && (
				<TaskHeader
					title={host.chat.title}
					usage={host.chat.usage}
					messages={host.chat.messages}
					settings={profile.settings}
				/>
			)}
			<MessageList key={host.chat.id} chat={host.chat} streaming={streaming} settings={profile?.settings} />
			{host.chat.answeredElsewhere && (
				<div className="notice" role="status">
					<p>{t("chat.answeredElsewhere")}</p>
				</div>
			)}
			<ToolsPermission
				allowed={host.chat.toolsAllowed}
				workspaceOpen={host.workspaceOpen}
				onAllow={store.allowTools}
			/>
			<Composer
				text={composerText}
				busy={host.chat.busy}
				onType={store.typeMessage}
				onSend={store.sendMessage}
				onStop={store.stop}
			/>
		</main>
	)
}
