import type { ViewState } from "@bedrock-tiers/protocol"
import { activeProfile, chatSettings } from "../../state/active-profile"
import { useStore } from "../store-context"
import { ChatTierField } from "./ChatTierField"
import { Composer } from "./Composer"
import { MessageList } from "./MessageList"
import { ProfileSwitch } from "./ProfileSwitch"
import { TaskHeader } from "./TaskHeader"
import { ToolsPermission } from "./ToolsPermission"

type ChatViewProps = {
	readonly host: ViewState
	readonly composerText: string
}

export function ChatView({ host, composerText }: ChatViewProps) {
	const store = useStore()
	const profile = activeProfile(host)
	const asked = chatSettings(host)
	return (
		<main className="chat">
			{asked && <TaskHeader chat={host.chat} settings={asked} />}
			<MessageList key={host.chat.id} chat={host.chat} settings={asked} />
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
				busy={host.chat.busy}
				onType={store.typeMessage}
				onSend={store.sendMessage}
				onStop={store.stop}
			/>
		</main>
	)
}
