import type { Profile, ProfileSettings } from "@bedrock-tiers/protocol"
import { expect, test } from "vitest"
import { renderApp } from "../../testing/render-app"
import { answer, chatView, profile, viewState } from "@bedrock-tiers/test-kit/samples/view-state"

const CLAUDE = "anthropic.claude-sonnet-4-6"
const PRICE_NOTICE =
	"Priority costs 75% more than Standard: per million tokens $0.2625 instead of $0.15 in, and $1.05 instead of $0.60 out. You are told this once."

async function renderTier(settings: Partial<ProfileSettings> = {}, part: Partial<Profile> = {}) {
	const app = await renderApp(viewState({ profiles: [profile(settings, part)] }), "settings")
	return { ...app, tier: app.screen.getByRole("combobox", { name: "Service tier" }) }
}

test("The price notice for Priority shows the model's prices when Priority is first selected", async () => {
	const { screen, tier } = await renderTier()
	expect(screen.getByText(/costs 75% more/).elements()).toHaveLength(0)
	await tier.selectOptions("priority")
	await expect.element(screen.getByRole("status").filter({ hasText: PRICE_NOTICE })).toBeVisible()
	await tier.selectOptions("flex")
	await expect.element(screen.getByText(PRICE_NOTICE)).not.toBeInTheDocument()
})

test("The price notice for Priority is shown even when the model's prices are unknown", async () => {
	const { screen, tier } = await renderTier({ modelId: "acme.brand-new-v1:0" })
	await tier.selectOptions("priority")
	await expect.element(screen.getByText(/What it costs for this model is not known/)).toBeVisible()
})

test("The price notice for Priority is omitted once seen or stored, and when the model does not support Priority", async () => {
	const informed = await renderTier({}, { knowsPriority: true })
	await informed.tier.selectOptions("priority")
	await expect.element(informed.screen.getByRole("row", { name: /^Priority/ })).toHaveTextContent("chosen")
	expect(informed.screen.getByText(/75% more/).elements()).toHaveLength(0)
	await informed.screen.unmount()
	const stored = await renderTier({ serviceTier: "priority" })
	await expect.element(stored.tier).toHaveValue("priority")
	expect(stored.screen.getByText(/75% more/).elements()).toHaveLength(0)
	await stored.screen.unmount()
	const claude = await renderTier({ modelId: CLAUDE, serviceTier: "priority" })
	await expect
		.element(claude.screen.getByText("Priority is kept for later and is not sent to this model."))
		.toBeVisible()
	expect(claude.screen.getByText(/75% more/).elements()).toHaveLength(0)
})

test("The cost of the open chat on each tier is shown below the prices", async () => {
	const { screen, port } = await renderTier()
	const region = screen.getByRole("region", { name: "The open chat would have cost" })
	expect(region.elements()).toHaveLength(0)
	port.say({ type: "state", state: viewState({ chat: chatView({ messages: [answer()] }) }) })
	await expect.element(region).toHaveTextContent("Standard$0.0024Flex$0.0012Priority$0.0042")
})
