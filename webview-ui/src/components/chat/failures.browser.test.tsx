import { textDetail } from "@bedrock-tiers/error-details"
import type { AssistantMessage, ErrorCode, ProfileSettings, TaskUsage } from "@bedrock-tiers/protocol"
import { describe, expect, test } from "vitest"
import { renderApp } from "../../testing/render-app"
import {
	answer,
	chatView,
	failedAttempt,
	NOTHING_USED,
	profile,
	request,
	usage,
	viewState,
} from "@bedrock-tiers/test-kit/samples/view-state"

const failedWith = (code: ErrorCode, part: Partial<AssistantMessage> = {}) =>
	answer({
		text: "",
		status: "failed",
		request: null,
		error: { code, details: [textDetail(`AWS says no to ${code}.`)] },
		...part,
	})

async function renderChat(
	message: AssistantMessage,
	{
		busy = false,
		used = NOTHING_USED,
		...settings
	}: Partial<ProfileSettings> & { busy?: boolean; used?: TaskUsage } = {},
) {
	const question = { role: "user", id: "question-1", text: "Why?" } as const
	const chat = chatView({ messages: [question, message], busy, usage: used })
	const app = await renderApp(viewState({ chat, profiles: [profile({ serviceTier: "flex", ...settings })] }))
	const alert = app.screen.getByRole("alert")
	const offered = () =>
		[...document.querySelectorAll("[role=alert] vscode-button")].map((button) => button.textContent)
	return { ...app, alert, offered }
}

describe("A failed answer", () => {
	test.each([
		["tier-refused", ["Try on Standard", "Choose a tier"]],
		["capacity-refused", ["Try on Standard", "Retry"]],
		["quota-throttled", ["Retry"]],
		["stream-incomplete", ["Retry"]],
		["credentials-missing", ["Open settings", "Retry"]],
		["unknown", ["Retry"]],
	] as const)(
		"with the code %s shows a title, the error message and the code, and offers %j",
		async (code, actions) => {
			const { alert, offered } = await renderChat(failedWith(code))
			await expect.element(alert).toHaveTextContent(`AWS says no to ${code}.Code: ${code}`)
			expect(offered()).toEqual(actions)
		},
	)

	test("names the requested tier of the last attempt in its title", async () => {
		const failedAttempts = [
			failedAttempt({ nextTier: "default" }),
			failedAttempt({ code: "capacity-refused", sentTier: null }),
		]
		const { alert } = await renderChat(failedWith("capacity-refused", { failedAttempts }))
		await expect.element(alert).toHaveTextContent(/^AWS has no room on Standard right now\./) // cspell:disable-line
	})

	test("is retried on the profile's tier", async () => {
		const { alert, posted } = await renderChat(failedWith("quota-throttled"))
		await alert.getByRole("button", { name: "Retry" }).click()
		expect(posted("retry")).toEqual({ type: "retry", tier: "flex" })
	})

	test("leads to the settings when they are the cause", async () => {
		const { alert, screen } = await renderChat(failedWith("access-denied"))
		await alert.getByRole("button", { name: "Open settings" }).click()
		await expect.element(screen.getByRole("combobox", { name: "Region" })).toBeVisible()
		await expect.element(screen.getByRole("combobox", { name: "Service tier" })).not.toHaveFocus()
	})

	test("leads to the tier field when the tier is the cause", async () => {
		const { alert, screen } = await renderChat(failedWith("tier-refused"))
		await alert.getByRole("button", { name: "Choose a tier" }).click()
		await expect.element(screen.getByRole("combobox", { name: "Service tier" })).toHaveFocus()
	})

	test("offers no action while another answer is in progress", async () => {
		const { offered } = await renderChat(failedWith("unknown"), { busy: true })
		expect(offered()).toEqual([])
	})
})

describe("Failed attempts before an answer", () => {
	test("are listed if another attempt followed; the last failure is shown below", async () => {
		const failedAttempts = [
			failedAttempt({ code: "network", outcome: "unanswered", nextTier: "flex", waitMs: 2_000 }),
			failedAttempt({ code: "quota-throttled" }),
		]
		const { screen } = await renderChat(failedWith("quota-throttled", { failedAttempts }))
		const items = screen.getByRole("list", { name: "Attempts before" }).getByRole("listitem")
		await expect.element(items).toHaveTextContent("There is no connection to Bedrock. Trying again in 2 seconds…")
	})

	test("include a tier that was not sent because an earlier refusal is remembered", async () => {
		const onStandard = request({ billedTier: "default", servedTier: "default", notSentReason: "tier-refused" })
		const { screen } = await renderChat(answer({ request: onStandard }))
		const note = "Flex was not sent: AWS refused it before, which is remembered in Settings."
		await expect.element(screen.getByText(note)).toBeVisible()
		await screen.unmount()
		const failedAttempts = [failedAttempt({ nextTier: "default" })]
		const now = await renderChat(answer({ request: onStandard, failedAttempts }))
		await expect.element(now.screen.getByText("AWS refused Flex. Trying on Standard…")).toBeVisible()
		expect(now.screen.getByText(note).elements()).toHaveLength(0)
	})

	test("are counted in the header, refused ones separately from those whose cost is unknown", async () => {
		const used = { ...usage(0.0012), failed: { refused: 2, unanswered: 1 } }
		const { screen } = await renderChat(answer(), { used })
		await expect.element(screen.getByText("2 attempts were refused; nothing was billed for them.")).toBeVisible()
		await expect
			.element(screen.getByText("1 attempt brought no answer; whether it was billed is not known."))
			.toBeVisible()
		await expect.element(screen.getByText("at least $0.0012", { exact: true })).toBeVisible()
		await screen.unmount()
		const none = await renderChat(answer(), { used: usage(0.0012) })
		expect(none.screen.getByText(/attempts? (was|were|brought)/).elements()).toHaveLength(0)
	})
})
