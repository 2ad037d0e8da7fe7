import type { ViewStore } from "../state/view-store"
import { importPreview, profile, viewState } from "@bedrock-tiers/test-kit/samples/view-state"
import { edit, LONG_NAME, LONG_WORD, showing, settings, unfold, unfolded, type Scenes, type Scene } from "./scene"

/** Two profiles, of which something is about to be done to one. */
const profiles =
	(then: (store: ViewStore) => void): Scene =>
	(port, store) => {
		const work = profile({}, { id: "aws-2", name: "Work" })
		port.say({ type: "state", state: viewState({ profiles: [profile(), work] }) })
		port.say({ type: "show", view: "settings" })
		then(store)
		const requestId = store.getState().profileEdit?.requestId
		if (requestId == null) return
		const message = "There is a profile “Work” already."
		port.say({ type: "refused", requestId, field: "name", message })
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
	"import-found": showing("settings", { importPreview: importPreview() }),
	"import-nothing": showing("settings", { importPreview: importPreview({ profiles: [] }) }),
	"import-refused": settings({}, (port) =>
		port.say({
			type: "refused",
			requestId: null,
			field: "",
			message: "This file is not JSON, so it holds no settings of Roo Code.",
		}),
	),
	"export-done": unfolded(["transfer"], {}, (port) => {
		port.say({
			type: "exported",
			report: {
				file: "/home/me/roo-code-settings.json",
				profiles: [
					{ name: "My account", notes: ["Roo Code has no setting for a negotiated discount."] },
					{ name: "Work", notes: [] },
				],
			},
		})
		return unfold(".notes")
	}),
	"profiles-add": profiles((store) => store.startProfileEdit("add", "aws-1", LONG_NAME)),
	"import-long": showing(
		"settings",
		{
			importPreview: importPreview({
				fileName: `${LONG_WORD}.json`,
				leftOut: [{ name: LONG_NAME, reason: "It is for another provider: openrouter." }],
			}),
		},
		() => unfold(".notes"),
	),
	"transfer-open": unfolded(["transfer"], {}),
}
