import type { ConnectionTest } from "@bedrock-tiers/protocol"
import { describe, expect, test } from "vitest"
import { renderApp } from "../../testing/render-app"
import { profile, request, viewState } from "@bedrock-tiers/test-kit/samples/view-state"

async function renderTest() {
	const app = await renderApp(viewState(), "settings")
	const say = (result: ConnectionTest, profileId = "aws-1") =>
		app.port.say({ type: "connection-test", profileId, test: result })
	return {
		...app,
		say,
		run: app.screen.getByRole("button", { name: "Test connection (billed)" }),
		stop: app.screen.getByRole("button", { name: "Stop the test" }),
		region: app.screen.getByRole("combobox", { name: "Region" }),
	}
}

describe("Test connection", () => {
	test("asks by what is saved, shows the tier and the cost of the answer, and can be stopped", async () => {
		const { run, stop, say, posted, screen } = await renderTest()
		expect(stop.elements()).toHaveLength(0)
		await run.click()
		expect(posted("test-connection")?.profileId).toBe("aws-1")
		say({ kind: "running" })
		await expect.element(run).toBeDisabled()
		await stop.click()
		expect(posted("stop-test")).toBeDefined()
		say({ kind: "stopped" })
		await expect.element(screen.getByText("Stopped. What was sent by then may be billed.")).toBeVisible()
		say({ kind: "answered", request: request({ totalUsd: 0.0000054, knownUsd: 0.0000054 }) })
		await expect.element(screen.getByText("Bedrock answered: $0.0000054 · Flex")).toBeVisible()
		await expect.element(run).toBeEnabled()
	})

	test("says what failed, in short and in AWS's words", async () => {
		const { say, screen } = await renderTest()
		say({ kind: "failed", sentTier: "flex", error: { code: "tier-refused", message: "AWS says: not supported." } })
		await expect.element(screen.getByText("AWS refused Flex.")).toBeVisible()
		await expect.element(screen.getByText("AWS says: not supported.")).toBeVisible()
		say({ kind: "failed", sentTier: null, error: { code: "credentials-missing", message: "No key is stored." } })
		await expect.element(screen.getByText("There are no credentials to sign with.")).toBeVisible()
	})

	test("waits until changes are saved, and forgets what was true of the old ones", async () => {
		const { run, say, region, screen, port, posted } = await renderTest()
		say({ kind: "answered", request: request() })
		await region.selectOptions("eu-west-1")
		await expect.element(run).toBeDisabled()
		await expect.element(screen.getByText(/save or discard your changes first/)).toBeVisible()
		await screen.getByRole("button", { name: "Save" }).click()
		port.say({ type: "saved", requestId: posted("save-settings")?.requestId ?? "" })
		await expect.element(run).toBeEnabled()
		expect(screen.getByText(/Bedrock answered/).elements()).toHaveLength(0)
	})

	test("says that it is billed, except to the emulator", async () => {
		const { screen, port, run } = await renderTest()
		await expect.element(run).toBeVisible()
		port.say({ type: "state", state: viewState({ profiles: [profile({}, { kind: "demo" })] }) })
		await expect.element(screen.getByRole("button", { name: "Test connection", exact: true })).toBeVisible()
		expect(run.elements()).toHaveLength(0)
	})

	test("shows no other profile's result", async () => {
		const { say, screen, port } = await renderTest()
		say({ kind: "answered", request: request() })
		await expect.element(screen.getByText(/Bedrock answered/)).toBeVisible()
		const profiles = [profile(), profile({}, { id: "aws-2", name: "Work" })]
		port.say({ type: "state", state: viewState({ profiles, activeProfileId: "aws-2" }) })
		await expect.element(screen.getByText(/Bedrock answered/)).not.toBeInTheDocument()
	})
})
