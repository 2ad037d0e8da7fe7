import { detail } from "@bedrock-tiers/error-details"
import type { ViewStore } from "../state/view-store"
import { importPreview, profile, viewState } from "@bedrock-tiers/test-kit/samples/view-state"
import {
	edit,
	LONG_NAME,
	LONG_WORD,
	pageScene,
	settings,
	expandDetails,
	settingsWithSections,
	type Scenes,
	type Scene,
} from "./scene"

/** Two profiles, with a profile form open. The host refuses the action if the scene confirms it. */
const profiles =
	(openForm: (store: ViewStore) => void): Scene =>
	(port, store) => {
		const work = profile({}, { id: "aws-2", name: "Work" })
		port.say({ type: "state", state: viewState({ profiles: [profile(), work] }) })
		port.say({ type: "show", view: "settings" })
		openForm(store)
		const requestId = store.getState().profileEdit?.requestId
		if (requestId == null) return
		const details = [detail("profile.name-taken", { name: "Work" })]
		port.say({ type: "refused", requestId, field: "name", details })
	}

export const PROFILE_SCENES: Scenes = {
	"profiles-rename": profiles((store) => {
		store.startProfileEdit("rename", "aws-1", "Work")
		store.confirmProfileEdit()
	}),
	"profiles-duplicate": profiles((store) => {
		edit(store, { serviceTier: "flex" })
		store.startProfileEdit("duplicate", "aws-1", "My account copy")
	}),
	"profiles-delete": profiles((store) => store.startProfileEdit("delete", "aws-1", "")),
	"import-found": pageScene("settings", { importPreview: importPreview() }),
	"import-nothing": pageScene("settings", { importPreview: importPreview({ profiles: [] }) }),
	"import-refused": settings({}, (port) =>
		port.say({
			type: "refused",
			requestId: null,
			field: "",
			details: [detail("roo.not-json")],
		}),
	),
	"export-done": settingsWithSections(["transfer"], {}, (port) => {
		port.say({
			type: "exported",
			report: {
				file: "/home/me/roo-code-settings.json",
				profiles: [
					{ name: "My account", notes: [detail("roo.no-setting.discountPercent")] },
					{ name: "Work", notes: [] },
				],
			},
		})
		return expandDetails(".notes")
	}),
	"profiles-add": profiles((store) => store.startProfileEdit("add", "aws-1", LONG_NAME)),
	"import-long": pageScene(
		"settings",
		{
			importPreview: importPreview({
				fileName: `${LONG_WORD}.json`,
				leftOut: [{ name: LONG_NAME, reason: [detail("roo.other-provider", { provider: "openrouter" })] }],
			}),
		},
		() => expandDetails(".notes"),
	),
	"transfer-open": settingsWithSections(["transfer"], {}),
}
