import type { Draft, ToWebview } from "@bedrock-tiers/protocol"
import { describe, expect, it } from "vitest"
import { sessionUnderTest, type SessionWindow } from "@bedrock-tiers/test-kit/hosts/session-window"

/** The unsent question as the extension host stores it. */

const test = sessionUnderTest({ answer: "Hello there." })

const draft: Draft = { at: 7, text: "Half a th", attachments: [], editing: null }
const postedDrafts = ({ posted }: SessionWindow) =>
	posted.flatMap((message: ToWebview) => (message.type === "draft" ? [message.draft] : []))

describe("A draft", () => {
	it("is the first message that is posted after a reload", async () => {
		const window = await test.ready()
		expect(postedDrafts(window)).toEqual([])
		await window.session.handle({ type: "keep-draft", draft })
		const reloaded = await test.ready()
		expect(reloaded.posted[0]).toEqual({ type: "draft", draft })
	})

	it("is not posted when the stored value is invalid", async () => {
		await test.stores.window.set("draft", { ...draft, attachments: [{ kind: "image", id: "../x" }] })
		expect(postedDrafts(await test.ready())).toEqual([])
	})

	it("is not reported when it cannot be written", async () => {
		const window = await test.ready()
		test.stores.window.set = () => Promise.reject(new Error("ENOSPC"))
		await window.session.handle({ type: "keep-draft", draft })
		expect(test.problems).toEqual([])
	})
})
