import type { Draft, ToWebview } from "@bedrock-tiers/protocol"
import { describe, expect, it } from "vitest"
import { sessionUnderTest, type SessionWindow } from "@bedrock-tiers/test-kit/hosts/session-window"

/** A question that nobody has sent yet, as the host keeps it. */

const test = sessionUnderTest({ answer: "Hello there." })

const draft: Draft = { at: 7, text: "Half a th", attachments: [], editing: null }
const kept = ({ posted }: SessionWindow) =>
	posted.flatMap((message: ToWebview) => (message.type === "draft" ? [message.draft] : []))

describe("A draft", () => {
	it("is there when the page is loaded again, before anything else", async () => {
		const window = await test.ready()
		expect(kept(window)).toEqual([])
		await window.session.handle({ type: "keep-draft", draft })
		const reloaded = await test.ready()
		expect(reloaded.posted[0]).toEqual({ type: "draft", draft })
	})

	it("that is damaged is none", async () => {
		await test.stores.window.set("draft", { ...draft, attachments: [{ kind: "image", id: "../x" }] })
		expect(kept(await test.ready())).toEqual([])
	})

	it("that cannot be written is no reason to say anything", async () => {
		const window = await test.ready()
		test.stores.window.set = () => Promise.reject(new Error("ENOSPC"))
		await window.session.handle({ type: "keep-draft", draft })
		expect(test.problems).toEqual([])
	})
})
