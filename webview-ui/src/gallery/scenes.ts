import { ATTACHMENT_SCENES } from "./attachment-scenes"
import { CHAT_SCENES } from "./chat-scenes"
import { HISTORY_SCENES } from "./history-scenes"
import { PRICE_SCENES } from "./price-scenes"
import { PROFILE_SCENES } from "./profile-scenes"
import type { Scenes } from "./scene"
import { SETTINGS_SCENES } from "./settings-scenes"
import { SPEED_SCENES } from "./speed-scenes"
import { TASK_SCENES } from "./task-scenes"

export type { Scene } from "./scene"

/** All scenes of the webview by name, grouped by what the user is doing. */
export const SCENES: Scenes = {
	...CHAT_SCENES,
	...ATTACHMENT_SCENES,
	...TASK_SCENES,
	...SETTINGS_SCENES,
	...PROFILE_SCENES,
	...PRICE_SCENES,
	...HISTORY_SCENES,
	...SPEED_SCENES,
}
