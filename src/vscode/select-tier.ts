import type { SelectableTier } from "@bedrock-tiers/core"
import * as vscode from "vscode"
import type { Session } from "../app/session"
import type { HostLocale } from "../app/ports"
import { tierItems, tierTitle, type TierItem } from "./tier-items"

/** Shows a quick pick with the stored tier marked, and stores the picked tier in the profile. */
export async function selectTier(session: Session, locale: HostLocale): Promise<void> {
	const pick = await session.tierPick()
	// Also shows the status bar item, which is hidden until the first state message.
	await session.postState()
	const { id, settings } = pick.profile
	const picked = await show(tierItems(pick, locale), settings.serviceTier, tierTitle(pick, locale))
	if (picked && picked !== settings.serviceTier) await session.selectTier(id, picked)
}

function show(items: TierItem[], stored: SelectableTier, title: string): Promise<SelectableTier | undefined> {
	const list = vscode.window.createQuickPick<TierItem & vscode.QuickPickItem>()
	const iconPath = new vscode.ThemeIcon("check")
	const shown = items.map((item) => (item.tier === stored ? { ...item, iconPath } : item))
	list.items = shown
	list.title = title
	list.matchOnDetail = true
	list.activeItems = shown.filter(({ tier }) => tier === stored)
	return new Promise((resolve) => {
		list.onDidAccept(() => {
			resolve(list.selectedItems[0]?.tier)
			list.hide()
		})
		list.onDidHide(() => {
			resolve(undefined)
			list.dispose()
		})
		list.show()
	})
}
