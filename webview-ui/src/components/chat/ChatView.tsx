import type { ViewState } from "@bedrock-tiers/protocol"
import type { EditedQuestion } from "../../state/view-reducer"
import { activeProfile } from "../../state/active-profile"
import { useStore } from "../store-context"
import { Composer } from "./Composer"
import { MessageList } from "./MessageList"
import { TaskHeader } from "./TaskHeader"
import { ToolsPermission } from "./ToolsPermission"

type ChatViewProps = {
	readonly host: ViewState
	readonly composerText: string
	readonly editing: EditedQuestion | null
}

export function ChatView({ host, composerText, editing }: ChatViewProps) {
	const store = useStore()
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
			<MessageList key={host.chat.id} chat={host.chat} settings={profile?.settings} editing={editing} />
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
