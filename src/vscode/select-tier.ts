import * as vscode from "vscode"
import type { Session } from "../app/session"
import type { HostLocale } from "../app/ports"
import { tierItems, tierTitle, type TierItem } from "./tier-items"

/** Shows a quick pick with the stored tier marked, and stores the picked tier in the profile. */
export async function selectTier(session: Session, locale: HostLocale): Promise<void> {
	const pick = await session.tierPick()
	// Also shows the status bar item, which is hidden until the first state message.
	await session.postState()
	const items = tierItems(pick, locale)
	const stored = items.find(({ tier }) => tier === pick.profile.settings.serviceTier)
	const picked = await show(items, stored, tierTitle(pick, locale))
	if (picked && picked !== stored) await session.selectTier(pick.profile.id, picked.tier)
}

function show(items: TierItem[], stored: TierItem | undefined, title: string): Promise<TierItem | undefined> {
	const list = vscode.window.createQuickPick<TierItem & vscode.QuickPickItem>()
	const shown = items.map((item) => (item === stored ? { ...item, iconPath: new vscode.ThemeIcon("check") } : item))
	list.items = shown
	list.title = title
	list.matchOnDetail = true
	list.activeItems = shown.filter(({ tier }) => tier === stored?.tier)
	return new Promise((resolve) => {
		list.onDidAccept(() => {
			resolve(items.find(({ tier }) => tier === list.selectedItems[0]?.tier))
			list.hide()
		})
		list.onDidHide(() => {
			resolve(undefined)
			list.dispose()
		})
		list.show()
	})
}
